package io.orrery.run;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.plan.Plannable;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The context of a body that is run alone: there is no run, and nobody listens. */
final class LoneContext implements JobContext {

    @Override
    public <T extends @Nullable Object> T result(Job<T> job) {
        throw noSuchJob(job);
    }

    @Override
    public Optional<JobOutcome> outcome(Job<?> job) {
        throw noSuchJob(job);
    }

    private static IllegalArgumentException noSuchJob(Job<?> job) {
        return new IllegalArgumentException("A body that is run alone has no other jobs around it, but asked for \""
                + job.label() + "\". Run its workflow.");
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public String label() {
        return "";
    }

    @Override
    public String runId() {
        return "";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public boolean cancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        TimeSource.system().sleep(duration);
    }

    @Override
    public void progress(double done, String text) {
        Progress.of(done, text); // refuses what is no number
    }

    @Override
    public void log(String message) {}

    @Override
    @SuppressWarnings("unchecked") // every plan is of some workflow, and the report of a workflow is a RunReport
    public <R> R run(RunnableGraph<R> workflow) {
        if (!(workflow instanceof Plannable<R> plannable)) {
            throw new IllegalArgumentException("What can be run is a workflow or a plan, but this is a "
                    + workflow.getClass().getName() + ". Declare a workflow.");
        }
        return (R) Run.execute(plannable.plan());
    }
}
