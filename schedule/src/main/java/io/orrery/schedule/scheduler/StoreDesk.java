package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.ScheduleStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One store of a scheduler: whether it works, and the ends of attempts on their way to it. Ends are written in batches: whoever
 * brings one to an idle desk writes all that arrive meanwhile. Safe for use by any thread.
 *
 * <h2>What cannot be written</h2>
 *
 * <p>is tried again later, since the store may be down. A batch that failed is then written one by one. An end that fails alone
 * is written without the words that came with it, in which the harm may be. One that fails even so is put aside for a while; and
 * if it fails time and again while others do not, it is given up. So it never keeps the others from being written.
 */
final class StoreDesk {

    private static final int BATCH = 1_000;
    private static final int PATIENCE = 3; // how often one end may fail while others are written
    private static final int DOWN = 2; // so many that fail one after the other are the fault of the store

    final String alias;
    final ScheduleStore store;
    private final Listener listener;
    private final Setup setup;
    private final ConcurrentLinkedQueue<Ended> arriving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger(); // of those that have arrived since somebody drains

    // Guarded by this.
    private final ArrayDeque<Ended> waiting = new ArrayDeque<>(); // before those that arrive
    private final ArrayDeque<Ended> aside =
            new ArrayDeque<>(); // could not be written alone; by when they are tried again
    private int failuresInARow;
    private int suspects; // how many of the first of them are to be written one by one
    private long writes;

    private volatile @Nullable Trouble trouble; // null while it works
    /** On the monotonic clock: before the leases were last renewed. Written by the heartbeat, read by any thread. */
    volatile long renewedAt;

    /** Hears what has become of ends. */
    interface Listener {
        void completed(StoreDesk desk, Ended ended, Completed completed, Instant now);

        /** A batch was written, or could not be. */
        void flushed(StoreDesk desk);

        void failed(StoreDesk desk, Throwable failure);

        /** An end could not be written, and is tried again; or could not be told, and will not be, or was given up. */
        void unwritten(StoreDesk desk, Ended ended, boolean isLost, Throwable failure);
    }

    /**
     * Why a store is left alone for a while.
     *
     * @param failure what it threw
     * @param since when that began
     * @param until when it is asked again
     */
    record Trouble(Throwable failure, Instant since, Instant until) {}

    /**
     * The end of an attempt, and what to tell about it.
     *
     * @param failures how often it alone could not be written
     * @param writesBefore how many writes there were before that
     * @param again when it is tried again
     */
    record Ended(Completion completion, EndedAttempt attempt, int failures, long writesBefore, Instant again) {

        Ended(Completion completion, EndedAttempt attempt) {
            this(completion, attempt, 0, 0, Instant.MIN);
        }

        Ended failed(long writes, Instant next) {
            return new Ended(completion, attempt, failures + 1, failures == 0 ? writes : writesBefore, next);
        }
    }

    StoreDesk(String alias, ScheduleStore store, Setup setup, Listener listener) {
        this.alias = alias;
        this.store = store;
        this.setup = setup;
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
        arriving.add(ended);
        if (count.getAndIncrement() == 0) {
            drain();
        }
    }

    /** Writes it at once, in the current thread, whatever others are about. */
    void addNow(Ended ended) {
        try {
            List<Completed> completed = store.complete(List.of(ended.completion));
            tell(ended, completed, 0, setup.time().instant());
            listener.flushed(this);
        } catch (Throwable e) {
            arriving.add(ended);
            listener.failed(this, e);
        }
    }

    private void drain() {
        int taken;
        do {
            taken = count.get();
            try {
                flush();
            } catch (Throwable e) { // of memory, or of a listener: what waits is left to the loop
                count.set(0);
                throw e;
            }
        } while (count.addAndGet(-taken) > 0);
    }

    /** Writes what waits; returns false if the store can't write, and what waits waits on. */
    synchronized boolean flush() {
        boolean written = false;
        recall(setup.time().instant());
        failuresInARow = 0;
        for (List<Ended> batch = next(); !batch.isEmpty(); batch = next()) {
            if (!write(batch)) {
                return false;
            }
            written |= failuresInARow == 0;
        }
        if (written) {
            listener.flushed(this);
        }
        return true;
    }

    /** When one that was put aside is to be tried again; {@link Instant#MAX} if there is none. */
    synchronized Instant nextAgain() {
        Ended first = aside.peek();
        return first == null ? Instant.MAX : first.again;
    }

    private void recall(Instant now) {
        while (!nextAgain().isAfter(now)) {
            waiting.addFirst(aside.remove());
            suspects++;
        }
    }

    /** Copies the first ones that wait, which go from there once they are written. */
    private List<Ended> next() {
        for (Ended one = arriving.poll(); one != null; one = arriving.poll()) {
            waiting.add(one);
        }
        int size = Math.min(waiting.size(), suspects > 0 ? 1 : BATCH);
        if (size <= 1) {
            return size == 0 ? List.of() : List.of(waiting.getFirst());
        }
        List<Ended> batch = new ArrayList<>(size);
        for (Iterator<Ended> all = waiting.iterator(); batch.size() < size; ) {
            batch.add(all.next());
        }
        return batch;
    }

    private boolean write(List<Ended> batch) {
        try {
            tell(batch, complete(batch));
            failuresInARow = 0;
            return true;
        } catch (Throwable e) {
            if (batch.size() == 1 && (writesOtherwise(batch.getFirst(), e) || ++failuresInARow < DOWN)) {
                return true;
            }
            suspects = Math.max(suspects, batch.size() == 1 ? 0 : batch.size());
            listener.failed(this, e);
            return false;
        }
    }

    private List<Completed> complete(List<Ended> batch) {
        List<Completion> completions = new ArrayList<>(batch.size());
        batch.forEach(ended -> completions.add(ended.completion));
        List<Completed> completed = store.complete(completions);
        writes++;
        return completed;
    }

    private void tell(List<Ended> batch, List<Completed> completed) {
        Instant now = setup.time().instant();
        for (int i = 0; i < batch.size(); i++) {
            take();
            tell(batch.get(i), completed, i, now);
        }
    }

    private void tell(Ended ended, List<Completed> completed, int index, Instant now) {
        try {
            listener.completed(this, ended, completed.get(index), now);
        } catch (Throwable e) {
            listener.unwritten(this, ended, /* isLost= */ true, e);
        }
    }

    private void take() {
        waiting.remove();
        suspects = Math.max(0, suspects - 1);
    }

    /** Whether an end that could not be written is so in words that harm nobody, or is given up; else it is put aside. */
    private boolean writesOtherwise(Ended ended, Throwable why) {
        Completion plain = ended.completion.noting("how it ended could not be written: " + News.text(why));
        try {
            tell(List.of(ended), complete(List.of(new Ended(plain, ended.attempt))));
            return true;
        } catch (Throwable e) {
            take();
            Instant again = setup.time().instant().plus(setup.limits().retry());
            Ended failed = ended.failed(writes, again);
            if (failed.failures >= PATIENCE && writes > failed.writesBefore) {
                listener.unwritten(this, ended, /* isLost= */ true, why);
                return true;
            }
            aside.add(failed);
            listener.unwritten(this, failed, /* isLost= */ false, why);
            return false;
        }
    }
}
