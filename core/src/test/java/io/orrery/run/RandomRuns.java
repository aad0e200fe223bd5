package io.orrery.run;

import io.orrery.job.Threads;
import io.orrery.model.Case;
import io.orrery.model.CaseGenerator;
import io.orrery.model.Choices;
import io.orrery.model.Model;
import io.orrery.model.Shrinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs random cases with the engine, and compares what became of them with what the model predicts. */
final class RandomRuns {
    /** What the exit code of {@link #main} says: a difference was found. */
    static final int DIFFERS = 3;

    private RandomRuns() {}

    /** Exits with {@link #DIFFERS} when a seed from 1 to the given one makes a difference, having printed that seed. */
    public static void main(String... arguments) throws InterruptedException {
        var seed = firstDifference(1, Integer.parseInt(arguments[0]));
        seed.ifPresent(System.out::println);
        System.exit(seed.isPresent() ? DIFFERS : 0);
    }

    /** The first seed with which the engine does something else than the model predicts. */
    static Optional<Long> firstDifference(long from, int count) throws InterruptedException {
        for (long seed = from; seed < from + count; seed++) {
            if (!differences(make(Choices.random(seed))).isEmpty()) {
                return Optional.of(seed);
            }
        }
        return Optional.empty();
    }

    /** The smallest case found that differs as that of the seed does, and how. */
    static String explain(long seed) throws InterruptedException {
        var choices = Choices.random(seed);
        make(choices);
        Case smallest = make(Choices.again(Shrinker.shrink(choices.taken(), RandomRuns::differs)));
        return smallest + "\n" + String.join("\n", differences(smallest));
    }

    private static Case make(Choices choices) {
        return CaseGenerator.make(choices);
    }

    private static boolean differs(List<Integer> choices) {
        try {
            return !differences(make(Choices.again(choices))).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> differences(Case one) throws InterruptedException {
        List<String> predicted = Model.predict(one);
        var differences = new ArrayList<String>();
        for (Threads threads : Threads.values()) {
            List<String> happened = EngineRun.trailOf(one, threads);
            predicted.stream().filter(line -> !happened.contains(line)).forEach(line -> differences.add("- " + line));
            happened.stream().filter(line -> !predicted.contains(line)).forEach(line -> differences.add("+ " + line));
            if (differences.isEmpty() && !predicted.equals(happened)) {
                differences.add("something was done more than once: " + happened);
            }
            if (!differences.isEmpty()) {
                differences.addFirst("with " + threads + " threads:");
                break;
            }
        }
        return differences;
    }
}
