package io.orrery.workflowfile;

import io.orrery.job.Condition;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.Limit;
import io.orrery.job.NamedBody;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Settings;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.body.Environment;
import io.orrery.workflowfile.body.FileBody;
import io.orrery.workflowfile.body.Handles;
import io.orrery.workflowfile.body.LateParameter;
import io.orrery.workflowfile.body.Secrets;
import io.orrery.workflowfile.body.Work;
import io.orrery.workflowfile.process.JavaJobs;
import io.orrery.workflowfile.process.Masker;
import io.orrery.workflowfile.process.OutputSink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a workflow of a model. All bodies have names and arguments that are data, so that its plan can be written out. */
final class Assembler {

    private final OutputSink sink;
    private final JavaJobs java;
    private final Masker masker;
    private final boolean forShow;
    private final boolean keepGoing;

    private Assembler(OutputSink sink, LoadOptions options, FileModel model, boolean forShow) {
        this.sink = sink;
        this.java = options.java();
        this.forShow = forShow;
        this.keepGoing = options.isKeepGoing();
        Set<String> secrets = new HashSet<>();
        collectSecrets(model, secrets);
        this.masker = Masker.of(secrets);
    }

    /** Of workflows to be run. */
    static Assembler forRun(FileModel model, OutputSink sink, LoadOptions options) {
        return new Assembler(sink, options, model, options.isCheckOnly());
    }

    /** Of workflows to be looked at. */
    static Assembler forShow(FileModel model) {
        return new Assembler(OutputSink.NOWHERE, LoadOptions.defaults(), model, /* forShow= */ true);
    }

    Masker masker() {
        return masker;
    }

    private static void collectSecrets(FileModel model, Set<String> secrets) {
        secrets.addAll(model.secrets().values());
        collectSecrets(model.jobs(), secrets);
        collectSecrets(model.last(), secrets);
    }

    private static void collectSecrets(List<JobModel> jobs, Set<String> secrets) {
        for (JobModel job : jobs) {
            switch (job.action()) {
                case JobModel.Does does -> {}
                case JobModel.Nested nested -> collectSecrets(nested.jobs(), secrets);
                case JobModel.OtherFile other -> collectSecrets(other.model(), secrets);
            }
        }
    }

    /** The jobs of a file. */
    Workflow workflow(FileModel model) {
        return workflow(
                model.about().name(),
                model.settings(),
                model.jobs(),
                scene(model, new Handles(null), Map.of(), Map.of()));
    }

    /** The jobs to be run after a run, which can ask how that ended. */
    Workflow last(FileModel model, RunReport report) {
        var before = new Handles(null);
        for (JobModel job : model.jobs()) {
            report.find(job.id())
                    .flatMap(JobReport::outcome)
                    .ifPresent(outcome ->
                            before.add(job.group(), outcome, job.origin().isMany()));
        }
        Map<String, String> run = new HashMap<>();
        run.put("state", report.state().state().word());
        run.put("why", report.why());
        String id = report.summary().identity().runId();
        if (!id.isEmpty()) {
            run.put("id", id);
        }
        Settings settings = model.settings().withTimeout(null);
        return workflow(
                model.about().name() + " finally",
                settings,
                model.last(),
                scene(model, new Handles(before), run, Map.of()));
    }

    private Scene scene(
            FileModel model, Handles handles, Map<String, String> run, Map<String, LateParameter> parameters) {
        var environment = new Environment(sink, new Secrets(model.secrets(), masker), java, run, parameters);
        return new Scene(environment, handles);
    }

    /** What the bodies of another file see: nothing of this one but the values that it gives. */
    private Scene sceneOf(JobModel.OtherFile other, Scene scene) {
        FileModel model = other.model();
        Map<String, LateParameter> parameters = new HashMap<>();
        other.late().forEach((name, value) -> {
            ParameterRule rule = Objects.requireNonNull(model.about().rules().get(name));
            parameters.put(
                    name, new LateParameter(value, text -> rule.late(name, text), scene.environment, scene.handles));
        });
        return scene(model, new Handles(null), Map.of(), parameters);
    }

    /** What the bodies of one workflow see. */
    private record Scene(Environment environment, Handles handles) {}

