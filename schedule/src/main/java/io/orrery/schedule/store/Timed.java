package io.orrery.schedule.store;

import org.jspecify.annotations.Nullable;

/** What a {@link Wheel} holds: something with a time, linked to its neighbours. Its fields are the wheel's. */
abstract class Timed implements Comparable<Timed> {

    static final int NOWHERE = -1;
    static final int DUE = -2;

    long at; // nanoseconds since 1970
    long order; // who came first
    int place = NOWHERE; // the slot that it is in

    @Nullable
    Timed next;

    @Nullable
    Timed before;

    /** Who comes first of those of one time: the greater one. */
    abstract int priority();

    @Override
    public final int compareTo(Timed other) {
        if (at != other.at) {
            return Long.compare(at, other.at);
        }
        int mine = priority();
        int others = other.priority();
        return mine == others ? Long.compare(order, other.order) : Integer.compare(others, mine);
    }
}
