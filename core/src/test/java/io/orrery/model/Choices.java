package io.orrery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers that are written down, so that a case can be made again from its list of numbers, and made simpler by
 * making that list shorter and its numbers smaller. For every choice 0 stands for what is simplest.
 */
public final class Choices {
    private final List<Integer> given;
    private final SplittableRandom random;
    private final List<Integer> taken = new ArrayList<>();

    private Choices(List<Integer> given, SplittableRandom random) {
        this.given = given;
        this.random = random;
    }

    /** Fresh choices; the same ones for the same seed. */
    public static Choices random(long seed) {
        return new Choices(List.of(), new SplittableRandom(seed));
    }

    /** Choices made before; after the last one, always the simplest. */
    public static Choices again(List<Integer> given) {
        return new Choices(List.copyOf(given), null);
    }

    /** What was chosen so far. */
    public List<Integer> taken() {
        return taken;
    }

    /** A number from 0 to {@code bound - 1}. */
    int below(int bound) {
        int choice;
        if (taken.size() < given.size()) {
            choice = Math.min(given.get(taken.size()), bound - 1);
        } else {
            choice = random == null ? 0 : random.nextInt(bound);
        }
        taken.add(choice);
        return choice;
    }

    /** True in {@code percent} of 100 cases. */
    boolean chance(int percent) {
        return below(100) >= 100 - percent;
    }

    <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }
}
