package io.orrery.scope;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.plan.Plannable;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the body of a job in a scope may know and do. There are no other jobs that it could ask for results. */
final class ScopedContext implements JobContext {

    private final SpawnedJob<?> job;

    ScopedContext(SpawnedJob<?> job) {
        this.job = job;
    }

    @Override
    public <T extends @Nullable Object> T result(Job<T> other) {
        throw noSuchJob(other);
    }

    @Override
    public Optional<JobOutcome> outcome(Job<?> other) {
        throw noSuchJob(other);
    }

    private static IllegalArgumentException noSuchJob(Job<?> other) {
        return new IllegalArgumentException("A job in a scope is no part of a workflow, but asked for \""
                + other.label() + "\". Ask the report of the workflow's run.");
    }

    @Override
    public String path() {
        return job.name();
    }

    @Override
    public String label() {
        return job.name();
    }

    @Override
    public String runId() {
        return job.scope.id();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Optional<Instant> deadline() {
        return job.terms == null ? Optional.empty() : job.terms.nearest();
    }

    @Override
    public boolean cancelled() {
        return job.isStopping();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        job.scope.time.sleep(duration);
    }

    @Override
    public void progress(double done, String text) {
        var progress = Progress.of(done, text);
        job.scope.publish(at -> new ScopeEvent.JobProgressed(job.scope, at, job, progress));
    }

    @Override
    public void log(String message) {
        job.scope.publish(at -> new ScopeEvent.JobLogged(job.scope, at, job, message));
    }

    @Override
    @SuppressWarnings("unchecked") // every plan is of some workflow, and the report of a workflow is a RunReport
    public <R> R run(RunnableGraph<R> workflow) throws InterruptedException {
        if (!(workflow instanceof Plannable<R> plannable)) {
            throw new IllegalArgumentException("What can be run is a workflow or a plan, but this is a "
                    + workflow.getClass().getName() + ". Declare a workflow.");
        }
        Run run = Run.start(plannable.plan(), RunOptions.defaults().time(job.scope.time));
        try {
            return (R) run.await();
        } catch (InterruptedException e) {
            run.cancel("its job was stopped");
            run.awaitUninterruptibly();
            throw e;
        }
    }
}
