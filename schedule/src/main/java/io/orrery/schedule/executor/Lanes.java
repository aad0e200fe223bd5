package io.orrery.schedule.executor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * So many attempts at once, and a queue for the others: higher priorities first, then who came first. Each lane is a thread
 * that ends when nothing waits. Safe for use by any thread.
 */
final class Lanes {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule.job");

    private final int limit;
    private final BiConsumer<Runnable, Attempt> starter;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingInt((Waiting waiting) -> -waiting.attempt.priority())
                    .thenComparingLong(Waiting::order));
    private int running;
    private long arrivals;
    private boolean closed = true;

    private record Waiting(Attempt attempt, Consumer<Attempt> how, long order) {}

    /** @param starter starts a thread for a lane, of which the first attempt is known */
    Lanes(int limit, BiConsumer<Runnable, Attempt> starter) {
        this.limit = limit;
        this.starter = starter;
    }

    static int positive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("The number of " + what + " must be positive, but is " + number
                    + ". Use 1 for one after the other.");
        }
        return number;
    }

    void open() {
        synchronized (lock) {
            closed = false;
        }
    }

    void execute(Attempt attempt, Consumer<Attempt> how) {
        boolean refused;
        synchronized (lock) {
            refused = closed;
            if (!refused && running >= limit) {
                queue.add(new Waiting(attempt, how, arrivals++));
                return;
            }
            running += refused ? 0 : 1;
        }
        if (refused) {
            attempt.refuse("the executor is closed");
            return;
        }
        try {
            starter.accept(() -> lane(new Waiting(attempt, how, 0)), attempt);
        } catch (Throwable e) { // out of memory for a thread
            synchronized (lock) {
                running--;
            }
            attempt.refuse("there is no room for a thread: " + e);
        }
    }

    private void lane(Waiting first) {
        for (Waiting one = first; one != null; one = next()) {
            try {
                one.how.accept(one.attempt);
            } catch (Throwable e) { // whatever it is, the others must have their turn
                LOG.log(System.Logger.Level.ERROR, one.attempt.runId() + ": its end could not be told", e);
            }
        }
    }

    private @Nullable Waiting next() {
        synchronized (lock) {
            Waiting waiting = queue.poll();
            if (waiting == null) {
                running--;
            }
            return waiting;
        }
    }

    int room() {
        synchronized (lock) {
            return limit - running - queue.size();
        }
    }

    /** Takes no more, and ends what waits. */
    void close() {
        List<Attempt> refused = new ArrayList<>();
        synchronized (lock) {
            closed = true;
            for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                refused.add(waiting.attempt);
            }
        }
        refused.forEach(attempt -> attempt.cancel("the executor was closed before it began"));
    }
}
