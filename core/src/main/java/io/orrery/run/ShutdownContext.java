package io.orrery.run;

import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.plan.PlannedJob;
import java.time.Instant;
import java.util.Optional;

/** What the shutdown of a job may know and do. */
final class ShutdownContext implements Context {

    private final GraphRun run;
    private final PlannedJob job;
    private final String path;
    private final int attempts;
    private final Instant deadline;

    ShutdownContext(GraphRun run, PlannedJob job, String path, int attempts) {
        this.run = run;
        this.path = path;
        this.job = job;
        this.attempts = attempts;
        this.deadline = run.tree.time.instant().plus(run.plan().settings().shutdownTimeout());
    }

    @Override
    public GraphRun graphRun() {
        return run;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String label() {
        return job.label();
    }

    @Override
    public int attempt() {
        return attempts;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(deadline);
    }

    @Override
    public boolean cancelled() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public void progress(double done, String text) {
        Progress.of(done, text); // refuses what is no number
    }

    @Override
    public <R> R run(RunnableGraph<R> workflow) {
        throw new IllegalStateException("A shutdown is for light housekeeping and can't run a workflow, but that of \""
                + path() + "\" tried. Run it in the body, or in a job that requires this one.");
    }
}
