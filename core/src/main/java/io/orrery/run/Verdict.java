package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import io.orrery.time.Durations;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a run ends, and the words for it. Immutable.
 *
 * @param state one of the endings, or {@link RunState#RUNNING} while it is not known
 * @param why the reason, as the report tells it
 * @param because the reason, as the jobs that did not end by themselves tell it
 * @param failure the failure that brought the run down, null if none did
 */
record Verdict(RunState state, String why, String because, RunSummary.@Nullable Failure failure) {

    static final Verdict NONE = new Verdict(RunState.RUNNING, "", "", null);
    static final Verdict SUCCEEDED = new Verdict(RunState.SUCCEEDED, "all jobs have ended", "run finished", null);

    static Verdict timedOut(Duration limit) {
        return new Verdict(RunState.TIMED_OUT, "timed out after " + Durations.text(limit), "run timed out", null);
    }

    static Verdict cancelled(String reason) {
        return new Verdict(RunState.CANCELLED, "cancelled: " + reason, reason, null);
    }

    /**
     * A job brought the run down.
     *
     * @param job its id
     * @param critical whether that is because it is critical
     * @param path the job that the failure comes from, it or one inside it
     */
    static Verdict failed(String job, boolean critical, JobOutcome outcome, String path) {
        String culprit = ended(job, outcome);
        return new Verdict(
                RunState.FAILED,
                (critical ? "critical job " : "job ") + culprit + detail(outcome),
                culprit,
                new RunSummary.Failure(path, cause(job, outcome)));
    }

    /** The same of a run that has gone on to its end. */
    Verdict atTheEnd() {
        return new Verdict(state, why, SUCCEEDED.because, failure);
    }

    /** A job, wherever in the run it is, threw an error that says that the virtual machine itself is broken. */
    static Verdict fatal(RunTree.Fatal fatal) {
        JobOutcome outcome = new JobOutcome.Failed(fatal.error());
        return failed(fatal.path(), false, outcome, fatal.path());
    }

    static Verdict internalError(String path, Throwable error) {
        return new Verdict(
                RunState.FAILED, "internal error: " + error, "internal error", new RunSummary.Failure(path, error));
    }

    /** {@code deploy failed}. */
    static String ended(String job, JobOutcome outcome) {
        return job
                + switch (outcome) {
                    case JobOutcome.Succeeded succeeded -> " succeeded";
                    case JobOutcome.Failed failed -> " failed";
                    case JobOutcome.TimedOut timedOut -> " timed out";
                    case JobOutcome.Cancelled cancelled -> " was cancelled";
                    case JobOutcome.Skipped skipped -> " was skipped";
                    case JobOutcome.NotRun notRun -> " was not run";
                };
    }

    /** What was thrown, be it too late; null if nothing was. */
    static @Nullable Throwable thrown(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.TimedOut(var timeout, JobOutcome.Late.Failure(Throwable late)) -> late;
            case JobOutcome.Cancelled(var because, var last, JobOutcome.Late.Failure(Throwable late)) -> late;
            default -> outcome.failure().orElse(null);
        };
    }

    /** What follows {@link #ended} for a failure: {@code : exit 255}. */
    private static String detail(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Failed failed -> ": " + message(failed.cause());
            case JobOutcome.TimedOut timedOut -> " after " + Durations.text(timedOut.timeout());
            default -> "";
        };
    }

    private static String message(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        try {
            String message = cause.getMessage();
            return message == null || message.isBlank() ? kind : message;
        } catch (Throwable e) { // what is thrown is the user's, and may throw in turn
            return kind;
        }
    }

    /** The exception that stands for a failure or a timeout. */
    private static Throwable cause(String job, JobOutcome outcome) {
        return outcome.failure().orElseGet(() -> new TimeoutException(job + " " + outcome.because()));
    }
}
