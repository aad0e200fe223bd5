package io.orrery.report;

import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Tells how much time has passed since it was started, by a clock that never goes back. Safe for use by any thread.
 */
public final class Watch {

    private static final DateTimeFormatter WALL_CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final TimeSource time;
    private volatile long start; // written by reset

    private Watch(TimeSource time) {
        this.time = time;
        this.start = time.nanos();
    }

    /** A watch that starts now, in real time. */
    public static Watch start() {
        return start(TimeSource.system());
    }

    /** A watch that starts now, on that clock. */
    public static Watch start(TimeSource time) {
        return new Watch(time);
    }

    /** Starts again from zero. */
    public void reset() {
        start = time.nanos();
    }

    /** The time that has passed. */
    public Duration elapsed() {
        return Duration.ofNanos(time.nanos() - start);
    }

    /** The time that has passed, in seconds. */
    public double seconds() {
        return elapsed().toNanos() / 1e9;
    }

    /** The time that has passed, in seconds and milliseconds: {@code 012.345}, with more digits after 999.999. */
    public String text() {
        return text(elapsed());
    }

    static String text(Duration elapsed) {
        return String.format(Locale.ROOT, "%03d.%03d", elapsed.toSeconds(), elapsed.toMillisPart());
    }

    /** A line for a log: the time that has passed, two blanks and the message. */
    public String line(String message) {
        return text() + "  " + message;
    }

    /** What a clock on a wall in that zone shows now: {@code 16:20:01.042}. */
    public String wallClock(ZoneId zone) {
        return WALL_CLOCK.format(time.instant().atZone(zone));
    }
}
