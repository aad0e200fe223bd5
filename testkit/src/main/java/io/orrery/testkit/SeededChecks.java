package io.orrery.testkit;

import java.util.stream.LongStream;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Runs checks with one seed after the other. */
final class SeededChecks {

    /** System property: the only seed to try. */
    static final String SEED = "orrery.seed";

    private SeededChecks() {}

    static LongStream wanted(int number) {
        Long only = Long.getLong(SEED);
        return only == null ? LongStream.rangeClosed(1, number) : LongStream.of(only);
    }

    static void run(long seed, ThrowingConsumer<Seeds> check) {
        try {
            check.accept(Seeds.of(seed));
        } catch (Throwable e) {
            throw new AssertionError(
                    "The check fails with seed " + seed + " (-D" + SEED + "=" + seed + " repeats it): " + e, e);
        }
    }
}
