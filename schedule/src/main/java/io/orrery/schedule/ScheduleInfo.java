package io.orrery.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule stood at one moment. Immutable.
 *
 * @param definition what it says
 * @param state how it stands
 * @param next when it fires next; null if that is not known, or never
 * @param running the ids of its fires that are being run, in any process
 * @param waiting the ids of its fires that wait, for others to end or to be tried again
 * @param history what has become of its fires
 */
public record ScheduleInfo(
        Schedule definition,
        ScheduleState state,
        @Nullable Instant next,
        List<String> running,
        List<String> waiting,
        History history) {

    /**
     * What has become of the fires of a schedule, in short.
     *
     * @param previous the last time of its trigger that was dealt with; null for none
     * @param outcome the word for how its last fire ended; empty if none has
     * @param ended when that was; null if none has
     * @param lateness how late that fire was handed to its executor; null if none has ended
     * @param note why it is quarantined, or how its last fire failed; empty if there is nothing to say
     */
    public record History(
            @Nullable Instant previous,
            String outcome,
            @Nullable Instant ended,
            @Nullable Duration lateness,
            String note) {

        /** Nothing has happened. */
        public static final History NONE = new History(null, "", null, null, "");

        /** The same after that time of the trigger. */
        public History after(@Nullable Instant time) {
            return Objects.equals(time, previous) ? this : new History(time, outcome, ended, lateness, note);
        }
    }

    /** Its id. */
    public String id() {
        return definition.id();
    }

    /** Its name. */
    public String name() {
        return definition.name();
    }

    /** When it fires next; empty if that is not known, or never. */
    public Optional<Instant> nextFire() {
        return Optional.ofNullable(next);
    }

    /** Whether it is paused. */
    public boolean isPaused() {
        return state == ScheduleState.PAUSED;
    }

    /** Whether it is not in its store yet. */
    public boolean isPending() {
        return state == ScheduleState.PENDING;
    }

    /** Whether one of its fires is being run or waits. */
    public boolean isSubmitted() {
        return !running.isEmpty() || !waiting.isEmpty();
    }

    /** Its name, its trigger, and when it fires next. */
    @Override
    public String toString() {
        String when = next == null || state != ScheduleState.SCHEDULED ? state.word() : "next run at: " + next;
        return name() + " (trigger: " + definition.trigger().describe() + ", " + when + ")";
    }
}
