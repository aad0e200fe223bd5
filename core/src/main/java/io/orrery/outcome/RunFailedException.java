package io.orrery.outcome;

import java.util.concurrent.TimeoutException;

/**
 * A run did not succeed. Its cause is the first failure, the very object that the job threw; other failures are
 * suppressed ones. Of a run that timed out, the cause is a {@link TimeoutException}.
 */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient RunReport report;

    RunFailedException(RunReport report) {
        super(report.plan().name() + " " + report.state().state().word() + ": " + report.why());
        this.report = report;
        RunSummary.Failure failure = report.summary().failure();
        if (failure != null) {
            initCause(failure.cause());
        } else if (report.state() == RunState.TIMED_OUT) {
            initCause(new TimeoutException(report.why()));
        }
        for (JobReport job : report.failures()) {
            job.outcome().flatMap(outcome -> outcome.failure()).ifPresent(this::addOther);
        }
    }

    private void addOther(Throwable other) {
        if (other != getCause() && !java.util.List.of(getSuppressed()).contains(other)) {
            addSuppressed(other);
        }
    }

    /** What became of the run. */
    public RunReport report() {
        return report;
    }
}
