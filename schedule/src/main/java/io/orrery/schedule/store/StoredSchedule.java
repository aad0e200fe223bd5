package io.orrery.schedule.store;

import java.util.List;

/**
 * A schedule and its fires that have not ended.
 *
 * @param row the schedule
 * @param running the ids of fires that run
 * @param waiting the ids of fires that wait, for others to end or to be tried again
 */
public record StoredSchedule(ScheduleRow row, List<String> running, List<String> waiting) {}
