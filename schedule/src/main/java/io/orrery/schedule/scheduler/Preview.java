package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * When a schedule will fire, if nobody changes it. Nothing is changed by looking.
 *
 * @param schedule how it stands
 * @param zone the zone in which its trigger counts
 * @param generatedAt when this was found out
 * @param requested how many times were asked for
 * @param times the times; of one that is paused, those that there would be if it were resumed now
 * @param exhausted whether there are no more
 */
public record Preview(
        ScheduleInfo schedule,
        ZoneId zone,
        Instant generatedAt,
        int requested,
        List<Instant> times,
        boolean exhausted) {}
