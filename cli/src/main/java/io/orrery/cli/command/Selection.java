package io.orrery.cli.command;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.workflow.Between;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.spelling.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which jobs of a workflow are meant. */
final class Selection {

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--only", paramLabel = "JOB", description = "Only this job. May be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "JOB",
            description = "Only this job and those that come after it. May be repeated.")
    private List<String> from = new ArrayList<>();

    @Option(
            names = "--until",
            paramLabel = "JOB",
            description = "Only this job and those that come before it. May be repeated.")
    private List<String> until = new ArrayList<>();

    @Option(
            names = "--skip",
            paramLabel = "JOB",
            description = "Without this job; others wait for what it would have waited for. May be repeated.")
    private List<String> skip = new ArrayList<>();

    boolean isEmpty() {
        return only.isEmpty() && from.isEmpty() && until.isEmpty() && skip.isEmpty();
    }

    /** Removes the jobs that are not meant. */
    Workflow of(Workflow workflow) {
        if (isEmpty()) {
            return workflow;
        }
        if (!only.isEmpty() && !(from.isEmpty() && until.isEmpty())) {
            throw usage("--only says which jobs are meant, and so do --from and --until. Drop one of the two.");
        }
        Map<String, Job<?>> byId = byId(workflow);
        Requirement[] starts = found(from, byId, "--from");
        Requirement[] ends = found(until, byId, "--until");
        Requirement[] kept = found(only, byId, "--only");
        List<Job<?>> skipped = new ArrayList<>();
        for (Requirement one : found(skip, byId, "--skip")) {
            skipped.add((Job<?>) one);
        }
        if (!only.isEmpty()) {
            workflow.keepOnly(kept);
        } else if (starts.length + ends.length > 0) {
            workflow.keepOnlyBetween(Between.starts(starts).ends(ends));
        }
        List<Job<?>> left = workflow.jobs();
        skipped.stream().filter(left::contains).forEach(workflow::bypassAndRemove);
        return workflow;
    }

    private static Map<String, Job<?>> byId(Workflow workflow) {
        Plan<RunReport> plan = workflow.plan();
        Map<String, Job<?>> byId = new LinkedHashMap<>();
        for (Job<?> job : workflow.jobs()) {
            byId.put(plan.job(plan.numberOf(job).orElseThrow()).id(), job);
        }
        return byId;
    }

    private Requirement[] found(List<String> wanted, Map<String, Job<?>> byId, String option) {
        var found = new ArrayList<Requirement>();
        for (String name : wanted) {
            int before = found.size();
            byId.forEach((id, job) -> {
                if (id.equals(name) || id.startsWith(name + "[") || id.equals(name + ".if")) {
                    found.add(job);
                }
            });
            if (found.size() == before) {
                String nearest = Spelling.nearest(name, byId.keySet());
                throw usage("%s names a job, but there is no job \"%s\" at the top of this workflow. %s"
                        .formatted(
                                option,
                                name,
                                nearest == null
                                        ? "Jobs: " + String.join(", ", byId.keySet()) + "."
                                        : "Did you mean \"" + nearest + "\"?"));
            }
        }
        return found.toArray(Requirement[]::new);
    }

    private ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
