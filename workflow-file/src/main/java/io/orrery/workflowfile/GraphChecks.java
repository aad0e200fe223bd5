package io.orrery.workflowfile;

import io.orrery.plan.PlanProblem;
import io.orrery.workflowfile.JobModel.Need;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks who requires whom. Requirements that lead nowhere are reported and dropped; what is left is planned as it would be for
 * a run, and what the plan finds wrong is reported at its place in the file.
 */
final class GraphChecks {

    private static final int LISTED = 10;

    private final Problems problems;
    private final Map<String, JobModel> byPath = new HashMap<>();
    private final Map<String, String> pathById = new HashMap<>(); // of the jobs of the whole file, the first of each id

    GraphChecks(Problems problems) {
        this.problems = problems;
    }

    FileModel check(FileModel model) {
        List<JobModel> jobs = checked(model, model.jobs());
        return model.withJobs(jobs, model.last().isEmpty() ? List.of() : checked(model, model.last()));
    }

    private List<JobModel> checked(FileModel model, List<JobModel> all) {
        byPath.clear();
        pathById.clear();
        index(all, "");
        var jobs = resolved(all, "", null);
        byPath.clear();
        index(jobs, "");
        for (PlanProblem problem : Assembler.forShow(model)
                .workflow(model.withJobs(jobs, List.of()))
                .problems()) {
            report(problem);
        }
        return jobs;
    }

    private void index(List<JobModel> jobs, String prefix) {
        for (JobModel job : jobs) {
            byPath.put(prefix + job.id(), job);
            pathById.putIfAbsent(job.group(), prefix + job.group());
            if (job.action() instanceof JobModel.Nested nested) {
                index(nested.jobs(), prefix + job.id() + "/");
            }
        }
    }

    /** The jobs without the requirements that can't be resolved; those on a job with instances are on all of them. */
    private List<JobModel> resolved(List<JobModel> jobs, String prefix, @Nullable Upstream around) {
        Map<String, List<JobModel>> siblings = new LinkedHashMap<>();
        jobs.forEach(job -> siblings.computeIfAbsent(job.group(), added -> new ArrayList<>(1))
                .add(job));
        var resolved = new ArrayList<JobModel>(jobs.size());
        for (JobModel job : jobs) {
            var needs = new ArrayList<Need>(job.needs().size());
            for (Need need : job.needs()) {
                List<JobModel> required = siblings.get(need.job());
                if (need.job().equals(job.group())) {
                    problems.add(
                            Code.REQUIRES_ITSELF,
                            need.at(),
                            "A job can't wait for itself, but job \"%s\" requires \"%1$s\". Drop the requirement."
                                    .formatted(job.group()));
                } else if (required != null) {
                    required.forEach(one -> needs.add(new Need(one.id(), need.ending(), need.at())));
                } else {
                    unknown(job, need, siblings, prefix);
                }
            }
            var upstream = new Upstream(job, siblings, around);
            upstream.check(problems);
            JobModel checked = job.withNeeds(needs);
            if (job.action() instanceof JobModel.Nested nested) {
                var inner = resolved(nested.jobs(), prefix + job.id() + "/", upstream);
                checked = checked.withAction(new JobModel.Nested(inner, nested.window()));
            }
            resolved.add(checked);
        }
        return resolved;
    }

    private void unknown(JobModel job, Need need, Map<String, List<JobModel>> siblings, String prefix) {
        String message =
                "Unknown job %s in \"requires\" of job \"%s\". ".formatted(Names.quote(need.job()), job.group());
        String elsewhere = pathById.get(need.job());
        String nearest = elsewhere == null ? problems.nearest(need.job(), siblings.keySet()) : null;
        JobModel meant = nearest == null
                ? null
                : siblings.getOrDefault(nearest, List.of(job)).getFirst();
        if (elsewhere != null) {
            message += elsewhere(elsewhere, prefix);
        } else if (meant != null && !meant.group().equals(job.group())) {
            message += "Did you mean \"%s\" (line %d)?"
                    .formatted(meant.group(), meant.at().line());
        } else if (siblings.size() == 1) {
            message += "There are no other jobs here.";
        } else {
            message += "Jobs here: " + some(siblings, job) + (siblings.size() > LISTED + 1 ? ", ..." : "") + ".";
        }
        problems.add(Code.UNKNOWN_JOB, need.at(), message);
    }

    private static String some(Map<String, List<JobModel>> siblings, JobModel job) {
        return siblings.keySet().stream()
                .filter(id -> !id.equals(job.group()))
                .limit(LISTED)
                .collect(Collectors.joining(", "));
    }

    private String elsewhere(String path, String prefix) {
        JobModel other = byPath.get(path);
        int line = other == null ? 0 : other.at().line();
        if (path.startsWith(prefix)) {
            String sibling = path.substring(prefix.length(), path.indexOf('/', prefix.length()));
            return "It is inside \"%s\" (line %d); jobs require their siblings only: require \"%1$s\"."
                    .formatted(sibling, line);
        }
        return "It is outside \"%s\" (line %d); jobs require their siblings only: let \"%1$s\" require it."
                .formatted(prefix.isEmpty() ? path : prefix.substring(0, prefix.length() - 1), line);
    }

    private void report(PlanProblem problem) {
        switch (problem) {
            case PlanProblem.Cycle cycle -> cycle(cycle.path());
            case PlanProblem.RequiresForever forever ->
                problems.add(
                        Code.REQUIRES_FOREVER,
                        place(forever.job(), forever.forever()),
                        "A finite job can't wait for a forever job, but \"%s\" requires \"%s\" (line %d), which only ends when all others have. Drop the requirement, or make \"%1$s\" forever too."
                                .formatted(
                                        id(forever.job()),
                                        id(forever.forever()),
                                        job(forever.forever()).at().line()));
            case PlanProblem.Contradiction contradiction ->
                problems.add(
                        Code.BAD_VALUE, place(contradiction.job(), contradiction.required()), contradiction.message());
            case PlanProblem.HeldAround held ->
                problems.add(Code.BAD_VALUE, job(held.job()).at(), held.message());
            case PlanProblem.NestedTooDeep deep ->
                problems.add(Code.BAD_VALUE, job(deep.job()).at(), deep.message());
            case PlanProblem.HeldForever held ->
                problems.add(Code.BAD_VALUE, job(held.job()).at(), held.message());
        }
    }

    /** Reports a ring, beginning with the job that stands first in the file. */
    private void cycle(List<String> path) {
        var ring = new ArrayList<>(path);
        int first = ring.indexOf(Collections.min(
                ring, Comparator.comparingInt((String job) -> job(job).at().line())));
        Collections.rotate(ring, -first);
        String text = ring.stream()
                .map(job -> "%s (line %d)".formatted(id(job), job(job).at().line()))
                .collect(Collectors.joining(" -> "));
        problems.add(
                Code.CYCLE,
                place(ring.getFirst(), ring.get(1)),
                "Jobs can't wait for each other in a ring: %s -> %s. Drop one of these requirements."
                        .formatted(text, id(ring.getFirst())));
    }

    /** Where one job requires another. */
    private Span place(String path, String required) {
        JobModel job = job(path);
        return job.needs().stream()
                .filter(need -> need.job().equals(id(required)))
                .map(Need::at)
                .findFirst()
                .orElse(job.at());
    }

    private JobModel job(String path) {
        JobModel job = byPath.get(path);
        if (job == null) {
            throw new IllegalStateException("no job at " + path);
        }
        return job;
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
