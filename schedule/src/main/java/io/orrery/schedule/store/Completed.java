package io.orrery.schedule.store;

/** What a store made of the end of an attempt. */
public enum Completed {
    /** It is written. */
    ACCEPTED,
    /** It is written, and with it its schedule, which had finished, was removed. */
    ACCEPTED_AND_REMOVED,
    /** The schedule is not there any more: nothing is written, but the attempt had every right to run. */
    GONE,
    /** The lease was not valid any more: nothing is written. */
    REFUSED
}
