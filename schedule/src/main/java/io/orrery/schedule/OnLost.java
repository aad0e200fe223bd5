package io.orrery.schedule;

/** What becomes of a fire whose node died, or was away for longer than its lease. */
public enum OnLost {
    /** Another attempt is made: it runs at least once. The default. */
    RERUN,
    /** It counts as failed: it runs at most once. */
    FAIL,
    /** Its schedule is quarantined until somebody resumes it. */
    ASK
}
