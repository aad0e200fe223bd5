package io.orrery.stress;

import io.orrery.job.JobOutcome;
import io.orrery.job.Threads;
import io.orrery.scope.JobScope;
import io.orrery.scope.ScopedJob;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A scope with one of the two kinds of threads, at random, that counts what is in it, and what all tests do with it. */
public final class Scoped {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    public final JobScope scope;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    public Scoped(int limit, int pendingLimit) {
        scope = JobScope.named("scope")
                .limit(limit)
                .pendingLimit(pendingLimit)
                .closeTimeout(PATIENCE)
                .threads(ThreadLocalRandom.current().nextBoolean() ? Threads.FRESH : Threads.REUSED)
                .open();
    }

    private int body() {
        begun.incrementAndGet();
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        return inside.decrementAndGet();
    }

    public int begun() {
        return begun.get();
    }

    public int most() {
        return most.get();
    }

    /** A job; null if the scope was closed before. */
    public @Nullable ScopedJob<Integer> spawn() {
        return spawn(this::body);
    }

    /** A job that waits for this; null if the scope was closed before. */
    public @Nullable ScopedJob<Integer> spawnWaiting(CountDownLatch latch) {
        return spawn(() -> {
            latch.await();
            return body();
        });
    }

    private @Nullable ScopedJob<Integer> spawn(Callable<Integer> body) {
        try {
            return scope.spawn("job", body);
        } catch (IllegalStateException e) {
            return null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code Succeeded}, or another of the outcomes, or {@code Refused}; an error if it does not end. */
    public static String end(@Nullable ScopedJob<Integer> job) {
        if (job == null) {
            return "Refused";
        }
        try {
            job.await(PATIENCE);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            throw new AssertionError("hangs or fails: " + job, e);
        } catch (CancellationException e) {
            return outcome(job);
        }
        return outcome(job);
    }

    /** How it has ended by now. */
    public static String outcome(ScopedJob<Integer> job) {
        return job.outcome().map(JobOutcome::getClass).map(Class::getSimpleName).orElse("Open");
    }
}
