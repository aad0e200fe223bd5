package io.orrery.report;

import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import io.orrery.time.Durations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One level of what is drawn: the jobs of a plan and, where there is a report, what became of them.
 *
 * @param report null if only the plan is drawn
 */
record Level(Plan<?> plan, @Nullable RunReport report) {

    /** The jobs in topological order. */
    List<Node> nodes() {
        return plan.topologicalOrder().stream().map(job -> node(job.number())).toList();
    }

    Node node(int number) {
        return new Node(plan.job(number), report == null ? null : new JobReport(report, number));
    }

    /** The states that occur here and below, in the order of the vocabulary; none without a report. */
    List<State> states() {
        return nodes().stream().flatMap(Level::states).collect(Collectors.toSet()).stream()
                .sorted()
                .toList();
    }

    private static Stream<State> states(Node node) {
        return Stream.concat(node.state().stream(), node.inside().stream().flatMap(level -> level.states().stream()));
    }

    /**
     * A job that is drawn.
     *
     * @param report null if only the plan is drawn
     */
    record Node(PlannedJob job, @Nullable JobReport report) {

        boolean critical() {
            return job.options().critical();
        }

        boolean forever() {
            return job.options().forever();
        }

        /** What is nested in it; empty if it has a body. */
        Optional<Level> inside() {
            return job.nested().map(plan -> new Level(plan, report == null ? null : nestedReport(plan, report)));
        }

        private static RunReport nestedReport(Plan<?> plan, JobReport report) {
            return report.nested().orElseGet(() -> RunReport.idle(plan));
        }

        /** Its state; empty if only the plan is drawn. */
        Optional<State> state() {
            return Optional.ofNullable(report).map(JobReport::state);
        }

        /** State and duration in words: {@code failed 1.2s}; empty if there is nothing to say. */
        String told() {
            if (report == null || report.run().state() == RunState.IDLE) {
                return "";
            }
            return report.state().word()
                    + report.duration().map(time -> " " + Durations.text(time)).orElse("");
        }
    }
}
