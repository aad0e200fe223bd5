package io.orrery.schedule;

import java.time.Instant;

/**
 * One due moment of one schedule. Immutable; two are equal if they have the same id.
 *
 * @param schedule the id of its schedule
 * @param at the moment at which it is due: of a schedule's time, that time, whenever it is noticed
 * @param manual whether somebody wanted it, rather than the trigger
 * @param attempt 1 for the first attempt, 2 for the first retry
 * @param coalesced how many other due times it stands for
 */
public record Fire(String schedule, Instant at, boolean manual, int attempt, int coalesced) {

    /** A first attempt at a time of the trigger. */
    public static Fire at(String schedule, Instant at) {
        return new Fire(schedule, at, /* manual= */ false, 1, 0);
    }

    /** A first attempt that somebody wants now. */
    public static Fire manual(String schedule, Instant now) {
        return new Fire(schedule, now, /* manual= */ true, 1, 0);
    }

    /** The same id for all attempts: what to use as an idempotency key. */
    public String id() {
        return schedule + "@" + at + (manual ? "!" : "");
    }

    /** The same fire, standing for so many other due times. */
    public Fire coalescing(int others) {
        return new Fire(schedule, at, manual, attempt, others);
    }

    /** The next attempt of the same fire. */
    public Fire again() {
        return new Fire(schedule, at, manual, attempt + 1, coalesced);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Fire fire
                        && schedule.equals(fire.schedule)
                        && at.equals(fire.at)
                        && manual == fire.manual;
    }

    @Override
    public int hashCode() {
        return 31 * schedule.hashCode() + at.hashCode(); // few are manual
    }
}
