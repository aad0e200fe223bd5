package io.orrery.schedule.scheduler;

import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.executor.JobCatalog;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;

/**
 * What stays the same for the life of a scheduler.
 *
 * @param name its name
 * @param node its id among all that ever were
 * @param time its clock
 * @param zone where triggers count that have no zone
 * @param defaults for what a schedule's policy leaves open
 * @param limits how it deals with its stores
 * @param jobs code by name
 * @param codec writes payloads for stores that are not local
 */
record Setup(
        String name,
        String node,
        TimeSource time,
        ZoneId zone,
        SchedulePolicy defaults,
        Limits limits,
        JobCatalog jobs,
        PayloadCodec codec) {

    /**
     * How it deals with its stores.
     *
     * @param retry when a store that failed is asked again
     * @param lease how long a node may be silent before others take over
     * @param startupDelay how long after its start what was due before is held back, so that sibling processes can start
     * @param queues the queues that it serves; empty for all
     */
    record Limits(Duration retry, Duration lease, Duration startupDelay, Set<String> queues) {}
}