    private Workflow workflow(String name, Settings settings, List<JobModel> jobs, Scene scene) {
        Workflow workflow = Workflow.named(masker.mask(name))
                .window(settings.window())
                .shutdownTimeout(settings.shutdownTimeout())
                .cancelGrace(settings.cancelGrace());
        if (keepGoing) {
            workflow.keepGoing();
        }
        if (settings.timeout() != null) {
            workflow.timeout(settings.timeout());
        }
        Map<String, Job<?>> handles = HashMap.newHashMap(jobs.size());
        Map<String, Job<?>> guards = new HashMap<>();
        Map<String, Limit> limits = new HashMap<>();
        for (JobModel job : jobs) {
            if (needsGuard(job)) {
                guards.put(job.id(), workflow.job(job.id() + ".if", guard(job, scene)));
            }
            Job<?> handle = declare(workflow, job, settings, scene);
            handles.put(job.id(), handle);
            scene.handles.add(job.group(), handle, job.origin().isMany());
            int window = job.options().window();
            if (window > 0) {
                handle.limit(limits.computeIfAbsent(job.group(), group -> Limit.named(group + " instances", window)));
            }
        }
        for (JobModel job : jobs) {
            link(job, handles, guards.get(job.id()));
        }
        return workflow;
    }

    private void link(JobModel job, Map<String, Job<?>> handles, @Nullable Job<?> guard) {
        Job<?> handle = handles.get(job.id());
        for (JobModel.Need need : job.needs()) {
            Job<?> required = handles.get(need.job());
            if (handle != null && required != null) {
                var condition = new Condition(need.ending(), required);
                (guard == null ? handle : guard).requires(condition);
                handle.requires(condition);
            }
        }
        if (guard != null && handle != null) {
            handle.requires(new Condition(Condition.Ending.SUCCEEDED, guard));
        }
    }

    /** A nested workflow has no body to look at its condition: a job before it does. */
    private static boolean needsGuard(JobModel job) {
        return job.options().condition() != null && !(job.action() instanceof JobModel.Does);
    }

    private JobBody<?> guard(JobModel job, Scene scene) {
        var parts = new FileBody.Parts(job.options().condition(), new Work.Nothing(), List.of(), null, "");
        return named("if", Map.of("if", source(job)), parts, scene);
    }

    private static String source(JobModel job) {
        io.orrery.workflowfile.body.Condition condition = job.options().condition();
        return condition == null ? "" : condition.source();
    }

    private Job<?> declare(Workflow workflow, JobModel job, Settings settings, Scene scene) {
        Job<?> handle = switch (job.action()) {
            case JobModel.Does does when isBarrier(job, does) -> workflow.barrier(job.id());
            case JobModel.Does does -> workflow.job(job.id(), body(job, does, scene));
            case JobModel.Nested nested -> {
                Settings inner = settings.withWindow(nested.window()).withTimeout(null);
                var inside = new Scene(scene.environment, new Handles(scene.handles));
                yield workflow.add(workflow(job.id(), inner, nested.jobs(), inside));
            }
            case JobModel.OtherFile other -> {
                FileModel model = other.model();
                yield workflow.add(workflow(job.id(), model.settings(), model.jobs(), sceneOf(other, scene)));
            }
        };
        if (job.origin().label() != null) {
            handle.label(masker.mask(job.origin().label()));
        }
        JobModel.Options options = job.options();
        if (options.timeout() != null) {
            handle.timeout(options.timeout());
        }
        return handle.critical(options.critical())
                .forever(options.forever())
                .retry(options.retries().policy());
    }

    private static boolean isBarrier(JobModel job, JobModel.Does does) {
        return does.work() instanceof Work.Nothing
                && does.shutdown() == null
                && job.options().condition() == null;
    }

    private JobBody<?> body(JobModel job, JobModel.Does does, Scene scene) {
        var parts = new FileBody.Parts(
                job.options().condition(),
                does.work(),
                does.outputs(),
                does.shutdown(),
                job.origin().description());
        return named(does.kind(), new Arguments(masker).of(job, does), parts, scene);
    }

    private JobBody<?> named(String kind, Map<String, Object> arguments, FileBody.Parts parts, Scene scene) {
        var body = new FileBody(parts, scene.environment, scene.handles);
        if (forShow) {
            return new NamedBody<@Nullable Object>(kind, arguments, new ShownBody(body.describe()));
        }
        return new NamedBody<@Nullable Object>(kind, arguments, body);
    }
}
