package io.orrery.schedule.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Things in the order of their times, each of which knows where it is, so that taking one out costs as little as adding one.
 * Not safe for use by several threads.
 */
final class TimedHeap {

    private static final int WAYS = 4;

    private @Nullable TimedCell[] things = new TimedCell[16];
    private int size;

    @Nullable
    TimedCell peek() {
        return things[0];
    }

    void add(TimedCell thing) {
        if (size == things.length) {
            things = Arrays.copyOf(things, 2 * size);
        }
        up(size++, thing);
    }

    /** Takes out something that is in here. */
    void remove(TimedCell thing) {
        int index = thing.place - TimedCell.IN_HEAP;
        TimedCell end = at(--size);
        things[size] = null;
        if (index == size) {
            return;
        }
        down(index, end);
        if (end.place - TimedCell.IN_HEAP == index) {
            up(index, end);
        }
    }

    private TimedCell at(int index) {
        TimedCell thing = things[index];
        if (thing == null) {
            throw new AssertionError("Nothing at " + index + " of " + size);
        }
        return thing;
    }

    private void put(int index, TimedCell thing) {
        things[index] = thing;
        thing.place = TimedCell.IN_HEAP + index;
    }

    private void up(int hole, TimedCell thing) {
        int index = hole;
        while (index > 0) {
            int parent = (index - 1) / WAYS;
            if (thing.compareTo(at(parent)) >= 0) {
                break;
            }
            put(index, at(parent));
            index = parent;
        }
        put(index, thing);
    }

    private void down(int hole, TimedCell thing) {
        int index = hole;
        while (WAYS * index + 1 < size) {
            int least = least(WAYS * index + 1);
            if (thing.compareTo(at(least)) <= 0) {
                break;
            }
            put(index, at(least));
            index = least;
        }
        put(index, thing);
    }

    private int least(int first) {
        int least = first;
        int end = Math.min(first + WAYS, size);
        for (int index = first + 1; index < end; index++) {
            least = at(index).compareTo(at(least)) < 0 ? index : least;
        }
        return least;
    }
}
