package io.orrery.examples;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A queue without bounds. It waits on a clock of Orrery's, so that manual time knows that its reader waits; in real time only,
 * a {@link java.util.concurrent.BlockingQueue} does as well. Safe for use by any number of writers and one reader.
 */
final class MessageBus {

    private final TimeSource time;
    private final Queue<String> messages = new ArrayDeque<>(); // guarded by this
    private Signal arrival; // guarded by this; set with the next message

    MessageBus(TimeSource time) {
        this.time = time;
        this.arrival = time.signal();
    }

    synchronized void put(String message) {
        messages.add(message);
        arrival.set();
        arrival = time.signal();
    }

    /** The next message, if there is one already. */
    synchronized Optional<String> poll() {
        return Optional.ofNullable(messages.poll());
    }

    /** Waits until there is a message. */
    void awaitMessage() throws InterruptedException {
        Signal next;
        synchronized (this) {
            if (!messages.isEmpty()) {
                return;
            }
            next = arrival;
        }
        next.await();
    }
}
