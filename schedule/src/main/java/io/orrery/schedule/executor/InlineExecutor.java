package io.orrery.schedule.executor;

import io.orrery.time.TimeSource;

/** Runs each attempt in the thread that fires it, which waits for its end: for tests, and for what takes no time. */
final class InlineExecutor implements JobExecutor {

    /** An executor that has no thread of its own. */
    InlineExecutor() {}

    @Override
    public void open(TimeSource time) {}

    @Override
    public void execute(Attempt attempt) {
        attempt.run();
    }

    @Override
    public int room() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void close() {}
}
