package io.orrery.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The one seam for clock and waiting: everything in Orrery that reads a clock, waits, or starts a thread does it here,
 * so that a test can replace real time by {@linkplain ManualTime time it moves itself}.
 *
 * <p>Durations are measured with {@link #nanos()}, which is monotonic; {@link #instant()} is for stamps that people
 * read. All methods are safe for use by any thread. Clients use {@link #system()} or a {@link ManualTime}; they do not
 * implement this interface.
 */
public sealed interface TimeSource extends InstantSource permits SystemTime, ManualTime {

    /** The machine's clocks and real threads. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** The wall clock. */
    @Override
    Instant instant();

    /** A monotonic clock, in nanoseconds since an arbitrary origin; only differences mean something. */
    long nanos();

    /**
     * Starts a thread whose activity this time source may take into account: manual time does not move while such a
     * thread is doing anything but waiting through this seam.
     *
     * @return the thread
     */
    Thread start(Thread.Builder builder, Runnable body);

    /** Interrupts a thread that {@link #start} started; manual time stays until that thread has reacted. */
    void interrupt(Thread thread);

    /** A new one-shot signal that threads can wait for. */
    Signal signal();

    /**
     * Runs {@code action} once, {@code delay} from now, on a thread of the time source. The action must be short and
     * must not block. A delay of zero or less means as soon as possible.
     */
    Alarm alarm(Duration delay, Runnable action);

    /**
     * Runs {@code settler} once everything that can happen at this instant has happened. In real time that is at once,
     * in the calling thread. In manual time it is when every thread it knows is waiting; settlers that are due together
     * then run one after the other in their natural order.
     */
    void settle(Settler settler);

    /**
     * Waits for {@code duration}; zero or less returns at once.
     *
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    default void sleep(Duration duration) throws InterruptedException {
        signal().await(duration);
    }

    /** Something to do at the end of an instant. The natural order decides who is first. */
    interface Settler extends Comparable<Settler> {

        /**
         * Does it. Must not block, must not throw.
         *
         * @return whether there is more to do, so that this is to be called again as if settling anew
         */
        boolean settle();

        /** Lets others settle this, which may be somebody's turn again. Called by who has settled it so often that others should. */
        default void giveWay() {}

        /** Whether there is something to settle, and it is now the caller's turn to do that. */
        default boolean takeTurn() {
            return true;
        }

        /** Whether this never settles others while it settles itself, and so need not be kept from doing that in turn. */
        default boolean isAlone() {
            return false;
        }
    }
}
