package io.orrery.cli.progress;

import java.time.Duration;

/** Durations as people read them at a glance. */
public final class Elapsed {

    private Elapsed() {}

    /** To the second: {@code 0:04}, {@code 12:31}, {@code 1:02:09}. */
    public static String clock(Duration time) {
        long hours = time.toHours();
        String minutes = (hours > 0 ? "%d:%02d" : "%2$d").formatted(hours, time.toMinutesPart());
        return minutes + ":%02d".formatted(time.toSecondsPart());
    }

    /** Tenths of seconds below a minute, else to the second: {@code 0.4s}, {@code 12:31}. */
    public static String brief(Duration time) {
        return time.toMinutes() > 0 ? clock(time) : "%d.%ds".formatted(time.toSeconds(), time.toMillisPart() / 100);
    }

    /** Seconds and milliseconds, for the beginning of lines: {@code 012.345}. */
    static String stamp(Duration time) {
        return "%03d.%03d".formatted(time.toSeconds(), time.toMillisPart());
    }
}
