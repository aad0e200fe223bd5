package io.orrery.schedule;

/**
 * Hears what happens. Each listener is told on a thread of its own, one event at a time; those of one schedule come in the
 * order in which they happened, a submission before its end. A slow listener keeps nobody waiting: when too many events wait
 * for it, the newest are lost to it and counted. What it throws is logged, and it hears the next event.
 */
@FunctionalInterface
public interface ScheduleListener {

    /** Called for each event. */
    void on(ScheduleEvent event);
}
