package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Where commands run. Immutable.
 *
 * @param env variables beyond those of this process
 * @param workdir the folder
 * @param stdin what the first command reads
 * @param user the user; empty for the current one
 * @param shell the words of the shell of scripts; empty for the default
 * @param grace how long the engine waits for a job that it has told to stop
 */
public record Surroundings(
        Map<String, Template> env, String workdir, Template stdin, String user, List<String> shell, Duration grace) {}
