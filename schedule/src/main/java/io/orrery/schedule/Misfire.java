package io.orrery.schedule;

/** What becomes of times that are noticed later than their grace allows. */
public enum Misfire {
    /** They are missed, and recorded so. The default. */
    SKIP,
    /** If no time is left that is not too late, the last one that is runs all the same. */
    RUN_ONCE,
    /** They run as if they were in time. */
    RUN
}
