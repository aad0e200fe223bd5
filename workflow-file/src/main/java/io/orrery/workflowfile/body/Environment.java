package io.orrery.workflowfile.body;

import io.orrery.workflowfile.process.JavaJobs;
import io.orrery.workflowfile.process.OutputSink;
import java.util.Map;

/**
 * What all jobs of a run share. Immutable.
 *
 * @param sink where the output of commands goes
 * @param secrets the secrets
 * @param java makes the jobs that are written in Java
 * @param run what is known of the run, by the names that expressions use
 * @param parameters the parameters whose values are only known while the run goes on, by their names
 */
public record Environment(
        OutputSink sink,
        Secrets secrets,
        JavaJobs java,
        Map<String, String> run,
        Map<String, LateParameter> parameters) {}
