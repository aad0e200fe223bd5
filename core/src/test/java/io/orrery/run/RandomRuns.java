package io.orrery.run;

import io.orrery.job.Threads;
import io.orrery.model.Calm;
import io.orrery.model.Case;
import io.orrery.model.CaseGenerator;
import io.orrery.model.Choices;
import io.orrery.model.Model;
import io.orrery.model.Shrinker;
import io.orrery.model.Trail;
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

    /** The case of a seed, without all that makes its outcome a matter of time. */
    static Case calm(long seed) {
        return Calm.of(make(Choices.random(seed)));
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

    /** How the engine does something else than the model predicts, on manual time. */
    private static List<String> differences(Case one) throws InterruptedException {
        if (!Model.isCertain(one)) {
            return List.of();
        }
        List<String> predicted = Model.predict(one);
        var differences = new ArrayList<String>();
        for (Threads threads : Threads.values()) {
            differences.addAll(differences(predicted, EngineRun.trailOf(one, threads), threads));
        }
        return differences;
    }

    /** The same on real threads, of which only that is compared which does not depend on time. */
    static List<String> differencesOnRealThreads(Case calm) throws InterruptedException {
        List<String> predicted = Trail.timeless(Model.predict(calm));
        var differences = new ArrayList<String>();
        for (Threads threads : Threads.values()) {
            List<String> happened = Trail.timeless(EngineRun.trailInRealTime(calm, threads));
            differences.addAll(differences(predicted, happened, threads));
        }
        return differences;
    }

    private static List<String> differences(List<String> predicted, List<String> happened, Threads threads) {
        if (predicted.equals(happened)) {
            return List.of();
        }
        var differences = new ArrayList<String>();
        differences.add("with " + threads + " threads:");
        predicted.stream().filter(line -> !happened.contains(line)).forEach(line -> differences.add("- " + line));
        happened.stream().filter(line -> !predicted.contains(line)).forEach(line -> differences.add("+ " + line));
        if (differences.size() == 1) {
            differences.add("something was done more than once: " + happened);
        }
        return differences;
    }
}
