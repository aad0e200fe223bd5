package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a store may know of the scheduler that uses it.
 *
 * @param self which of those that share the store this is
 * @param alias what this scheduler calls the store
 * @param time its clock
 * @param zone where triggers count that have no zone
 * @param runs whether this node knows a job by that name, and so may be handed its schedules
 * @param wake to be run when something may have become due earlier than {@link ScheduleStore#nextLook} said; never blocks
 */
public record StoreSite(Node self, String alias, TimeSource time, ZoneId zone, Predicate<String> runs, Runnable wake) {

    /**
     * One of those that share a store.
     *
     * @param id its id among all that ever used the store
     * @param lease how long its leases last
     * @param queues the queues that it serves; empty for all
     */
    public record Node(String id, Duration lease, Set<String> queues) {}

    /** One that serves all queues, in UTC. */
    public StoreSite(
            String node, String alias, TimeSource time, Duration lease, Predicate<String> runs, Runnable wake) {
        this(new Node(node, lease, Set.of()), alias, time, ZoneOffset.UTC, runs, wake);
    }

    /** The id of this scheduler among all that ever used the store. */
    public String node() {
        return self.id;
    }

    /** How long a lease lasts. */
    public Duration lease() {
        return self.lease;
    }

    /** Whether this node runs a schedule: one that runs a job by name needs the job to be known here, and its queue served. */
    public boolean runs(Schedule schedule) {
        return serves(schedule) && (!(schedule.work() instanceof Work.Named named) || runs.test(named.job()));
    }

    /** Whether this node serves the queue of a schedule. */
    public boolean serves(Schedule schedule) {
        return self.queues.isEmpty() || self.queues.contains(schedule.queue());
    }
}
