package io.orrery.scope;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The places under the limit: made when first needed, and kept. So there are never more jobs running than the limit, and a job
 * that is running can be found. Those that nobody has are a stack, which is one number: the lane on top, and how often that has
 * changed, lest a lane that has been away and come back is taken for one that never was. Safe for use by any thread.
 */
final class Lanes {

    private static final int NONE = 0;

    private final int limit;
    private final AtomicLong free = new AtomicLong(NONE);
    private volatile @Nullable Lane[] all = new @Nullable Lane[16]; // replaced when it grows; guarded by this
    private volatile int made; // guarded by this

    Lanes(int limit) {
        this.limit = limit;
    }

    /** Takes a lane; null if all are taken and no more may be made. */
    @Nullable
    Lane take() {
        while (true) {
            long top = free.get();
            int number = (int) top;
            if (number == NONE) {
                return made < limit ? make() : null;
            }
            Lane lane = lane(number);
            if (free.compareAndSet(top, next(top, lane.below))) {
                return lane;
            }
        }
    }

    /** Whether one could be taken now. */
    boolean hasFree() {
        return (int) free.get() != NONE || made < limit;
    }

    /** Gives back a lane that has no job any more. */
    void giveBack(Lane lane) {
        while (true) {
            long top = free.get();
            lane.below = (int) top;
            if (free.compareAndSet(top, next(top, lane.number))) {
                return;
            }
        }
    }

    private static long next(long top, int number) {
        return (top >>> 32) + 1 << 32 | number;
    }

    private synchronized @Nullable Lane make() {
        if (made == limit) {
            return null;
        }
        if (made == all.length) {
            all = Arrays.copyOf(all, made * 2);
        }
        var lane = new Lane(made + 1);
        all[made] = lane;
        made++;
        return lane;
    }

    @SuppressWarnings("NullAway") // those that were made are there
    Lane lane(int number) {
        return all[number - 1];
    }

    /** How many have been made. */
    int made() {
        return made;
    }

    /** Whether none is taken, and the end of every job that has begun was published. */
    boolean areQuiet() {
        for (int number = 1; number <= made; number++) {
            if (!lane(number).isQuiet()) {
                return false;
            }
        }
        return true;
    }
}
