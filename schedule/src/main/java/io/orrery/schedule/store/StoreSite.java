package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a store may know of the scheduler that uses it.
 *
 * @param self which of those that share the store this is
 * @param alias what this scheduler calls the store
 * @param time its clock
 * @param zone where triggers count that have no zone
 * @param user what it may ask of it
 */
public record StoreSite(Node self, String alias, TimeSource time, ZoneId zone, User user) {

    /**
     * One of those that share a store.
     *
     * @param id its id among all that ever used the store
     * @param lease how long its leases last
     * @param queues the queues that it serves; empty for all
     */
    public record Node(String id, Duration lease, Set<String> queues) {}

    /**
     * What may be asked of the scheduler, by any thread.
     *
     * @param runs whether this node knows a job by that name, and so may be handed its schedules
     * @param wake to be run when something may have become due earlier than {@link ScheduleStore#nextLook} said; never blocks
     * @param kept the leases that {@link ScheduleStore#close()} does not give back: what ran under them has ended, and that could not
     *     be written, or it runs still
     */
    public record User(Predicate<String> runs, Runnable wake, Supplier<List<Lease>> kept) {

        /** Which fires are not to be given back, as it is now. Not to be asked for while something is locked that ends need. */
        public Predicate<Held> keeping() {
            List<Lease> leases = kept.get();
            return fire -> leases.stream()
                    .anyMatch(lease ->
                            lease.token() == fire.token() && lease.fire().equals(fire.fire()));
        }
    }

    /** One that gives all leases back when it closes. */
    public StoreSite(Node self, String alias, TimeSource time, ZoneId zone, Predicate<String> runs, Runnable wake) {
        this(self, alias, time, zone, new User(runs, wake, List::of));
    }

    /** One that serves all queues, in UTC. */
    public StoreSite(
            String node, String alias, TimeSource time, Duration lease, Predicate<String> runs, Runnable wake) {
        this(new Node(node, lease, Set.of()), alias, time, ZoneOffset.UTC, runs, wake);
    }

    /** The id of this scheduler among all that ever used the store. */
    public String node() {
        return self.id;
    }

    /** Whether this node knows a job by that name, and so may be handed its schedules. */
    public Predicate<String> runs() {
        return user.runs;
    }

    /** To be run when something may have become due earlier than {@link ScheduleStore#nextLook} said; never blocks. */
    public Runnable wake() {
        return user.wake;
    }

    /** How long a lease lasts. */
    public Duration lease() {
        return self.lease;
    }

    /** Whether this node runs a schedule: one that runs a job by name needs the job to be known here, and its queue served. */
    public boolean runs(Schedule schedule) {
        return serves(schedule) && (!(schedule.work() instanceof Work.Named named) || user.runs.test(named.job()));
    }

    /** Whether this node serves the queue of a schedule. */
    public boolean serves(Schedule schedule) {
        return self.queues.isEmpty() || self.queues.contains(schedule.queue());
    }
}
