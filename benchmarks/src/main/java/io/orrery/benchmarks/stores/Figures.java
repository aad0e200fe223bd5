package io.orrery.benchmarks.stores;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * All that was measured. A figure is the median over the forks of the median within each; a quotient is made within each fork,
 * where its two sides were measured in turns.
 */
final class Figures {

    private record Key(String contestant, Measure measure) {}

    private final Map<Key, Map<Integer, List<Double>>> all = new LinkedHashMap<>();

    void add(int fork, Figure figure) {
        all.computeIfAbsent(new Key(figure.contestant(), figure.measure()), _ -> new LinkedHashMap<>())
                .computeIfAbsent(fork, _ -> new ArrayList<>())
                .add(figure.value());
    }

    OptionalDouble median(String contestant, Measure measure) {
        return median(medians(contestant, measure).values().stream().mapToDouble(Double::doubleValue));
    }

    /** The largest and the smallest of all rounds, the best one first. */
    List<Double> extremes(String contestant, Measure measure) {
        List<Double> sorted = rounds(contestant, measure).values().stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return List.of();
        }
        boolean small = measure.isTime() || measure == Measure.WRITES;
        return small ? List.of(sorted.getFirst(), sorted.getLast()) : List.of(sorted.getLast(), sorted.getFirst());
    }

    /** How many rounds were measured, in all forks together. */
    int count(String contestant, Measure measure) {
        return rounds(contestant, measure).values().stream()
                .mapToInt(List::size)
                .sum();
    }

    /** How many times the second one the first one is. */
    OptionalDouble quotient(String first, Measure what, String second, Measure ofWhat) {
        Map<Integer, Double> divisors = medians(second, ofWhat);
        return median(medians(first, what).entrySet().stream()
                .filter(entry -> divisors.containsKey(entry.getKey()))
                .mapToDouble(entry -> entry.getValue() / divisors.getOrDefault(entry.getKey(), Double.NaN)));
    }

    private Map<Integer, List<Double>> rounds(String contestant, Measure measure) {
        return all.getOrDefault(new Key(contestant, measure), Map.of());
    }

    private Map<Integer, Double> medians(String contestant, Measure measure) {
        Map<Integer, Double> medians = new LinkedHashMap<>();
        rounds(contestant, measure)
                .forEach((fork, values) -> medians.put(
                        fork,
                        median(values.stream().mapToDouble(Double::doubleValue)).orElseThrow()));
        return medians;
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
