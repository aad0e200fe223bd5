package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a store may know of the scheduler that uses it.
 *
 * @param node the id of this scheduler among all that ever used the store
 * @param alias what this scheduler calls the store
 * @param time its clock
 * @param lease how long a lease lasts
 * @param runs whether this node knows a job by that name, and so may be handed its schedules
 * @param wake to be run when something may have become due earlier than {@link ScheduleStore#nextLook} said; never blocks
 */
public record StoreSite(
        String node, String alias, TimeSource time, Duration lease, Predicate<String> runs, Runnable wake) {

    /** Whether this node can run a schedule: one that runs a job by name needs the job to be known here. */
    public boolean runs(Schedule schedule) {
        return !(schedule.work() instanceof Work.Named named) || runs.test(named.job());
    }
}
