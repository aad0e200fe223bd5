package io.orrery.schedule.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The things in one slot of a {@link Wheel}, in no order. Each knows its index, so taking one out costs as little as adding one; and
 * none has to be read to find the next, so when a slot is emptied a processor waits for many of them at once. They are kept in
 * pieces, so a slot that grows copies little. Not safe for use by several threads.
 */
final class Slot {

    private static final int PIECE = 1_024;

    private @Nullable TimedCell[][] pieces = {new TimedCell[8]};
    private int size;

    int size() {
        return size;
    }

    TimedCell get(int index) {
        TimedCell thing = pieces[index / PIECE][index % PIECE];
        if (thing == null) {
            throw new AssertionError("Nothing at " + index + " of " + size);
        }
        return thing;
    }

    void add(TimedCell thing) {
        int piece = size / PIECE;
        if (size % PIECE == 0 && piece > 0) {
            pieces = piece < pieces.length ? pieces : Arrays.copyOf(pieces, piece * 2);
            pieces[piece] = new TimedCell[PIECE];
        } else if (size == pieces[piece].length) {
            pieces[0] = Arrays.copyOf(pieces[0], Math.min(size * 2, PIECE));
        }
        put(size++, thing);
    }

    private void put(int index, @Nullable TimedCell thing) {
        pieces[index / PIECE][index % PIECE] = thing;
        if (thing != null) {
            thing.index = index;
        }
    }

    /** Takes out something that is in here. */
    void remove(TimedCell thing) {
        TimedCell end = get(--size);
        put(size, null);
        if (thing.index != size) {
            put(thing.index, end);
        }
    }
}
