package io.orrery.workflowfile.process;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RunnableGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A context without a run around it, which keeps what is logged. */
final class TestContext implements JobContext {
    final List<String> log = new CopyOnWriteArrayList<>();

    @Override
    public <T> T result(Job<T> job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<JobOutcome> outcome(Job<?> job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String path() {
        return "a/b";
    }

    @Override
    public String label() {
        return "b";
    }

    @Override
    public String runId() {
        return "run";
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
        return false;
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void progress(double done, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void log(String message) {
        log.add(message);
    }

    @Override
    public <R> R run(RunnableGraph<R> workflow) {
        throw new UnsupportedOperationException();
    }
}
