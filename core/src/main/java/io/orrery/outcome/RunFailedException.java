package io.orrery.outcome;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A run did not succeed. Its cause is the first failure, the very object that the job threw; other failures are
 * suppressed ones. Where a timeout brought the run down and nothing was thrown, the cause is a {@link TimeoutException}.
 */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient RunReport report;

    RunFailedException(RunReport report) {
        super(report.plan().name() + (report.state() == RunState.FAILED ? " failed: " : " ") + report.why());
        this.report = report;
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        RunSummary.Failure failure = report.summary().failure();
        if (failure != null) {
            initCause(failure.cause());
            told.add(failure.cause());
        } else if (report.state() == RunState.TIMED_OUT || report.state() == RunState.FAILED) {
            initCause(new TimeoutException(report.why()));
        }
        for (JobReport job : report.failures()) {
            job.outcome()
                    .flatMap(outcome -> outcome.failure())
                    .filter(told::add)
                    .ifPresent(this::addSuppressed);
        }
    }

    /** What became of the run. */
    public RunReport report() {
        return report;
    }
}
