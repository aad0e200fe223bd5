package io.orrery.schedule.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule and its fires that have not ended.
 *
 * @param row the schedule
 * @param running the ids of fires that run
 * @param waiting the ids of fires that wait, for others to end or to be tried again
 * @param blockedOn the limit of which its fires that are due wait for a place; null if they do not
 */
public record StoredSchedule(
        ScheduleRow row,
        List<String> running,
        List<String> waiting,
        @Nullable String blockedOn) {}
