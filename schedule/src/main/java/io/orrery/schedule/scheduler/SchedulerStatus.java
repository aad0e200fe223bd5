package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a scheduler stands.
 *
 * @param name its name
 * @param node its id among all that ever were
 * @param state what it does
 * @param since when it was started, and for how long it has run; null while it is stopped
 * @param zone where triggers count that have no zone
 * @param parts what it is made of
 */
public record SchedulerStatus(
        String name,
        String node,
        SchedulerState state,
        @Nullable Since since,
        ZoneId zone,
        Parts parts) {

    /**
     * Since when.
     *
     * @param startedAt when it was started
     * @param uptime how long ago that was
     */
    public record Since(Instant startedAt, Duration uptime) {}

    /**
     * What it is made of.
     *
     * @param executors the aliases of its executors, sorted
     * @param stores the aliases of its stores, sorted
     * @param schedules how many schedules there are in each state
     * @param submitted how many schedules have fires that run or wait
     * @param running what runs in this process
     * @param times how it deals with its stores: the keys {@code store_retry_interval}, {@code lease}, {@code startup_delay}
     */
    public record Parts(
            List<String> executors,
            List<String> stores,
            Map<ScheduleState, Integer> schedules,
            int submitted,
            List<String> running,
            Map<String, Duration> times) {}

    /** Whether it is not stopped. */
    public boolean isRunning() {
        return state != SchedulerState.STOPPED;
    }

    /** When it was started; empty while it is stopped. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(since).map(Since::startedAt);
    }

    /** How many schedules there are. */
    public int count() {
        return parts.schedules.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many schedules there are in a state. */
    public int count(ScheduleState which) {
        return parts.schedules.getOrDefault(which, 0);
    }

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
}
