package io.orrery.benchmarks.stores;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** A job that does nothing but be counted. */
final class Probe implements IntConsumer {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final long jobs;
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch all = new CountDownLatch(1);
    private volatile long first;
    private volatile long last;

    Probe(long jobs) {
        this.jobs = jobs;
    }

    @Override
    public void accept(int number) {
        long ran = count.incrementAndGet();
        if (ran == 1) {
            first = System.nanoTime();
        }
        if (ran == jobs) {
            last = System.nanoTime();
            all.countDown();
        }
    }

    /** Waits until so many have run. */
    void await() throws InterruptedException {
        if (!all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Of " + jobs + " jobs " + count + " have run.");
        }
    }

    /** When the first one began, on the monotonic clock. */
    long first() {
        return first;
    }

    /** When the last one of those that were waited for began. */
    long last() {
        return last;
    }

    /** Refuses a measurement in which a job ran twice. */
    void requireEachOnce() {
        if (count.get() != jobs) {
            throw new IllegalStateException("Of " + jobs + " jobs there were " + count + " runs.");
        }
    }
}
