package io.orrery.scope;

import io.orrery.job.Action;
import io.orrery.job.ContextAction;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.thread.Intercepted;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Calls the bodies of jobs, in the job's own thread. */
final class Execution {

    private static final JobOutcome NOTHING = new JobOutcome.Succeeded(null);

    private Execution() {}

    static JobOutcome of(SpawnedJob<?> job) {
        var event = new JfrEvents.ScopedJobSpan();
        event.begin();
        JobOutcome outcome;
        try {
            begin(job);
            Object value = call(job);
            outcome = value == null ? NOTHING : new JobOutcome.Succeeded(value);
        } catch (Throwable e) {
            outcome = new JobOutcome.Failed(e);
        }
        event.end();
        if (event.shouldCommit()) {
            event.commit(job, outcome);
        }
        return outcome;
    }

    private static void begin(SpawnedJob<?> job) {
        OpenScope scope = job.scope;
        scope.threads.enter();
        if (job.terms != null) {
            job.terms.began(job, scope.time);
        }
        if (scope.events.heard()) {
            scope.publish(at -> new ScopeEvent.JobStarted(scope, at, job));
        }
    }

    private static @Nullable Object call(SpawnedJob<?> job) throws Exception {
        Object body = job.body();
        if (job.scope.options().interceptors().isEmpty()) {
            return call(body, job);
        }
        var context = new ScopedContext(job);
        return Intercepted.by(job.scope.options().interceptors(), context, () -> call(body, job))
                .proceed();
    }

    private static @Nullable Object call(@Nullable Object body, SpawnedJob<?> job) throws Exception {
        switch (body) {
            case Callable<?> callable -> {
                return callable.call();
            }
            case Action action -> action.run();
            case JobBody<?> withContext -> {
                return withContext.run(context(job));
            }
            case ContextAction action -> action.run(context(job));
            case null, default -> throw new IllegalStateException("a job without a body");
        }
        return null;
    }

    private static JobContext context(SpawnedJob<?> job) {
        return new ScopedContext(job);
    }
}
