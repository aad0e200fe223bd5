package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many places of limits are taken by fires that run: numbers that are kept, not rows that are counted. A store has those of
 * all limits that it may be asked about. Not safe for use by several threads.
 */
public final class Places {

    private final Map<String, Integer> taken = new HashMap<>();

    /** Where nothing is taken. */
    public Places() {}

    /** How many places of a limit are taken. */
    public int taken(String limit) {
        return taken.getOrDefault(limit, 0);
    }

    /** Sets how many places of a limit are taken. */
    public void set(String limit, int number) {
        taken.put(limit, number);
    }

    /** The first limit of a schedule that has no place left; null if a fire may run. */
    public @Nullable String missing(Schedule schedule) {
        if (!schedule.isLimited()) {
            return null;
        }
        for (Map.Entry<String, Integer> limit : schedule.places().entrySet()) {
            if (taken(limit.getKey()) >= limit.getValue()) {
                return limit.getKey();
            }
        }
        return null;
    }

    /** So many fires of a schedule more run, or less. */
    public void add(Schedule schedule, int fires) {
        if (fires != 0 && schedule.isLimited()) {
            schedule.places().keySet().forEach(limit -> taken.merge(limit, fires, Places::sum));
        }
    }

    private static @Nullable Integer sum(int one, int other) {
        int sum = one + other;
        return sum == 0 ? null : (Integer) sum;
    }

    /** The numbers as they are, but for those that are zero. */
    public Map<String, Integer> all() {
        return new TreeMap<>(taken);
    }
}
