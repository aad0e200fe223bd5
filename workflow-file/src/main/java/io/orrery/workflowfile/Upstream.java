package io.orrery.workflowfile;

import io.orrery.job.Condition.Ending;
import io.orrery.workflowfile.JobModel.Need;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that a job uses only what is there when it begins: of jobs that it requires, directly or not. */
final class Upstream {

    private final JobModel job;
    private final Map<String, List<JobModel>> siblings;
    private final @Nullable Upstream around;
    private @Nullable Set<String> required; // found when it is first asked for

    Upstream(JobModel job, Map<String, List<JobModel>> siblings, @Nullable Upstream around) {
        this.job = job;
        this.siblings = siblings;
        this.around = around;
    }

    /** Reports the uses of jobs that need not have ended, or that may end without what is used of them. */
    void check(Problems problems) {
        for (Scope.Reference reference : job.references()) {
            Upstream level = this;
            while (level != null && level.job.origin().level() > reference.level()) {
                level = level.around;
            }
            if (level != null && level.siblings.containsKey(reference.job())) {
                level.check(reference, problems);
            } // else it is a job that has ended before this run begins
        }
    }

    private void check(Scope.Reference reference, Problems problems) {
        String used = reference.job();
        if (!isRequired(used)) {
            problems.add(
                    Code.NOT_UPSTREAM,
                    reference.at(),
                    used.equals(job.group())
                            ? "A job can't use what becomes of itself, but job \"%s\" does. Drop it.".formatted(used)
                            : "Job \"%s\" uses what becomes of \"%s\", but does not require it. Add it to \"requires\"."
                                    .formatted(job.group(), used));
            return;
        }
        List<JobModel> jobs = siblings.getOrDefault(used, List.of());
        boolean mayBeMissing = reference.what().equals("outputs")
                && jobs.stream().anyMatch(one -> !one.options().critical())
                && !requiresSuccess(used);
        if (mayBeMissing) {
            problems.add(
                    Code.OUTPUT_MAY_BE_MISSING,
                    reference.at(),
                    "Job \"%s\" is not critical: if it fails, its outputs are not there. Write {%1$s: succeeded} in \"requires\", or default(jobs.%1$s.outputs..., other)."
                            .formatted(used));
        }
    }

    private boolean requiresSuccess(String used) {
        return job.needs().stream().anyMatch(need -> need.job().equals(used) && need.ending() == Ending.SUCCEEDED);
    }

    private boolean isRequired(String used) {
        if (job.needs().stream().anyMatch(need -> need.job().equals(used))) {
            return true;
        }
        if (required == null) {
            required = allRequired();
        }
        return required.contains(used);
    }

    private Set<String> allRequired() {
        Set<String> all = new HashSet<>();
        var open = new ArrayDeque<>(List.of(job));
        while (!open.isEmpty()) {
            for (Need need : open.remove().needs()) {
                if (all.add(need.job())) {
                    open.addAll(siblings.getOrDefault(need.job(), List.of()));
                }
            }
        }
        return all;
    }
}
