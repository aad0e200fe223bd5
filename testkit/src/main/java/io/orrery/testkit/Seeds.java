package io.orrery.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Chance that can be repeated: the same seed gives the same values, on every machine. For use by one thread at a time.
 *
 * {@snippet :
 * Seeds.check(1_000, seeds -> {
 *     int window = seeds.between(1, 8);
 *     RunAssert.assertThat(workflow(window, seeds).run(options)).ranAtMostAtOnce(window);
 * });
 * }
 *
 * <p>A check that fails names its seed; the system property {@code orrery.seed} repeats that one alone.
 */
public final class Seeds {

    private final long seed;
    private final Random random;

    private Seeds(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Chance with that seed. */
    public static Seeds of(long seed) {
        return new Seeds(seed);
    }

    /**
     * Does a check with the seeds 1 to {@code number}, or with the one that the system property {@code orrery.seed} names.
     *
     * @throws AssertionError if one fails: the message has the seed, the cause is what the check threw
     */
    public static void check(int number, ThrowingConsumer<Seeds> check) {
        SeededChecks.wanted(number).forEach(seed -> SeededChecks.run(seed, check));
    }

    /** The seed that all values come from. */
    public long seed() {
        return seed;
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, Math.addExact(most, 1));
    }

    /** A time from {@code least} to {@code most}, both included, in whole milliseconds. */
    public Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), Math.addExact(most.toMillis(), 1)));
    }

    /** True in {@code part} of all cases, which is between 0 and 1. */
    public boolean chance(double part) {
        return random.nextDouble() < part;
    }

    /**
     * One of {@code choices}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Each of {@code choices} with the same chance, {@code part} of them on average, in their order. */
    public <T> List<T> some(List<T> choices, double part) {
        return choices.stream().filter(choice -> chance(part)).toList();
    }

    /** The same elements in another order. */
    public <T> List<T> shuffled(List<T> elements) {
        var copy = new ArrayList<>(elements);
        Collections.shuffle(copy, random);
        return List.copyOf(copy);
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
