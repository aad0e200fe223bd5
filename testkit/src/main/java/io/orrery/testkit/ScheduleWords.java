package io.orrery.testkit;

import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.Added;
import io.orrery.schedule.ScheduleEvent.AllRemoved;
import io.orrery.schedule.ScheduleEvent.Executed;
import io.orrery.schedule.ScheduleEvent.ExecutorAdded;
import io.orrery.schedule.ScheduleEvent.ExecutorRemoved;
import io.orrery.schedule.ScheduleEvent.Failed;
import io.orrery.schedule.ScheduleEvent.MaxInstances;
import io.orrery.schedule.ScheduleEvent.Missed;
import io.orrery.schedule.ScheduleEvent.Modified;
import io.orrery.schedule.ScheduleEvent.Removed;
import io.orrery.schedule.ScheduleEvent.SchedulerPaused;
import io.orrery.schedule.ScheduleEvent.SchedulerResumed;
import io.orrery.schedule.ScheduleEvent.SchedulerShutdown;
import io.orrery.schedule.ScheduleEvent.SchedulerStarted;
import io.orrery.schedule.ScheduleEvent.StoreAdded;
import io.orrery.schedule.ScheduleEvent.StoreRemoved;
import io.orrery.schedule.ScheduleEvent.Submitted;
import io.orrery.schedule.Skip;

/** What happened in a scheduler as a line of a trail: to which schedule, and what. */
final class ScheduleWords {

    private ScheduleWords() {}

    static String of(ScheduleEvent event) {
        String alias = " " + event.origin().alias();
        return switch (event) {
            case SchedulerStarted _ -> "scheduler started";
            case SchedulerShutdown _ -> "scheduler shut down";
            case SchedulerPaused _ -> "scheduler paused";
            case SchedulerResumed _ -> "scheduler resumed";
            case ExecutorAdded _ -> "executor" + alias + " added";
            case ExecutorRemoved _ -> "executor" + alias + " removed";
            case StoreAdded _ -> "store" + alias + " added";
            case StoreRemoved _ -> "store" + alias + " removed";
            case AllRemoved _ -> "store" + alias + " emptied";
            case Added added -> added.id() + " added";
            case Removed removed -> removed.id() + " removed";
            case Modified modified -> modified.id() + " modified: " + modified.because();
            case Submitted submitted -> submitted.id() + " submitted" + which(submitted);
            case Executed executed ->
                executed.id() + " executed" + (executed.value() == null ? "" : ": " + executed.value());
            case Failed failed ->
                failed.id() + " " + failed.outcome().state().word()
                        + (failed.retryAt() == null ? "" : ", again at " + failed.retryAt());
            case Missed missed -> missed.id() + " missed " + times(missed.skip());
            case MaxInstances skipped -> skipped.id() + " skipped " + times(skipped.skip());
        };
    }

    private static String which(Submitted submitted) {
        Fire fire = submitted.fire();
        String due = fire.at().equals(submitted.origin().at()) ? "" : " for " + fire.at();
        return (fire.manual() ? " by hand" : due)
                + (fire.coalesced() == 0 ? "" : ", standing for " + fire.coalesced() + " more")
                + (fire.attempt() == 1 ? "" : ", attempt " + fire.attempt());
    }

    private static String times(Skip skip) {
        String when = skip.count() == 1
                ? skip.last().toString()
                : skip.count() + " from " + skip.first() + " to " + skip.last();
        return when + ": "
                + switch (skip.reason()) {
                    case TOO_LATE -> "too late";
                    case OVERLAP -> "too many of its fires run";
                    case CATCH_UP_LIMIT -> "too many were due";
                };
    }
}
