package io.orrery.outcome;

import io.orrery.job.State;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many jobs of a run are in which state, those of nested runs not counted. Immutable.
 *
 * @param counts the states that occur, and how often
 */
public record Stats(Map<State, Integer> counts) {

    /** Copies the map. */
    public Stats {
        counts = counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    static Stats of(RunReport report) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (JobReport job : report.jobs()) {
            counts.merge(job.state(), 1, Integer::sum);
        }
        return new Stats(counts);
    }

    /** How many are in that state. */
    public int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /** How many there are. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        String parts = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "no jobs" : parts + " of " + total();
    }
}
