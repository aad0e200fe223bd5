package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.executor.UnreadablePayloadException;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoredSchedule;
import java.util.Optional;

/** Keeps schedules whose payloads nobody here can read: the fire waits, and is run when the schedule is resumed. */
final class Quarantine {

    private Quarantine() {}

    /** Whether an attempt has ended so for that reason. */
    static boolean isNeeded(JobOutcome outcome) {
        return outcome instanceof JobOutcome.Failed(Throwable cause) && cause instanceof UnreadablePayloadException;
    }

    /** Quarantines the schedule of an attempt that has ended so, unless it is quarantined, or gone; said before the end of the attempt is written. */
    static void ifNeeded(Engine engine, StoreDesk desk, Attempt attempt, JobOutcome outcome) {
        if (!isNeeded(outcome)
                || desk.isLeftAlone(engine.time().instant())) { // then it is tried again, and found again
            return;
        }
        String id = attempt.lease().schedule().id();
        String because = News.words(outcome).replaceFirst("^: ", "");
        try {
            Optional<StoredSchedule> stored = desk.store.find(id);
            while (stored.isPresent() && stored.get().row().state() != ScheduleState.QUARANTINED) {
                ScheduleRow row = stored.get().row().quarantined(because);
                if (desk.store.write(Step.write(row)) != null) {
                    engine.news.quarantined(desk.alias, id, because);
                    return;
                }
                stored = desk.store.find(id);
            }
        } catch (Throwable e) { // the attempt has to end
            engine.failed(desk, e);
        }
    }
}
