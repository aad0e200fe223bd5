package io.orrery.benchmarks;

import io.orrery.job.Action;

/**
 * What a job of any contender does; it counts how often. One object fits all, so that no contender pays for an adapter. The
 * count is not synchronised: contenders promise that all jobs have ended before anybody looks.
 */
final class Body implements Runnable, Action {

    private final Runnable load;
    private int runs;

    Body(Runnable load) {
        this.load = load;
    }

    @Override
    public void run() {
        load.run();
        runs++;
    }

    /** How often it ran since it was last asked. */
    int takeRuns() {
        int taken = runs;
        runs = 0;
        return taken;
    }
}
