package io.orrery.schedule.trigger;

/** What becomes of a local time that does not exist, because the clocks are put forward over it. */
public enum GapRule {
    /** It does not fire (spec T-022). */
    SKIP,
    /** It fires at the end of the gap, once, however many such times there are in it. */
    FIRE_AT_END
}
