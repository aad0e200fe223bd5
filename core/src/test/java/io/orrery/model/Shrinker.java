package io.orrery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks for a smaller case that fails as well. */
public final class Shrinker {
    private static final int MOST_TRIES = 3_000;

    private final Predicate<List<Integer>> fails;
    private List<Integer> smallest;
    private int tries;

    private Shrinker(List<Integer> choices, Predicate<List<Integer>> fails) {
        this.smallest = choices;
        this.fails = fails;
    }

    /** The smallest list of choices found for which {@code fails} holds, as it does for {@code choices}. */
    public static List<Integer> shrink(List<Integer> choices, Predicate<List<Integer>> fails) {
        return new Shrinker(choices, fails).shrunk();
    }

    private List<Integer> shrunk() {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int length = Math.min(64, smallest.size()); length > 0; length /= 2) {
                progress |= dropBlocks(length);
            }
            progress |= lowerNumbers();
        }
        return smallest;
    }

    private boolean dropBlocks(int length) {
        boolean progress = false;
        for (int from = smallest.size() - length; from >= 0; from--) {
            var shorter = new ArrayList<>(smallest);
            shorter.subList(from, from + length).clear();
            if (tryOut(shorter)) {
                progress = true;
                from = Math.min(from, smallest.size() - length + 1);
            }
        }
        return progress;
    }

    private boolean lowerNumbers() {
        boolean progress = false;
        for (int i = 0; i < smallest.size(); i++) {
            for (int lower : new int[] {0, smallest.get(i) / 2, smallest.get(i) - 1}) {
                if (lower >= 0 && lower < smallest.get(i)) {
                    var simpler = new ArrayList<>(smallest);
                    simpler.set(i, lower);
                    progress |= tryOut(simpler);
                }
            }
        }
        return progress;
    }

    private boolean tryOut(List<Integer> candidate) {
        if (tries++ >= MOST_TRIES || !fails.test(candidate)) {
            return false;
        }
        smallest = candidate;
        return true;
    }
}
