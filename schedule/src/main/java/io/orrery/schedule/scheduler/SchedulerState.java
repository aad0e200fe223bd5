package io.orrery.schedule.scheduler;

import java.util.Locale;

/** What a scheduler does. */
public enum SchedulerState {
    /** Nothing: it has not been started, or it was shut down. */
    STOPPED,
    /** Fires what is due. */
    RUNNING,
    /** Waits to be resumed; what runs goes on. */
    PAUSED;

    /** 0, 1, 2. */
    public int code() {
        return ordinal();
    }

    /** In lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
