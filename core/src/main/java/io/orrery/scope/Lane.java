package io.orrery.scope;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One of the places under the limit. It belongs to whoever has taken it, who passes it on from job to job, or gives it back. Its
 * number is that of the ends in it that were published.
 */
final class Lane extends AtomicLong {

    private static final long serialVersionUID = 1;

    /** From 1. */
    final int number;
    /** The number of the lane below it in the stack of those that nobody has; 0 for none. Written by who gives it back. */
    volatile int below;
    /** The job that has it; null for none. Written by who has taken it, read by all. */
    transient volatile @Nullable SpawnedJob<?> current;
    /** How many jobs have begun in it. Written by who has taken it. */
    private volatile long begun;

    Lane(int number) {
        this.number = number;
    }

    /** Makes a job the current one. Whether it begins is decided by its state. */
    void give(SpawnedJob<?> job) {
        job.lane = this;
        current = job;
    }

    void begun() {
        long one = begun + 1;
        begun = one; // by one writer at a time
    }

    void ended() {
        getAndIncrement();
    }

    /** Whether the end of every job that has begun in it was published. */
    boolean isQuiet() {
        long ended = get();
        return current == null && begun == ended;
    }
}
