package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.ScheduleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One store of a scheduler: whether it works, and the ends of attempts on their way to it. Ends are written in batches: whoever
 * brings one to an idle desk writes all that arrive meanwhile. Safe for use by any thread.
 */
final class StoreDesk {

    private static final int BATCH = 1_000;

    final String alias;
    final ScheduleStore store;
    private final Listener listener;
    private final ConcurrentLinkedQueue<Ended> ends = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Trouble trouble; // null while it works
    /** On the monotonic clock: before the leases were last renewed. Written by the heartbeat, read by any thread. */
    volatile long renewedAt;

    /** Hears what has become of ends. */
    interface Listener {
        void completed(StoreDesk desk, Ended ended, Completed completed);

        /** A batch was written, or could not be. */
        void flushed(StoreDesk desk);

        void failed(StoreDesk desk, RuntimeException failure);
    }

    /**
     * Why a store is left alone for a while.
     *
     * @param failure what it threw
     * @param since when that began
     * @param until when it is asked again
     */
    record Trouble(Throwable failure, Instant since, Instant until) {}

    /** The end of an attempt, and what to tell about it. */
    record Ended(Completion completion, EndedAttempt attempt) {}

    StoreDesk(String alias, ScheduleStore store, Listener listener) {
        this.alias = alias;
        this.store = store;
        this.listener = listener;
    }

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    boolean isLeftAlone(Instant now) {
        Trouble known = trouble;
        return known != null && known.until.isAfter(now);
    }

    void works() {
        trouble = null;
    }

    void failed(Throwable failure, Instant now, Instant until) {
        Trouble known = trouble;
        trouble = new Trouble(failure, known == null ? now : known.since, until);
    }

    void add(Ended ended) {
        ends.add(ended);
        if (count.getAndIncrement() == 0) {
            drain();
        }
    }

    /** Writes it at once, in the current thread, whatever others are about. */
    void addNow(Ended ended) {
        if (write(List.of(ended))) {
            listener.flushed(this);
        }
    }

    private void drain() {
        int taken;
        do {
            taken = count.get();
            flush();
        } while (count.addAndGet(-taken) > 0);
    }

    /** Writes what waits; returns false if it can't be written, and waits on. */
    synchronized boolean flush() {
        List<Ended> batch = new ArrayList<>();
        boolean written = false;
        while (true) {
            for (Ended one = ends.peek(); one != null && batch.size() < BATCH; one = ends.peek()) {
                batch.add(one);
                ends.poll();
            }
            if (batch.isEmpty()) {
                break;
            }
            if (!write(batch)) {
                return false;
            }
            batch.clear();
            written = true;
        }
        if (written) {
            listener.flushed(this);
        }
        return true;
    }

    private boolean write(List<Ended> batch) {
        List<Completion> completions = new ArrayList<>(batch.size());
        batch.forEach(ended -> completions.add(ended.completion));
        List<Completed> completed;
        try {
            completed = store.complete(completions);
        } catch (RuntimeException e) {
            ends.addAll(batch);
            listener.failed(this, e);
            return false;
        }
        for (int i = 0; i < batch.size(); i++) {
            listener.completed(this, batch.get(i), completed.get(i));
        }
        return true;
    }
}
