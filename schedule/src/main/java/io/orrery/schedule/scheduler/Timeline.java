package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleInfo;
import java.time.Instant;
import java.util.List;

/**
 * When all schedules will fire that are not paused, if nobody changes them.
 *
 * @param generatedAt when this was found out
 * @param rows the times, in their order
 * @param total how many there would be without the limit
 * @param schedules how many schedules were looked at
 * @param exhausted how many of these have fewer times left than were asked for
 */
public record Timeline(Instant generatedAt, List<Row> rows, int total, int schedules, int exhausted) {

    /**
     * One time of one schedule.
     *
     * @param at when
     * @param schedule what fires
     */
    public record Row(Instant at, ScheduleInfo schedule) {}
}
