package io.orrery.schedule;

import io.orrery.job.JobOutcome;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens in a scheduler. The set is closed: 17 kinds. Immutable. */
public sealed interface ScheduleEvent {

    /** When and where it happened. */
    Origin origin();

    /** What kind it is. */
    Kind kind();

    /** The id of the schedule that it is about; empty if it is about none. */
    default Optional<String> schedule() {
        return Optional.empty();
    }

    /**
     * When and where something happened.
     *
     * @param at when, on the scheduler's clock
     * @param scheduler the name of the scheduler
     * @param node the id of this scheduler among all that ever were
     * @param alias the alias of the store or executor that it is about; empty if it is about none
     */
    record Origin(Instant at, String scheduler, String node, String alias) {}

    /** The kinds, with one bit for each. */
    enum Kind {
        SCHEDULER_STARTED,
        SCHEDULER_SHUTDOWN,
        SCHEDULER_PAUSED,
        SCHEDULER_RESUMED,
        EXECUTOR_ADDED,
        EXECUTOR_REMOVED,
        STORE_ADDED,
        STORE_REMOVED,
        ALL_TASKS_REMOVED,
        TASK_ADDED,
        TASK_REMOVED,
        TASK_MODIFIED,
        TASK_EXECUTED,
        TASK_ERROR,
        TASK_MISSED,
        TASK_SUBMITTED,
        TASK_MAX_INSTANCES;

        /** A power of two, from 1 for the first one. */
        public int code() {
            return 1 << ordinal();
        }

        /** In lower case with dots, such as {@code task.max.instances}. */
        public String dotted() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }
    }

    /** The scheduler runs. */
    record SchedulerStarted(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.SCHEDULER_STARTED;
        }
    }

    /** The scheduler has stopped. The last event. */
    record SchedulerShutdown(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.SCHEDULER_SHUTDOWN;
        }
    }

    /** Nothing new is fired. */
    record SchedulerPaused(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.SCHEDULER_PAUSED;
        }
    }

    /** Schedules are fired again. */
    record SchedulerResumed(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.SCHEDULER_RESUMED;
        }
    }

    /** There is an executor of that alias now. */
    record ExecutorAdded(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.EXECUTOR_ADDED;
        }
    }

    /** There is no executor of that alias any more. */
    record ExecutorRemoved(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.EXECUTOR_REMOVED;
        }
    }

    /** There is a store of that alias now. */
    record StoreAdded(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.STORE_ADDED;
        }
    }

    /** There is no store of that alias any more. */
    record StoreRemoved(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.STORE_REMOVED;
        }
    }

    /** All schedules of a store were removed. */
    record AllRemoved(Origin origin) implements ScheduleEvent {
        @Override
        public Kind kind() {
            return Kind.ALL_TASKS_REMOVED;
        }
    }

    /** Something about one schedule. */
    sealed interface OfSchedule extends ScheduleEvent {

        /** The id of the schedule. */
        String id();

        @Override
        default Optional<String> schedule() {
            return Optional.of(id());
        }
    }

    /** A schedule is in its store now. */
    record Added(Origin origin, String id) implements OfSchedule {
        @Override
        public Kind kind() {
            return Kind.TASK_ADDED;
        }
    }

    /** A schedule is in its store no more: somebody removed it, or it has finished. */
    record Removed(Origin origin, String id) implements OfSchedule {
        @Override
        public Kind kind() {
            return Kind.TASK_REMOVED;
        }
    }

    /**
     * A schedule was changed: its definition, whether it is paused, or it was quarantined.
     *
     * @param because what was done, in words
     */
    record Modified(Origin origin, String id, String because) implements OfSchedule {
        @Override
        public Kind kind() {
            return Kind.TASK_MODIFIED;
        }
    }

    /** Something about one attempt of one fire. */
    sealed interface OfFire extends OfSchedule {

        /** The fire. */
        Fire fire();

        @Override
        default String id() {
            return fire().schedule();
        }
    }

    /** An attempt of a fire was handed to its executor. */
    record Submitted(Origin origin, Fire fire) implements OfFire {
        @Override
        public Kind kind() {
            return Kind.TASK_SUBMITTED;
        }
    }

    /**
     * A fire has succeeded.
     *
     * @param started when its attempt began
     * @param value what it returned, null for nothing
     */
    record Executed(
            Origin origin,
            Fire fire,
            Instant started,
            @Nullable Object value) implements OfFire {
        @Override
        public Kind kind() {
            return Kind.TASK_EXECUTED;
        }
    }

    /**
     * An attempt of a fire has not succeeded: it failed, took too long, was cancelled, or its node died.
     *
     * @param started when it began
     * @param outcome how it ended
     * @param retryAt when it is tried again; null if it is not
     */
    record Failed(
            Origin origin,
            Fire fire,
            Instant started,
            JobOutcome outcome,
            @Nullable Instant retryAt) implements OfFire {
        @Override
        public Kind kind() {
            return Kind.TASK_ERROR;
        }
    }

    /** Due times are not run because they were noticed too late. */
    record Missed(Origin origin, String id, Skip skip) implements OfSchedule {
        @Override
        public Kind kind() {
            return Kind.TASK_MISSED;
        }
    }

    /** A due time is not run because too many fires of its schedule had not ended. */
    record MaxInstances(Origin origin, String id, Skip skip) implements OfSchedule {
        @Override
        public Kind kind() {
            return Kind.TASK_MAX_INSTANCES;
        }
    }

    /**
     * Hears what happens. Each listener is told on a thread of its own, one event at a time; those of one schedule come in the
     * order in which they happened, a submission before its end. A slow listener keeps nobody waiting: when too many events wait
     * for it, the newest are lost to it and counted. What it throws is logged, and it hears the next event.
     */
    @FunctionalInterface
    interface ScheduleListener {

        /** Called for each event. */
        void on(ScheduleEvent event);
    }
}
