package io.orrery.schedule.trigger;

/** What becomes of a local time that there is twice, because the clocks are put back. */
public enum RepeatRule {
    /** It fires both times (spec T-022). */
    TWICE,
    /** It fires the first time only. */
    ONCE
}
