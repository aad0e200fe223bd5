package io.orrery.benchmarks;

import io.orrery.benchmarks.Sample.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that was measured. A figure is the median over the forks of the median within each; a ratio is made within each fork,
 * where its two sides ran in turns.
 */
final class Results {

    private final Map<Workload, Map<String, Series>> matches = new LinkedHashMap<>();
    private final Map<Workload, Map<String, Line>> weights = new LinkedHashMap<>();

    /** What one contender has done with one workload. */
    private static final class Series {
        private final Map<Integer, List<Sample>> forks = new LinkedHashMap<>();
        private Optional<String> failure = Optional.empty();
    }

    /** Gives a contender its place in the table. */
    void expect(Workload workload, String contender) {
        series(workload, contender);
    }

    void add(Workload workload, int fork, Line line) {
        switch (line) {
            case Line.Measured measured ->
                series(workload, line.contender())
                        .forks
                        .computeIfAbsent(fork, _ -> new ArrayList<>())
                        .add(measured.sample());
            case Line.Failed failed -> series(workload, line.contender()).failure = Optional.of(failed.why());
            case Line.Weighed _ -> addWeight(workload, line);
        }
    }

    /** Adds what weighing has given, a failure included. */
    void addWeight(Workload workload, Line line) {
        weights.computeIfAbsent(workload, _ -> new LinkedHashMap<>()).put(line.contender(), line);
    }

    private Series series(Workload workload, String contender) {
        return matches.computeIfAbsent(workload, _ -> new LinkedHashMap<>())
                .computeIfAbsent(contender, _ -> new Series());
    }

    private Optional<Series> known(Workload workload, String contender) {
        return Optional.ofNullable(matches.getOrDefault(workload, Map.of()).get(contender));
    }

    Set<Workload> workloads() {
        return matches.keySet();
    }

    Set<String> contenders(Workload workload) {
        return matches.getOrDefault(workload, Map.of()).keySet();
    }

    Set<Workload> weighed() {
        return weights.keySet();
    }

    Map<String, Line> weights(Workload workload) {
        return weights.getOrDefault(workload, Map.of());
    }

    Optional<String> failure(Workload workload, String contender) {
        return known(workload, contender).flatMap(series -> series.failure);
    }

    /** The number of measured rounds, in all forks together. */
    int rounds(Workload workload, String contender) {
        return known(workload, contender).stream()
                .flatMap(series -> series.forks.values().stream())
                .mapToInt(List::size)
                .sum();
    }

    /** For each job; for work that is done several times, for each time. */
    OptionalDouble each(Workload workload, String contender, Measure measure) {
        return median(medians(workload, contender, measure).values().stream().map(median -> median / units(workload)));
    }

    /** Of all rounds of all forks, the least time for each job on the wall. */
    OptionalDouble best(Workload workload, String contender) {
        return known(workload, contender).stream()
                .flatMap(series -> series.forks.values().stream())
                .flatMap(List::stream)
                .mapToDouble(sample -> sample.wall() / units(workload))
                .min();
    }

    static double units(Workload workload) {
        return workload.times() > 1 ? workload.times() : workload.jobs();
    }

    /** How often as much the first one takes as the second one. */
    OptionalDouble ratio(Workload workload, String first, String second, Measure measure) {
        Map<Integer, Double> medians = medians(workload, first, measure);
        Map<Integer, Double> others = medians(workload, second, measure);
        medians.keySet().retainAll(others.keySet());
        medians.replaceAll((fork, median) -> median / others.getOrDefault(fork, Double.NaN));
        return median(medians.values().stream());
    }

    private Map<Integer, Double> medians(Workload workload, String contender, Measure measure) {
        Map<Integer, Double> medians = new LinkedHashMap<>();
        known(workload, contender)
                .ifPresent(series -> series.forks.forEach((fork, samples) -> medians.put(
                        fork,
                        median(samples.stream().map(sample -> (double) sample.get(measure)))
                                .orElseThrow())));
        return medians;
    }

    static OptionalDouble median(Stream<Double> values) {
        double[] sorted = values.mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return switch (sorted.length) {
            case 0 -> OptionalDouble.empty();
            default ->
                OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
        };
    }
}
