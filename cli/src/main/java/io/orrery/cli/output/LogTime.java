package io.orrery.cli.output;

import java.time.Instant;

/** Times of the day in UTC, to the millisecond: {@code 02:30:00.125}. Most lines come right after another. For one thread at a time. */
final class LogTime {

    private static final long MILLIS_A_DAY = 86_400_000;

    private long last = -1;
    private String text = "";

    /** The text. */
    String of(Instant moment) {
        long millis = Math.floorMod(moment.toEpochMilli(), MILLIS_A_DAY);
        if (millis != last) {
            last = millis;
            text = "%02d:%02d:%02d.%03d"
                    .formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000);
        }
        return text;
    }
}
