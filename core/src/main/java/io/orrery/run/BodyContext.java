package io.orrery.run;

import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunEvent;
import io.orrery.plan.Plan;
import io.orrery.plan.Plannable;
import java.time.Instant;
import java.util.Optional;

/** What the body of a job may know and do during one attempt. */
final class BodyContext extends Context {

    private final BodyAttempt attempt;
    private final GraphRun run;

    BodyContext(BodyAttempt attempt) {
        super(attempt.run, attempt.run.pathOf(attempt.job));
        this.attempt = attempt;
        this.run = attempt.run;
    }

    @Override
    public String label() {
        return run.plan().job(attempt.job).label();
    }

    @Override
    public int attempt() {
        return attempt.number;
    }

    @Override
    public Optional<Instant> deadline() {
        long nearest = Long.MAX_VALUE;
        for (Attempt one = attempt; one != null; one = one.run.around()) {
            nearest = Math.min(nearest, Math.min(one.deadline, one.run.deadline()));
        }
        return nearest == Long.MAX_VALUE ? Optional.empty() : Optional.of(run.tree.instant(nearest));
    }

    @Override
    public boolean cancelled() {
        return attempt.isStopped();
    }

    @Override
    public void progress(double done, String text) {
        var progress = Progress.of(done, text);
        run.post(Mail.of(Mail.Rank.PROGRESS, attempt.job, () -> run.progressed(attempt, progress)));
        run.tree.publish(at -> new RunEvent.JobProgressed(run.tree.runId, path(), at, progress));
    }

    @Override
    @SuppressWarnings("unchecked") // the report of a plan is a RunReport
    public <R> R run(RunnableGraph<R> workflow) throws InterruptedException {
        if (!(workflow instanceof Plannable<R> plannable)) {
            throw new IllegalArgumentException("What can be run is a workflow or a plan, but this is a "
                    + workflow.getClass().getName() + ". Declare a workflow.");
        }
        Plan<R> plan = plannable.plan();
        GraphRun inner = GraphRun.spontaneous(plan, attempt);
        if (attempt.isStopped()) {
            throw new InterruptedException("a job that was told to stop runs no workflow");
        }
        attempt.beginInner(inner);
        try {
            if (attempt.isStopped()) {
                inner.cancel("its job was stopped");
            }
            run.post(Mail.of(Mail.Rank.CONTROL, attempt.job, () -> run.innerBegan(attempt.job, inner)));
            return (R) inner.awaitWithinBody();
        } finally {
            attempt.innerEnded(inner);
        }
    }
}
