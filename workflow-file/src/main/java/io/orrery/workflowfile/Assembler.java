package io.orrery.workflowfile;

import io.orrery.job.BodyCatalog;
import io.orrery.job.Condition;
import io.orrery.job.Job;
import io.orrery.plan.Settings;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.process.Commands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a workflow of a model. All bodies are declared by name, so that its plan can be written out. */
final class Assembler {

    private final BodyCatalog catalog;

    Assembler(BodyCatalog catalog) {
        this.catalog = catalog;
    }

    Workflow workflow(FileModel model) {
        return workflow(model.about().name(), model.settings(), model.jobs());
    }

    private Workflow workflow(String name, Settings settings, List<JobModel> jobs) {
        Workflow workflow = Workflow.named(name)
                .window(settings.window())
                .shutdownTimeout(settings.shutdownTimeout())
                .cancelGrace(settings.cancelGrace());
        if (settings.timeout() != null) {
            workflow.timeout(settings.timeout());
        }
        Map<String, Job<?>> handles = new HashMap<>();
        for (JobModel job : jobs) {
            handles.put(job.id(), declare(workflow, job, settings));
        }
        for (JobModel job : jobs) {
            Job<?> handle = handles.get(job.id());
            for (JobModel.Need need : job.needs()) {
                Job<?> required = handles.get(need.job());
                if (handle != null && required != null) {
                    handle.requires(new Condition(need.ending(), required));
                }
            }
        }
        return workflow;
    }

    private Job<?> declare(Workflow workflow, JobModel job, Settings settings) {
        Job<?> handle = switch (job.action()) {
            case JobModel.Barrier barrier -> workflow.barrier(job.id());
            case JobModel.Run run -> workflow.job(job.id(), catalog.body(Commands.RUN, arguments(job, run, settings)));
            case JobModel.Exec exec ->
                workflow.job(job.id(), catalog.body(Commands.EXEC, arguments(job, exec, settings)));
            case JobModel.Nested nested -> {
                Settings inner = settings.withWindow(nested.window()).withTimeout(null);
                yield workflow.add(workflow(job.id(), inner, nested.jobs()));
            }
        };
        if (job.texts().label() != null) {
            handle.label(job.texts().label());
        }
        JobModel.Options options = job.options();
        if (options.timeout() != null) {
            handle.timeout(options.timeout());
        }
        return handle.critical(options.critical())
                .forever(options.forever())
                .retry(options.retries().policy());
    }

    private static Map<String, Object> arguments(JobModel job, JobModel.Run run, Settings settings) {
        Map<String, Object> arguments = arguments(job, run.surroundings(), settings);
        arguments.put(Commands.TEXT, run.command());
        if (!run.shell().isEmpty()) {
            arguments.put(Commands.SHELL, new ArrayList<>(run.shell()));
        }
        return arguments;
    }

    private static Map<String, Object> arguments(JobModel job, JobModel.Exec exec, Settings settings) {
        Map<String, Object> arguments = arguments(job, exec.surroundings(), settings);
        arguments.put(Commands.WORDS, exec.words());
        return arguments;
    }

    private static Map<String, Object> arguments(JobModel job, JobModel.Surroundings where, Settings settings) {
        Map<String, Object> arguments = new HashMap<>();
        if (!where.env().isEmpty()) {
            arguments.put(Commands.ENV, where.env());
        }
        arguments.put(Commands.WORKDIR, where.workdir());
        arguments.put(Commands.GRACE, settings.cancelGrace().toString());
        if (job.texts().description() != null) {
            arguments.put(Commands.DESCRIPTION, job.texts().description());
        }
        return arguments;
    }
}
