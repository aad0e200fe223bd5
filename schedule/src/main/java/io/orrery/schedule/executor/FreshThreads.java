package io.orrery.schedule.executor;

import io.orrery.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs each attempt in a virtual thread of its own, named after its schedule, as many at once as there are. As nobody waits for
 * anybody, it keeps no account of them.
 */
final class FreshThreads implements JobExecutor {

    private volatile @Nullable TimeSource time; // null while it is closed

    /** An executor without a limit. */
    FreshThreads() {}

    @Override
    public void open(TimeSource time) {
        this.time = time;
    }

    @Override
    public void execute(Attempt attempt) {
        TimeSource open = time;
        if (open == null) {
            attempt.refuse("the executor is closed");
            return;
        }
        try {
            open.start(Thread.ofVirtual().name(attempt.path()).inheritInheritableThreadLocals(false), attempt);
        } catch (Throwable e) { // out of memory for a thread
            attempt.refuse("there is no room for a thread: " + e);
        }
    }

    @Override
    public int room() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {
        time = null;
    }
}
