package io.orrery.schedule.trigger;

import java.time.Duration;
import java.time.Instant;

/** The arithmetic of jitter: which delay a fire gets. */
public final class Jitter {

    private static final double UNIT = 0x1.0p-53;

    private Jitter() {}

    /**
     * A fire, delayed.
     *
     * @param base when it would fire without jitter
     * @param upTo the longest delay
     * @param fraction how much of it, from 0 to 1
     */
    public static Instant delayed(Instant base, Duration upTo, double fraction) {
        return base.plusNanos((long) (upTo.toNanos() * fraction));
    }

    /** A number from 0 (inclusive) to 1 (exclusive) that looks random, but is always the same for a seed and a fire. */
    static double fraction(long seed, Instant base) {
        long mixed = mix(mix(seed) ^ mix(base.getEpochSecond() * 1_000_003 + base.getNano()));
        return (mixed >>> 11) * UNIT;
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
