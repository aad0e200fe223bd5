package io.orrery.schedule.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Things that have a time, handed out in the order of their times.
 *
 * <h2>Levels and slots</h2>
 *
 * <p>Time is cut into ticks of 2^16 ns, 66 microseconds. A wheel of 8 levels with 64 slots each holds what is later than
 * the current tick: level 0 has one slot a tick, level 1 one for 64 ticks, and so on, so what is at time t is in the level
 * of the highest six bits in which t and now differ. Adding and removing take a few instructions, whatever there is, since each
 * thing knows its place in its {@link Slot}. When time reaches a slot of a higher level, what is in it moves down.
 *
 * <h2>Finding what is next</h2>
 *
 * <p>One word a level says which slots are not empty, so that empty ones cost nothing, be they a year long.
 *
 * <h2>The current tick</h2>
 *
 * <p>Within a tick the order is exact. What came from a slot is sorted once; what is added for the current tick or the past
 * waits in a heap beside it. What came from the slot and is taken away again stays in its array, but does not say any more
 * that it is there.
 *
 * <p>Not safe for use by several threads.
 */
final class Wheel {

    private static final int TICK_BITS = 16;
    private static final long UNKNOWN = -1;
    private static final int LEVELS = 8;
    private static final int SLOTS = 64;
    static final int PLACES = LEVELS * SLOTS;
    private static final int FEW = 1_000; // are looked at
    private static final TimedCell[] NONE = {};

    private final @Nullable Slot[] slots = new Slot[PLACES]; // null if it is empty
    private final long[] occupied = new long[LEVELS];
    private final TimedHeap late = new TimedHeap();
    private TimedCell[] sorted = NONE; // what came from the slot of the current tick
    private int position; // in sorted
    private long tick;
    private long orders;
    private long soonest = UNKNOWN; // what was said to be next, if that still holds

    /** An empty one for what is later than a moment, as a rule. */
    Wheel(long now) {
        tick = Math.max(now, 0) >>> TICK_BITS;
    }

    /** Adds something that is not there. */
    void add(TimedCell thing, long at) {
        thing.at = Math.max(at, 0);
        thing.order = orders++;
        soonest = Math.min(soonest, thing.at); // stays unknown if it is
        long when = thing.at >>> TICK_BITS;
        if (when <= tick) {
            late.add(thing);
        } else {
            append(thing, when);
        }
    }

    private void append(TimedCell thing, long when) {
        int level = (63 - Long.numberOfLeadingZeros((when ^ tick) | 63)) / 6;
        int slot = (int) (when >>> (6 * level)) & 63;
        int place = level * SLOTS + slot;
        thing.place = place;
        Slot known = slots[place];
        if (known == null) {
            known = new Slot();
            slots[place] = known;
            occupied[level] |= 1L << slot;
        }
        known.add(thing);
    }

    /** Removes something, if it is there. */
    void remove(TimedCell thing) {
        int place = thing.place;
        if (place >= TimedCell.IN_HEAP) {
            late.remove(thing);
        } else if (place >= 0) {
            takeOut(thing, place);
        }
        thing.place = TimedCell.NOWHERE;
        soonest = thing.at <= soonest ? UNKNOWN : soonest;
    }

    private void takeOut(TimedCell thing, int place) {
        Slot slot = slot(place);
        slot.remove(thing);
        if (slot.size() == 0) {
            clear(place);
        }
    }

    private Slot slot(int place) {
        return Objects.requireNonNull(slots[place], "A slot that is occupied is there.");
    }

    private void clear(int place) {
        slots[place] = null;
        occupied[place / SLOTS] &= ~(1L << (place % SLOTS));
    }

    /** Takes the first one whose time is not after {@code now}; null if there is none. */
    @Nullable
    TimedCell poll(long now) {
        soonest = UNKNOWN;
        while (true) {
            TimedCell one = peekDue();
            if (one != null) {
                if (one.at > now) {
                    return null;
                }
                take(one);
                return one;
            }
            if (!advance(Math.max(now, 0) >>> TICK_BITS)) {
                return null;
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very thing
    private void take(TimedCell one) {
        if (one == late.peek()) {
            late.remove(one);
        } else {
            position++;
        }
        one.place = TimedCell.NOWHERE;
    }

    private @Nullable TimedCell peekDue() {
        while (position < sorted.length && sorted[position].place != TimedCell.DUE) {
            position++; // removed meanwhile
        }
        TimedCell one = position < sorted.length ? sorted[position] : null;
        TimedCell other = late.peek();
        if (one == null) {
            sorted = NONE;
            position = 0;
            return other;
        }
        return other == null || one.compareTo(other) <= 0 ? one : other;
    }

    /** Moves on to the next slot that is not empty, if time has come to it. */
    private boolean advance(long nowTick) {
        for (int level = 0; level < LEVELS; level++) {
            int current = (int) (tick >>> (6 * level)) & 63;
            long later = current == 63 ? 0 : occupied[level] & (-1L << (current + 1));
            if (later != 0) {
                int slot = Long.numberOfTrailingZeros(later);
                long start = start(level, slot);
                if (start > nowTick) {
                    break;
                }
                tick = start;
                empty(level, slot);
                return true;
            }
        }
        tick = Math.max(tick, nowTick);
        return false;
    }

    private long start(int level, int slot) {
        int bits = 6 * (level + 1);
        return tick >>> bits << bits | (long) slot << (6 * level);
    }

    private void empty(int level, int slot) {
        int place = level * SLOTS + slot;
        Slot full = slot(place);
        clear(place);
        List<TimedCell> due = new ArrayList<>();
        boolean inOrder = true;
        for (int i = 0; i < full.size(); i++) {
            TimedCell one = full.get(i);
            long when = one.at >>> TICK_BITS;
            if (when <= tick) {
                one.place = TimedCell.DUE;
                inOrder &= due.isEmpty() || due.getLast().compareTo(one) < 0;
                due.add(one);
            } else {
                append(one, when);
            }
        }
        sorted = due.toArray(NONE);
        if (!inOrder) {
            Arrays.sort(sorted);
        }
        position = 0;
    }

    /** A time before which nothing is due; {@link Long#MAX_VALUE} if it is empty. */
    long next() {
        if (soonest == UNKNOWN) {
            soonest = look();
        }
        return soonest;
    }

    private long look() {
        TimedCell one = peekDue();
        if (one != null) {
            return one.at;
        }
        for (int level = 0; level < LEVELS; level++) {
            int current = (int) (tick >>> (6 * level)) & 63;
            long later = current == 63 ? 0 : occupied[level] & (-1L << (current + 1));
            if (later != 0) {
                return earliest(level, Long.numberOfTrailingZeros(later));
            }
        }
        return Long.MAX_VALUE;
    }

    /** Exact where a look at a few things is enough; else the start of the slot. */
    private long earliest(int level, int slot) {
        long earliest = Long.MAX_VALUE;
        Slot some = slot(level * SLOTS + slot);
        if (some.size() > FEW) {
            return start(level, slot) << TICK_BITS;
        }
        for (int i = 0; i < some.size(); i++) {
            earliest = Math.min(earliest, some.get(i).at);
        }
        return earliest;
    }
}
