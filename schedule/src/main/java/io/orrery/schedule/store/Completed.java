package io.orrery.schedule.store;

/** What a store made of the end of an attempt. */
public enum Completed {
    /** It is written. */
    ACCEPTED,
    /** It is written, and with it its schedule, which had finished, was removed. */
    ACCEPTED_AND_REMOVED,
    /** The lease was not valid any more: nothing is written. */
    REFUSED
}
