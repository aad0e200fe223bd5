package io.orrery.cli.progress;

import io.orrery.cli.terminal.Cells;
import io.orrery.job.JobOutcome;

/** Why a job ended as it did, in a few words. */
public final class Reasons {

    private Reasons() {}

    /** The reason on one line; empty if there is nothing to explain. */
    public static String of(JobOutcome outcome) {
        String reason = outcome.because();
        if (reason.isEmpty()) {
            reason = outcome.failure().map(Reasons::of).orElse("");
        }
        return Cells.harmless(reason);
    }

    private static String of(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
