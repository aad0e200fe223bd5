package io.orrery.time;

/** A pending {@link TimeSource#alarm}. Safe for use by any thread. */
@FunctionalInterface
public interface Alarm {

    /** Makes the alarm not go off, if it has not yet; without effect otherwise. */
    void cancel();
}
