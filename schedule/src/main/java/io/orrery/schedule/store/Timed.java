package io.orrery.schedule.store;

import org.jspecify.annotations.Nullable;

/** What a {@link Wheel} holds: something with a time, linked to its neighbours. Its fields are the wheel's but for the priority. */
abstract class Timed implements Comparable<Timed> {

    static final int NOWHERE = -1;
    static final int DUE = -2; // among what came from a slot
    static final int IN_HEAP = Wheel.PLACES; // and the index there

    long at; // nanoseconds since 1970
    long order; // who came first
    int place = NOWHERE; // the slot that it is in, or one of these
    int priority; // who comes first of those of one time: the greater one; set while it is nowhere

    @Nullable
    Timed next;

    @Nullable
    Timed before;

    @Override
    public final int compareTo(Timed other) {
        if (at != other.at) {
            return Long.compare(at, other.at);
        }
        return priority == other.priority
                ? Long.compare(order, other.order)
                : Integer.compare(other.priority, priority);
    }
}
