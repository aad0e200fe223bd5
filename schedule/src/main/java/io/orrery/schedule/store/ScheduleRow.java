package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One schedule in a store: its definition, and how it stands. Immutable; each write makes the version greater by one.
 *
 * @param schedule the definition; its trigger is anchored, its policy complete, its payload encoded unless the store is local
 * @param version 1 once it was added; 0 of a row that has yet to be
 * @param state how it stands
 * @param due when the store is to hand it out; null for not
 * @param live how many of its fires run, or are about to be tried again; kept by the store
 * @param waiting how many of its fires wait for others to end; kept by the store
 * @param history what has become of its fires
 */
public record ScheduleRow(
        Schedule schedule,
        long version,
        ScheduleState state,
        @Nullable Instant due,
        int live,
        int waiting,
        History history) {

    /** A row that has yet to be added. */
    public static ScheduleRow of(Schedule schedule, ScheduleState state, @Nullable Instant due) {
        return new ScheduleRow(schedule, 0, state, due, 0, 0, History.NONE);
    }

    /** The same with another state and due time. */
    public ScheduleRow standing(ScheduleState state, @Nullable Instant due) {
        return new ScheduleRow(schedule, version, state, due, live, waiting, history);
    }

    /** The same as it is to stand after the run that it counts from. */
    public ScheduleRow standing(NextDue next) {
        return switch (next) {
            case NextDue.At(Instant moment) -> standing(ScheduleState.SCHEDULED, moment);
            case NextDue.Never() -> standing(ScheduleState.FINISHED, null);
            case NextDue.Unknown(String because) -> quarantined(because);
        };
    }

    /** The same after a time of its trigger, with another state and due time. */
    public ScheduleRow after(Instant time, ScheduleState state, @Nullable Instant due) {
        return new ScheduleRow(schedule, version, state, due, live, waiting, history.after(time));
    }

    /** The same with another definition. */
    public ScheduleRow saying(Schedule definition) {
        return new ScheduleRow(definition, version, state, due, live, waiting, history);
    }

    /** The same with another history. */
    public ScheduleRow remembering(History remembered) {
        return new ScheduleRow(schedule, version, state, due, live, waiting, remembered);
    }

    /** The same as it is kept: with the next version, and the numbers that the store has counted. */
    public ScheduleRow written(int live, int waiting) {
        return new ScheduleRow(schedule, version + 1, state, due, live, waiting, history);
    }

    /** The same quarantined. */
    public ScheduleRow quarantined(String because) {
        var noted = new History(history.previous(), history.outcome(), history.ended(), history.lateness(), because);
        return standing(ScheduleState.QUARANTINED, null).remembering(noted);
    }

    /** The id of the schedule. */
    public String id() {
        return schedule.id();
    }

    /** The last time of the trigger that was dealt with; null for none. */
    public @Nullable Instant previous() {
        return history.previous();
    }
}
