package io.orrery.schedule.executor;

import io.orrery.time.TimeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs attempts in virtual threads, named after the first schedule that they run, as many at once as a limit allows. */
final class VirtualThreads implements JobExecutor {

    private final Lanes lanes;
    private volatile @Nullable TimeSource time; // set when it is opened

    private VirtualThreads(int limit) {
        this.lanes = Lanes.ending(limit, this::start);
    }

    /**
     * So many at once; others wait, higher priorities first.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    static VirtualThreads limited(int limit) {
        return new VirtualThreads(Lanes.positive("virtual threads", limit));
    }

    @Override
    public void open(TimeSource time) {
        this.time = time;
        lanes.open(time);
    }

    private void start(Runnable lane, Attempt first) {
        Objects.requireNonNull(time)
                .start(Thread.ofVirtual().name(first.path()).inheritInheritableThreadLocals(false), lane);
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
