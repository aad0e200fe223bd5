package io.orrery.schedule.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell in memory: it knows where it is in the {@link Wheel}, and is linked to its neighbours in the table of {@link Cells} by id, so
 * that it takes no entry beside it. Its fields are theirs but for the priority.
 */
class TimedCell extends Cell implements Comparable<TimedCell> {

    static final int NOWHERE = -1;
    static final int DUE = -2; // among what came from a slot
    static final int IN_HEAP = Wheel.PLACES; // and the index there

    long at; // nanoseconds since 1970
    long order; // who came first
    int place = NOWHERE; // the slot that it is in, or one of these
    int index; // in its slot
    int priority; // who comes first of those of one time: the greater one; set while it is nowhere

    int hash;

    @Nullable
    TimedCell chain;

    TimedCell(ScheduleRow row) {
        super(row);
    }

    /** As it was kept. */
    TimedCell(ScheduleRow row, List<Held> fires, long lastToken) {
        super(row, fires, lastToken);
    }

    @Override
    Object handle() {
        return this;
    }

    @Override
    public final int compareTo(TimedCell other) {
        if (at != other.at) {
            return Long.compare(at, other.at);
        }
        return priority == other.priority
                ? Long.compare(order, other.order)
                : Integer.compare(other.priority, priority);
    }
}
