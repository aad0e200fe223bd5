package io.orrery.benchmarks;

import java.time.Instant;
import java.util.SplittableRandom;

/** When pending jobs are due: at random within one second, which has passed when they are let go. */
final class Pending {

    private static final long SPAN = 1_000_000_000;
    private static final long EACH = 8_000; // nanoseconds to add one of them, at most

    private final Instant begin;
    private final long nanos; // the same on the monotonic clock
    private final SplittableRandom random = new SplittableRandom(42);

    private Pending(long lead) {
        this.begin = Instant.now().plusNanos(lead);
        this.nanos = System.nanoTime() + lead;
    }

    /** Far enough ahead for so many to be added before the first of them is due. */
    static Pending of(int jobs) {
        return new Pending(1_000_000_000 + jobs * EACH);
    }

    Instant next() {
        return begin.plusNanos(random.nextLong(SPAN));
    }

    /** The same as a delay from now on. */
    long nextDelay() {
        return nanos + random.nextLong(SPAN) - System.nanoTime();
    }

    /** Waits until all are due. */
    void pass() throws InterruptedException {
        Thread.sleep(Math.max(0, (nanos + SPAN - System.nanoTime()) / 1_000_000 + 1));
    }
}
