package io.orrery.plan;

import io.orrery.job.Threads;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a workflow as a whole. Immutable.
 *
 * @param window how many of its jobs may run at once, 0 for any number
 * @param timeout how long a run may take, null for no limit
 * @param shutdownTimeout how long the shutdown of all its jobs together may take
 * @param cancelGrace how long a job that was told to stop may take to do so
 * @param threads which threads its jobs run in
 * @param keepGoing whether what does not require a critical job that has failed still runs
 */
public record Settings(
        int window,
        @Nullable Duration timeout,
        Duration shutdownTimeout,
        Duration cancelGrace,
        Threads threads,
        boolean keepGoing) {

    /** No window, no timeout, 1 s for the shutdown, 10 s of grace, fresh threads, and a critical failure stops all. */
    public static final Settings DEFAULT =
            new Settings(0, null, Duration.ofSeconds(1), Duration.ofSeconds(10), Threads.FRESH, false);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the window is negative, or a duration is zero or negative
     */
    public Settings {
        if (window < 0) {
            throw new IllegalArgumentException(
                    "A window must not be negative, but is " + window + ". Use 0 for no limit.");
        }
        positive("timeout", timeout);
        positive("shutdown timeout", shutdownTimeout);
        positive("grace period", cancelGrace);
    }

    /** A copy with this window. */
    public Settings withWindow(int window) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    /** A copy with this timeout. */
    public Settings withTimeout(@Nullable Duration timeout) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    /** A copy with this shutdown timeout. */
    public Settings withShutdownTimeout(Duration shutdownTimeout) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    /** A copy with this grace period. */
    public Settings withCancelGrace(Duration cancelGrace) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    /** A copy with these threads. */
    public Settings withThreads(Threads threads) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    /** A copy that keeps going or not. */
    public Settings withKeepGoing(boolean keepGoing) {
        return new Settings(window, timeout, shutdownTimeout, cancelGrace, threads, keepGoing);
    }

    static void positive(String what, @Nullable Duration duration) {
        if (duration != null && !duration.isPositive()) {
            throw new IllegalArgumentException(
                    "The " + what + " must be positive, but is " + duration + ". Leave it out for the default.");
        }
    }
}
