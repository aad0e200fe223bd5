package io.orrery.run;

import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import java.time.Duration;
import java.util.Optional;

/** One run of a plan. */
final class GraphRun implements Run {

    static GraphRun start(Plan<RunReport> plan, RunOptions options) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public String id() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Plan<RunReport> plan() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public RunReport await() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public Optional<RunReport> await(Duration patience) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public RunReport awaitUninterruptibly() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public void cancel(String reason) {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public RunReport snapshot() {
        throw new IllegalStateException("not yet");
    }

    @Override
    public void close() {}
}
