package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.time.Durations;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The words for why a run ended, and why a job did not. */
final class Reasons {

    static final String ALL_ENDED = "all jobs have ended";
    static final String RUN_FINISHED = "run finished";
    static final String RUN_TIMED_OUT = "run timed out";

    private Reasons() {}

    static String timedOutAfter(Duration limit) {
        return "timed out after " + Durations.text(limit);
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

    /** What follows {@link #ended} for a failure: {@code : exit 255}. */
    static String detail(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Failed failed -> ": " + message(failed.cause());
            case JobOutcome.TimedOut timedOut -> " after " + Durations.text(timedOut.timeout());
            default -> "";
        };
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    /** The exception that stands for a failure or a timeout. */
    static Throwable cause(String job, JobOutcome outcome) {
        return outcome.failure().orElseGet(() -> new TimeoutException(job + " " + outcome.because()));
    }
}
