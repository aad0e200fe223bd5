package io.orrery.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The clock of the simulation and what is due when. At each moment, everything due happens; then runs that have news act
 * on them, the innermost first, until no run has any; then the clock moves on.
 */
final class World {
    /** A simulation that goes on for longer than this has no end. */
    private static final int MOST_STEPS = 200_000;

    final Trail trail = new Trail();
    /** Whether no job was told to stop at the very moment of its start, when it may have done something or not. */
    boolean isCertain = true;

    private final List<ModelRun> runs = new ArrayList<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long order;
    private long places;

    /** Something that happens at a moment, unless it is called off before. */
    static final class Due {
        private final long at;
        private final long order;
        private final Runnable what;
        private boolean calledOff;

        private Due(long at, long order, Runnable what) {
            this.at = at;
            this.order = order;
            this.what = what;
        }

        long at() {
            return at;
        }

        long order() {
            return order;
        }

        void callOff() {
            calledOff = true;
        }
    }

    long now() {
        return now;
    }

    /** The next place in the order of those who ask for slots of limits. */
    long nextPlace() {
        return ++places;
    }

    Due in(long delay, Runnable what) {
        var entry = new Due(now + delay, order++, what);
        due.add(entry);
        return entry;
    }

    void add(ModelRun run) {
        runs.add(run);
    }

    /** Lets everything happen that will ever happen. */
    void run() {
        for (int steps = 0; ; steps++) {
            if (steps > MOST_STEPS) {
                throw new IllegalStateException("the simulation does not end");
            }
            runs.removeIf(ModelRun::hasEnded);
            var next = runs.stream().filter(ModelRun::hasNews).min(ModelRun.INNERMOST_FIRST);
            if (next.isPresent()) {
                next.get().act();
            } else if (due.isEmpty()) {
                return;
            } else {
                now = due.element().at;
                while (!due.isEmpty() && due.element().at == now) {
                    Due one = due.remove();
                    if (!one.calledOff) {
                        one.what.run();
                    }
                }
            }
        }
    }
}
