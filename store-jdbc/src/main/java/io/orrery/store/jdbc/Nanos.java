package io.orrery.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as the tables have them: nanoseconds since 1970. What is out of range, in 2262, is at its end (spec GT54). */
final class Nanos {

    static final long NEVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofNanos(NEVER);
    private static final long SECOND = 1_000_000_000;
    private static final long LAST_SECOND = Long.MAX_VALUE / SECOND - 1;

    private Nanos() {}

    static long of(Instant moment) {
        long seconds = moment.getEpochSecond();
        if (seconds > LAST_SECOND) {
            return NEVER;
        }
        return seconds < -LAST_SECOND ? -NEVER : seconds * SECOND + moment.getNano();
    }

    static @Nullable Long orNull(@Nullable Instant moment) {
        return moment == null ? null : (Long) of(moment);
    }

    static @Nullable Long orNull(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        return duration.abs().compareTo(LONGEST) > 0 ? (Long) NEVER : (Long) duration.toNanos();
    }

    static Instant instant(long nanos) {
        return nanos == NEVER
                ? Instant.MAX
                : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }

    static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : instant(nanos.longValue());
    }

    static @Nullable Duration duration(@Nullable Long nanos) {
        return nanos == null ? null : Duration.ofNanos(nanos);
    }
}
