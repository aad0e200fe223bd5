package io.orrery.schedule;

import java.util.Locale;

/** How a schedule stands. */
public enum ScheduleState {
    /** Added to a scheduler that has not started. */
    PENDING,
    /** Has a next fire time, or waits for the end of a fire to know it. */
    SCHEDULED,
    /** Fires only when somebody wants it to. */
    PAUSED,
    /** Its trigger has no further time. */
    FINISHED,
    /** Fires when its scheduler shuts down. */
    AT_SHUTDOWN,
    /** Something about it is wrong, and it waits for somebody to look at that. */
    QUARANTINED;

    /** In lower case, as in listings and events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
