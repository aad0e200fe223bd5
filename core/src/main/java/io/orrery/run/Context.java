package io.orrery.run;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What the contexts of a body and of its shutdown have in common: they see the run, and those around it. */
sealed interface Context extends JobContext permits BodyAttempt, ShutdownContext {

    /** The run that the job belongs to. */
    GraphRun graphRun();

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the handle's type is that of what its body returns, null included
    default <T extends @Nullable Object> T result(Job<T> job) {
        JobOutcome outcome = outcome(job).orElse(null);
        if (outcome instanceof JobOutcome.Succeeded succeeded) {
            return (T) succeeded.value();
        }
        String state =
                outcome == null ? "has not ended" : "is " + outcome.state().word();
        var refused = new IllegalStateException("Only a job that succeeded has a result, but \"" + job.label() + "\" "
                + state + ". Let \"" + path() + "\" require it to have succeeded, or ask for its outcome().");
        if (outcome != null) {
            outcome.failure().ifPresent(refused::initCause);
        }
        throw refused;
    }

    @Override
    default Optional<JobOutcome> outcome(Job<?> job) {
        for (GraphRun one = graphRun(); one != null; one = outer(one)) {
            OptionalInt number = one.plan().numberOf(job);
            if (number.isPresent()) {
                return Optional.ofNullable(one.table.outcome(number.getAsInt()));
            }
        }
        for (GraphRun one = graphRun(); one != null; one = outer(one)) { // only now, for there may be much inside
            Optional<JobOutcome> within = within(one.plan(), one.table::outcome, job);
            if (within.isPresent()) {
                return within;
            }
        }
        throw new IllegalArgumentException(
                "A body can ask for jobs of its own workflow, of those around it, and of nested ones that succeeded,"
                        + " but \""
                        + job.label()
                        + "\" is in none of them. Require the nested workflow that contains it to have succeeded.");
    }

    /** How the job ended in a nested run that has succeeded. */
    private static Optional<JobOutcome> within(Plan<?> plan, IntFunction<@Nullable JobOutcome> outcomes, Job<?> job) {
        for (int nested : plan.nestedNumbers().toArray()) {
            if (outcomes.apply(nested) instanceof JobOutcome.Succeeded(RunReport report)) {
                OptionalInt number = report.plan().numberOf(job);
                Optional<JobOutcome> found = number.isPresent()
                        ? Optional.ofNullable(report.records().outcome(number.getAsInt()))
                        : within(report.plan(), report.records()::outcome, job);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable GraphRun outer(GraphRun one) {
        Attempt around = one.around();
        return around == null ? null : around.run;
    }

    @Override
    default String runId() {
        return graphRun().tree.runId;
    }

    @Override
    default void sleep(Duration duration) throws InterruptedException {
        graphRun().tree.time.sleep(duration);
    }

    @Override
    default void log(String message) {
        RunTree tree = graphRun().tree;
        tree.publish(at -> new RunEvent.JobLogged(tree.runId, path(), at, message));
    }
}
