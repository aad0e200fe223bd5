package io.orrery.schedule.executor;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * So many attempts at once, and a queue for the others: higher priorities first, then who came first. Each lane is a thread. When
 * nothing waits, it ends; or it rests, if threads are dear, and takes the next attempt that comes. Safe for use by any thread.
 */
final class Lanes {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule.job");

    private final int limit;
    private final boolean rests;
    private final BiConsumer<Runnable, Attempt> starter;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingInt((Waiting waiting) -> -waiting.attempt.priority())
                    .thenComparingLong(Waiting::order));
    private final ArrayDeque<Rest> resting = new ArrayDeque<>(); // the last one is called first, as its memory is near
    private int running;
    private long arrivals;
    private @Nullable TimeSource time; // null while it is closed

    private record Waiting(Attempt attempt, Consumer<Attempt> how, long order) {}

    /** Of a lane without an attempt. */
    private static final class Rest {
        final Signal bell;

        @Nullable
        Waiting next; // guarded by the lock; null for the end

        Rest(Signal bell) {
            this.bell = bell;
        }
    }

    private Lanes(int limit, boolean rests, BiConsumer<Runnable, Attempt> starter) {
        this.limit = limit;
        this.rests = rests;
        this.starter = starter;
    }

    /**
     * Lanes that end when nothing waits.
     *
     * @param starter starts a thread for a lane, of which the first attempt is known
     */
    static Lanes ending(int limit, BiConsumer<Runnable, Attempt> starter) {
        return new Lanes(limit, /* rests= */ false, starter);
    }

    /** Lanes that rest when nothing waits, until they are closed. */
    static Lanes resting(int limit, BiConsumer<Runnable, Attempt> starter) {
        return new Lanes(limit, /* rests= */ true, starter);
    }

    static int positive(String what, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("The number of " + what + " must be positive, but is " + number
                    + ". Use 1 for one after the other.");
        }
        return number;
    }

    void open(TimeSource clock) {
        synchronized (lock) {
            time = clock;
        }
    }

    void execute(Attempt attempt, Consumer<Attempt> how) {
        boolean refused;
        Rest rest = null;
        synchronized (lock) {
            refused = time == null;
            if (!refused && running >= limit) {
                queue.add(new Waiting(attempt, how, arrivals++));
                return;
            }
            running += refused ? 0 : 1;
            if (!refused && !resting.isEmpty()) {
                rest = resting.pop();
                rest.next = new Waiting(attempt, how, 0);
            }
        }
        if (refused) {
            attempt.refuse("the executor is closed");
        } else if (rest != null) {
            rest.bell.set();
        } else {
            start(new Waiting(attempt, how, 0));
        }
    }

    /** Starts a lane; where there is no memory for its thread, with the next one that waits. */
    private void start(Waiting first) {
        for (Waiting one = first; one != null; ) {
            Waiting begun = one;
            try {
                starter.accept(() -> lane(begun), begun.attempt);
                return;
            } catch (Throwable e) {
                synchronized (lock) {
                    one = queue.poll();
                    running -= one == null ? 1 : 0;
                }
                tell(begun, () -> begun.attempt.refuse("there is no room for a thread: " + e));
            }
        }
    }

    private void lane(Waiting first) {
        for (Waiting one = first; one != null; one = next()) {
            Waiting begun = one;
            tell(begun, () -> begun.how.accept(begun.attempt));
        }
    }

    /** Whatever it throws, the others must have their turn. */
    private static void tell(Waiting one, Runnable what) {
        try {
            what.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, one.attempt.runId() + ": its end could not be told", e);
        }
    }

    private @Nullable Waiting next() {
        Rest rest;
        synchronized (lock) {
            Waiting waiting = queue.poll();
            if (waiting != null) {
                return waiting;
            }
            running--;
            if (!rests || time == null) {
                return null;
            }
            rest = new Rest(time.signal());
            resting.push(rest);
        }
        rest.bell.awaitUninterruptibly();
        Thread.interrupted(); // what anybody wanted to stop has ended
        synchronized (lock) {
            return rest.next;
        }
    }

    int room() {
        synchronized (lock) {
            return limit - running - queue.size();
        }
    }

    /** Takes no more, and ends what waits and who rests. */
    void close() {
        List<Attempt> refused = new ArrayList<>();
        List<Rest> ending;
        synchronized (lock) {
            time = null;
            ending = List.copyOf(resting);
            resting.clear();
            for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                refused.add(waiting.attempt);
            }
        }
        ending.forEach(rest -> rest.bell.set());
        refused.forEach(attempt -> attempt.cancel("the executor was closed before it began"));
    }
}
