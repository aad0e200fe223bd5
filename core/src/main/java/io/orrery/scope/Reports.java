package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.time.Durations;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the handlers of failures that nobody received, and knows how many are being told. Safe for use by any thread. */
final class Reports {

    private static final System.Logger LOG = System.getLogger("io.orrery");

    private final OpenScope scope;
    private final AtomicInteger open = new AtomicInteger();

    Reports(OpenScope scope) {
        this.scope = scope;
    }

    boolean areDone() {
        return open.get() == 0;
    }

    /** Takes note that a failure has to be told. */
    void begins() {
        open.getAndIncrement();
    }

    /** Tells a failure, and that it was told. */
    void tell(SpawnedJob<?> job, JobOutcome outcome) {
        Throwable cause = outcome.failure()
                .orElseGet(() -> new TimeoutException("job \"" + job.name() + "\" " + outcome.because()));
        tell(problem(job, ScopeProblem.Kind.FAILED, cause));
    }

    /** Tells a failure that nothing was noted of yet. */
    void failed(SpawnedJob<?> job, JobOutcome outcome) {
        begins();
        tell(job, outcome);
    }

    /** Tells that a job is stuck, in a thread of its own. */
    void stuck(SpawnedJob<?> job) {
        begins();
        var cause = new TimeoutException("job \"" + job.name() + "\" has not stopped within "
                + scope.options().closeTimeout().map(Durations::text).orElse("any time"));
        var problem = problem(job, ScopeProblem.Kind.STUCK, cause);
        try {
            scope.threads.start(scope.name() + "/reports", () -> tell(problem));
        } catch (Throwable e) { // out of memory for a thread
            tell(problem);
        }
    }

    private ScopeProblem problem(SpawnedJob<?> job, ScopeProblem.Kind kind, Throwable cause) {
        return new ScopeProblem(scope, job, kind, cause, job.terms == null ? null : job.terms.spawnTrace);
    }

    private void tell(ScopeProblem problem) {
        try {
            List<FailureHandler> handlers = scope.options().failureHandlers();
            if (handlers.isEmpty()) {
                LOG.log(System.Logger.Level.ERROR, text(problem), problem.cause());
            }
            for (FailureHandler handler : handlers) {
                tell(handler, problem);
            }
        } finally {
            open.getAndDecrement();
            scope.closing.news();
        }
    }

    private static void tell(FailureHandler handler, ScopeProblem problem) {
        try {
            handler.on(problem);
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "A failure handler threw on: " + text(problem), e);
        }
    }

    private static String text(ScopeProblem problem) {
        return problem.message() + ": job \"" + problem.job().name() + "\" of scope \""
                + problem.scope().name() + "\"";
    }
}
