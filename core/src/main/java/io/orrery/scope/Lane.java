package io.orrery.scope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One of the places under the limit. It belongs to whoever has taken it, who passes it on from job to job, or gives it back. Its
 * number is that of the ends that were published after it had been given back.
 */
final class Lane extends AtomicLong {

    private static final long serialVersionUID = 1;

    private static final VarHandle CURRENT;
    private static final VarHandle BEGUN;
    private static final VarHandle PASSED_ON;

    static {
        try {
            var lookup = MethodHandles.lookup();
            CURRENT = lookup.findVarHandle(Lane.class, "current", SpawnedJob.class);
            BEGUN = lookup.findVarHandle(Lane.class, "begun", long.class);
            PASSED_ON = lookup.findVarHandle(Lane.class, "passedOn", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** From 1. */
    final int number;
    /** The number of the lane below it in the stack of those that nobody has; 0 for none. Written by who gives it back. */
    volatile int below;
    /** The job that has it, or may be about to; null for none. Written by who has taken it, read by all. */
    private transient volatile @Nullable SpawnedJob<?> current;
    /** How many jobs have begun in it. Written by who has taken it. */
    private volatile long begun;
    /** How many ends were published after it had been passed on; those come one after the other, so no two threads write it. */
    private volatile long passedOn;

    Lane(int number) {
        this.number = number;
    }

    @Nullable
    SpawnedJob<?> current() {
        return current;
    }

    /** Shows a job that may be about to begin here to whoever looks at the lane. */
    void show(SpawnedJob<?> job) {
        CURRENT.setRelease(this, job);
    }

    /**
     * Has the job that is shown begin here, unless it has ended.
     *
     * @return whether it has begun
     */
    boolean begin(SpawnedJob<?> job) {
        job.lane = this;
        if (!job.begin()) {
            return false;
        }
        BEGUN.setRelease(this, (long) BEGUN.get(this) + 1);
        return true;
    }

    /** Has no job any more. */
    void clear() {
        CURRENT.setRelease(this, null);
    }

    /**
     * Takes note that the end of a job was published.
     *
     * @param isPassedOn whether the next job has it and begins after this, rather than anybody who takes it
     */
    void ended(boolean isPassedOn) {
        if (isPassedOn) {
            PASSED_ON.setRelease(this, (long) PASSED_ON.get(this) + 1);
        } else {
            getAndIncrement();
        }
    }

    /** Whether the end of every job that has begun in it was published. */
    boolean isQuiet() {
        long ended = get() + passedOn; // read first
        return current == null && begun == ended;
    }
}
