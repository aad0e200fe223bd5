package io.orrery.schedule.executor;

import io.orrery.time.TimeSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts in so many platform threads at most: for work that keeps a processor busy, or native code. A thread takes the
 * next attempt that waits, higher priorities first, and rests when there is none, until the executor is closed.
 */
final class PlatformThreads implements JobExecutor {

    private final Lanes lanes;
    private final AtomicLong number = new AtomicLong();
    private volatile @Nullable TimeSource time; // set when it is opened

    /**
     * An executor of so many threads.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    PlatformThreads(int threads) {
        this.lanes = Lanes.resting(Lanes.positive("platform threads", threads), this::start);
    }

    @Override
    public void open(TimeSource time) {
        this.time = time;
        lanes.open(time);
    }

    private void start(Runnable lane, Attempt first) {
        Objects.requireNonNull(time)
                .start(
                        Thread.ofPlatform()
                                .daemon()
                                .name("orrery-pool-" + number.incrementAndGet())
                                .inheritInheritableThreadLocals(false),
                        lane);
    }

    @Override
    public void execute(Attempt attempt) {
        lanes.execute(attempt, Attempt::run);
    }

    @Override
    public int room() {
        return lanes.room();
    }

    @Override
    public void close() {
        lanes.close();
    }
}
