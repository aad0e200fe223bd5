package io.orrery.store.jdbc;

import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;

/**
 * When to look into the database next: when something is due as far as is known, or when it is time to see what others have
 * put there. That pause doubles as long as nothing is found, so an idle node asks seldom. Safe for use by any thread.
 */
final class Horizon {

    private static final long SHORTEST = Duration.ofMillis(50).toNanos();

    private final TimeSource time;
    private final long longest;

    // Guarded by this. On the clock of the database.
    private long next;
    private long skew; // how far the database is ahead of this machine
    private long pause = SHORTEST;
    private long changes; // how often something earlier has come
    private long earliest = Nanos.NEVER; // the earliest of what has come since the last look

    Horizon(TimeSource time, Duration longest) {
        this.time = time;
        this.longest = longest.toNanos();
        this.next = Nanos.of(time.instant());
    }

    /** Called before a look; what it gives is to be told to {@link #seen}. */
    synchronized long look() {
        earliest = Nanos.NEVER;
        return changes;
    }

    /**
     * A look has shown when something is due.
     *
     * @param look what {@link #look} gave
     * @param found whether it has found something to do
     */
    synchronized void seen(long look, long now, long due, boolean found) {
        skew = now - Nanos.of(time.instant());
        pause = found ? SHORTEST : Math.min(longest, pause * 2);
        next = Math.min(due, now + pause);
        if (look != changes) {
            next = Math.min(next, earliest);
        }
    }

    /** Something is due at that moment; gives back whether that is earlier than was known. */
    synchronized boolean earlier(long due) {
        changes++;
        earliest = Math.min(earliest, due);
        boolean news = due < next;
        next = Math.min(next, due);
        return news;
    }

    /** On the clock of this machine. */
    synchronized Instant next() {
        return Nanos.instant(next == Nanos.NEVER ? next : next - skew);
    }
}
