package io.orrery.outcome;

import io.orrery.plan.Graph;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import io.orrery.plan.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes the lines of a listing. */
record ListingWriter(Alphabet signs, boolean details, Ranks ranks, StringBuilder text) {

    /** Ranks the planned jobs first, so that their ranks stay while jobs make runs on the fly. */
    static Ranks ranks(RunReport report) {
        var plans = new ArrayList<Plan<?>>();
        plans.add(report.plan());
        addSpontaneous(report, plans);
        return Ranks.of(plans);
    }

    private static void addSpontaneous(RunReport report, List<Plan<?>> plans) {
        for (int i = 0; i < report.plan().size(); i++) {
            if (!report.records().runs(i).isEmpty()) {
                var job = new JobReport(report, i);
                job.spontaneousRuns().forEach(run -> plans.add(run.plan()));
                job.inside().forEach(run -> addSpontaneous(run, plans));
            }
        }
    }

    void write(RunReport report) {
        write(report, 0);
    }

    private void write(RunReport report, int depth) {
        for (int number : report.plan().graph().topologicalOrder()) {
            write(new JobReport(report, number), depth);
        }
    }

    private void write(JobReport job, int depth) {
        var line = new JobLine(job, signs);
        RunReport nested = job.nested().orElse(null);
        line(
                ranks.text(job.planned()),
                line.badge(),
                indent('>', depth) + line.body(),
                line.result(),
                requires(job.planned()),
                nested == null ? "" : entries(nested.plan()));
        if (nested != null) {
            write(nested, depth + 1);
            end(job, line.body(), nested.plan(), depth);
            return;
        }
        if (details) {
            String told = job.planned().details();
            line(told);
        }
        for (RunReport run : job.spontaneousRuns()) {
            String body = "<Workflow `" + run.plan().name() + "`>";
            line(ranks.text(job.planned()), "--run--", indent('>', depth) + body, entries(run.plan()));
            write(run, depth + 1);
            end(job, body, run.plan(), depth);
        }
    }

    private void end(JobReport job, String body, Plan<?> inside, int depth) {
        String exits = set(inside.jobs().stream().filter(ListingWriter::isExit).toList());
        line(ranks.text(job.planned()), "--end--", indent('<', depth + 1) + body, "exits=" + exits);
    }

    private static boolean isExit(PlannedJob job) {
        return job.plan().graph().successorCount(job.number()) == 0
                && !job.options().forever();
    }

    private String entries(Plan<?> inside) {
        Graph graph = inside.graph();
        return "-> entries="
                + set(inside.jobs().stream()
                        .filter(job -> graph.requirementCount(job.number()) == 0)
                        .toList());
    }

    private String requires(PlannedJob job) {
        Graph graph = job.plan().graph();
        List<PlannedJob> required = IntStream.range(0, graph.requirementCount(job.number()))
                .mapToObj(k -> job.plan().job(Graph.target(graph.requirement(job.number(), k))))
                .toList();
        return required.isEmpty() ? "" : "requires=" + set(required);
    }

    /** Ranks in ascending order; empty for none. */
    private String set(List<PlannedJob> jobs) {
        return jobs.isEmpty()
                ? ""
                : jobs.stream().map(ranks::text).sorted().collect(Collectors.joining(", ", "{", "}"));
    }

    private static String indent(char sign, int depth) {
        return depth == 0 ? "" : String.valueOf(sign).repeat(depth) + " ";
    }

    /** Parts that are empty are left out, and with them the blank before them. */
    private void line(String... parts) {
        String line = List.of(parts).stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        if (!line.isEmpty()) {
            text.append(line).append('\n');
        }
    }
}
