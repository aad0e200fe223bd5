package io.orrery.workflowfile.body;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RunnableGraph;
import io.orrery.workflowfile.process.Masker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a job in Java may do, which tells no secret that way. */
record MaskedContext(JobContext context, Masker masker) implements JobContext {

    @Override
    public <T extends @Nullable Object> T result(Job<T> job) {
        return context.result(job);
    }

    @Override
    public Optional<JobOutcome> outcome(Job<?> job) {
        return context.outcome(job);
    }

    @Override
    public String path() {
        return context.path();
    }

    @Override
    public String label() {
        return context.label();
    }

    @Override
    public String runId() {
        return context.runId();
    }

    @Override
    public int attempt() {
        return context.attempt();
    }

    @Override
    public Optional<Instant> deadline() {
        return context.deadline();
    }

    @Override
    public boolean cancelled() {
        return context.cancelled();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        context.sleep(duration);
    }

    @Override
    public void progress(double done, String text) {
        context.progress(done, masker.mask(text));
    }

    @Override
    public void log(String message) {
        context.log(masker.mask(message));
    }

    @Override
    public <R> R run(RunnableGraph<R> workflow) throws InterruptedException {
        return context.run(workflow);
    }
}
