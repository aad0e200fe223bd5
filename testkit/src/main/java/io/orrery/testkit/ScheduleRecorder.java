package io.orrery.testkit;

import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.OfSchedule;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.ScheduleEvent.Submitted;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records what happens in a scheduler: which fires there were, in what order, and why others were not. Safe for use by any
 * thread; events of several schedulers at once are mixed in the order in which they arrive.
 *
 * {@snippet :
 * scheduler.listen(recorder);
 * scheduler.add(Schedule.named("report").cron("0 6 * * 1").job("report"));
 * time.advance(Duration.ofDays(31));
 * recorder.trail("report").assertOrder("report added", "report submitted", "report executed");
 * }
 */
public final class ScheduleRecorder implements ScheduleListener {

    private final Recording<ScheduleEvent> recording = new Recording<>(ScheduleRecorder::timed);

    /** A recorder that has recorded nothing. */
    public ScheduleRecorder() {}

    @Override
    public void on(ScheduleEvent event) {
        recording.add(event);
    }

    /** What has been recorded so far, in order. */
    public List<ScheduleEvent> events() {
        return recording.events();
    }

    /** The events of one type that have been recorded so far, in order. */
    public <E extends ScheduleEvent> List<E> events(Class<E> type) {
        return recording.events(type);
    }

    /** Forgets everything recorded so far. */
    public void clear() {
        recording.clear();
    }

    /**
     * The due times of a schedule that were handed to its executor so far, in that order; those that were repeated count once,
     * and runs by hand not at all.
     *
     * @param schedule the id of the schedule
     */
    public List<Instant> fired(String schedule) {
        return events(Submitted.class).stream()
                .map(Submitted::fire)
                .filter(fire -> fire.schedule().equals(schedule) && !fire.manual() && fire.attempt() == 1)
                .map(Fire::at)
                .toList();
    }

    /**
     * Waits for an event about a schedule; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends OfSchedule> E await(Class<E> type, String schedule) throws InterruptedException {
        return recording.await(type, event -> event.id().equals(schedule), " of \"" + schedule + "\"");
    }

    /**
     * Waits for an event that fulfils a condition; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends ScheduleEvent> E await(Class<E> type, Predicate<? super E> condition)
            throws InterruptedException {
        return recording.await(type, condition, " that fulfils the condition");
    }

    /** One line an event: {@code scheduler started}, {@code report submitted}, {@code report executed}. */
    public Trail trail() {
        return recording.trail(ScheduleWords::of);
    }

    /** Like {@link #trail()}, but only of what is about that schedule. */
    public Trail trail(String schedule) {
        var trail = new Trail();
        events(OfSchedule.class).stream()
                .filter(event -> event.id().equals(schedule))
                .forEach(event -> trail.add(ScheduleWords.of(event)));
        return trail;
    }

    /** Like {@link #trail()}, with the time on the scheduler's clock: {@code 2026-01-05T06:00:00Z report executed}. */
    public Trail timedTrail() {
        return recording.trail(ScheduleRecorder::timed);
    }

    private static String timed(ScheduleEvent event) {
        return event.origin().at() + " " + ScheduleWords.of(event);
    }
}
