package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.time.Durations;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the handlers of failures that nobody received, and knows how many are being told. Safe for use by any thread. */
final class Reports {

    private static final System.Logger LOG = System.getLogger("io.orrery");

    private final OpenScope scope;
    private final AtomicInteger open = new AtomicInteger();
    /** The threads that call what users want to be called at the end of jobs. */
    private final Set<Thread> telling = ConcurrentHashMap.newKeySet();

    Reports(OpenScope scope) {
        this.scope = scope;
    }

    boolean areDone() {
        return open.get() == 0;
    }

    /** Takes note that a failure has to be told, unless somebody receives it. */
    void begins() {
        open.getAndIncrement();
    }

    /** Takes note that a failure was told, or received. */
    void ends() {
        open.getAndDecrement();
        scope.closing.news();
    }

    /** Calls what may be the code of users, which must not wait for the scope then. */
    void telling(Runnable call) {
        boolean isFirst = telling.add(Thread.currentThread());
        try {
            call.run();
        } finally {
            if (isFirst) {
                telling.remove(Thread.currentThread());
            }
        }
    }

    /** Whether the scope can not be closed by this thread, since it is being told of an end. */
    boolean isTelling(Thread thread) {
        return telling.contains(thread);
    }

    /** Tells a failure that was taken note of. */
    void tell(SpawnedJob<?> job, JobOutcome outcome) {
        Throwable cause = outcome.failure()
                .orElseGet(() -> new TimeoutException("job \"" + job.name() + "\" " + outcome.because()));
        tell(problem(job, ScopeProblem.Kind.FAILED, cause));
    }

    /** Tells that a job is stuck, in a thread of its own. */
    void stuck(SpawnedJob<?> job) {
        begins();
        var cause = new TimeoutException("job \"" + job.name() + "\" has not stopped within "
                + scope.options().closeTimeout().map(Durations::text).orElse("any time"));
        var problem = problem(job, ScopeProblem.Kind.STUCK, cause);
        try {
            scope.threads.start(scope.name() + "/reports", () -> {
                scope.threads.enter();
                tell(problem);
            });
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
            telling(() -> handlers.forEach(handler -> tell(handler, problem)));
        } finally {
            ends();
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
