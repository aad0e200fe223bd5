package io.orrery.time;

import java.time.Duration;
import java.time.Instant;

/** A one-shot event that threads can wait for. What was done before {@link #set} happens before what follows a wait. */
public interface Signal {

    /** Releases all who wait, now and later; without effect if already set. */
    void set();

    /** Whether the signal is set. */
    boolean isSet();

    /**
     * Waits until the signal is set.
     *
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    void await() throws InterruptedException;

    /**
     * Waits until the signal is set, for at most {@code patience}; zero or less does not wait.
     *
     * @return whether the signal is set
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    boolean await(Duration patience) throws InterruptedException;

    /**
     * Waits until the signal is set, at most until the wall clock shows {@code moment}. If that clock is set meanwhile, or the
     * machine was asleep, this is noticed within a second; a moment that has passed does not wait.
     *
     * @return whether the signal is set
     * @throws InterruptedException if the thread is interrupted before or while it waits
     */
    boolean awaitUntil(Instant moment) throws InterruptedException;

    /** Waits until the signal is set, whatever interrupts; an interrupt is kept for the caller to see afterwards. */
    default void awaitUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
