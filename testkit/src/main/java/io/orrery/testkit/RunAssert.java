package io.orrery.testkit;

import io.orrery.job.Job;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/**
 * What a test expects of a run. Every check returns this object, so that several can be chained, and throws an
 * {@link AssertionError} with the run's debrief if it does not hold. Jobs are named by their paths, those of nested
 * workflows as in {@code nested/job}. Immutable.
 */
public final class RunAssert {

    private final RunReport report;

    private RunAssert(RunReport report) {
        this.report = report;
    }

    /** Checks on a run. */
    public static RunAssert assertThat(RunReport report) {
        return new RunAssert(report);
    }

    /** The run succeeded. */
    public RunAssert succeeded() {
        return is(RunState.SUCCEEDED);
    }

    /** A critical job failed, and the reason that the report gives contains {@code reason}. */
    public RunAssert failedBecause(String reason) {
        return is(RunState.FAILED).because(reason);
    }

    /** The run's own timeout passed. */
    public RunAssert timedOut() {
        return is(RunState.TIMED_OUT);
    }

    /** The run was cancelled, and the reason that the report gives contains {@code reason}. */
    public RunAssert cancelledBecause(String reason) {
        return is(RunState.CANCELLED).because(reason);
    }

    private RunAssert is(RunState state) {
        return check(state == report.state(), "The state of the run", state, report.state());
    }

    private RunAssert because(String reason) {
        return check(report.why().contains(reason), "The reason that contains", reason, report.why());
    }

    /** The run took exactly that long: for manual time. */
    public RunAssert took(Duration duration) {
        Duration elapsed = report.summary().elapsed();
        return check(
                duration.equals(elapsed), "The time of the run", Durations.text(duration), Durations.text(elapsed));
    }

    /** Nothing went wrong, not even without changing the verdict. */
    public RunAssert hasNoWarnings() {
        return check(report.warnings().isEmpty(), "The warnings", List.of(), report.warnings());
    }

    /**
     * The jobs ended like this, each one a line such as {@code fetch succeeded}: all of them in the order of declaration,
     * those in a nested workflow after it.
     */
    public RunAssert hasOutcomes(String... lines) {
        Differences.check(
                "The outcomes",
                List.of(lines),
                JobLines.all(report)
                        .map(job -> job.path() + " " + job.state().word())
                        .toList());
        return this;
    }

    /** A job is in that state. */
    public RunAssert hasState(String path, State state) {
        State actual = JobLines.job(report, path).state();
        return check(state == actual, "The state of \"" + path + "\"", state, actual);
    }

    /** A job ended with a reason, or a failure, whose text contains {@code reason}. */
    public RunAssert endedBecause(String path, String reason) {
        String why = report.why(JobLines.job(report, path).path()).orElse("");
        return check(why.contains(reason), "The reason that contains", reason, why);
    }

    /** A job has had so many attempts. */
    public RunAssert hasAttempts(String path, int attempts) {
        int actual = JobLines.job(report, path).attempts();
        return check(attempts == actual, "The number of attempts of \"" + path + "\"", attempts, actual);
    }

    /** A job succeeded with that result. */
    public <T extends @Nullable Object> RunAssert hasResult(Job<T> job, @Nullable T result) {
        T actual = report.result(job);
        return check(Objects.equals(result, actual), "The result of \"" + job.label() + "\"", result, actual);
    }

    /** These jobs started one not before the other, in this order. */
    public RunAssert startedInOrder(String... paths) {
        for (int i = 1; i < paths.length; i++) {
            startedNotBefore(paths[i], "the start of \"" + paths[i - 1] + "\"", JobLines.start(report, paths[i - 1]));
        }
        return this;
    }

    /** These jobs ran one after the other, in this order, none starting before the one before it had ended. */
    public RunAssert ranOneByOne(String... paths) {
        for (int i = 1; i < paths.length; i++) {
            startedNotBefore(paths[i], "the end of \"" + paths[i - 1] + "\"", JobLines.end(report, paths[i - 1]));
        }
        return this;
    }

    private void startedNotBefore(String path, String moment, Duration at) {
        Duration start = JobLines.start(report, path);
        check(
                start.compareTo(at) >= 0,
                "The start of \"" + path + "\", compared with " + moment,
                Durations.text(at) + " or later",
                Durations.text(start));
    }

    /** At no moment did more than {@code number} jobs of the outermost workflow run, forever jobs not counted. */
    public RunAssert ranAtMostAtOnce(int number) {
        int most = JobLines.mostAtOnce(
                report.jobs().stream().filter(job -> !job.forever()).toList());
        return check(most <= number, "The number of jobs that ran at once", number + " or less", most);
    }

    private RunAssert check(boolean holds, String what, @Nullable Object expected, @Nullable Object actual) {
        if (!holds) {
            throw new AssertionFailedError(
                    what + " should be " + expected + ", but is " + actual + ".\n\n" + report.debrief(),
                    expected,
                    actual);
        }
        return this;
    }

    /** The report that is checked. */
    public RunReport report() {
        return report;
    }

    /** What is known of one of its jobs. */
    public JobReport job(String path) {
        return JobLines.job(report, path);
    }
}
