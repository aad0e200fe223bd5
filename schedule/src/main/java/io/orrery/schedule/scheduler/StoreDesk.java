package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.time.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One store of a scheduler: whether it works, and the ends of attempts on their way to it. Ends are written in batches: one
 * thread writes all that arrive meanwhile. Safe for use by any thread.
 *
 * <h2>Whose thread</h2>
 *
 * <p>A store in memory is written by whoever brings an end. Any other one may be silent for as long as its timeouts last, and the
 * thread that brings an end may be one of few; so a thread of its own writes, unless an end is to be written at once. That is no
 * virtual one, which would wait for its turn after thousands of jobs between any two answers of the store.
 *
 * <h2>What cannot be written</h2>
 *
 * <p>is tried again later, since the store may be down. A batch that failed is then written one by one. An end that fails alone
 * is tried once more, and then written without the words that came with it, in which the harm may be. One that fails even so is
 * put aside for a while. If it fails time and again while others do not, it is written with nothing but its outcome: it is not tried again, and a schedule
 * that counts from it is quarantined. A store that refuses even that is asked again at ever greater intervals. So an end never
 * keeps the others from being written, and none is forgotten while the scheduler runs.
 *
 * <h2>At the end</h2>
 *
 * <p>What fails is tried again at once, and for a while. The store is told what has ended and could not be written, so that it
 * does not give that back as if it had not.
 */
final class StoreDesk {

    private static final int BATCH = 1_000;
    private static final int MANY = 400; // ends on their way, with which nothing more is dealt out
    private static final int PATIENCE = 3; // how often one end may fail while others are written
    private static final int DOWN = 2; // so many that fail one after the other are the fault of the store
    private static final int RARELY = 60; // retry intervals between two tries at most
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50); // between tries at the end
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    final String alias;
    final ScheduleStore store;
    final Takings takings;
    final Bell bell;
    private final Listener listener;
    private final Setup setup;
    private final ConcurrentLinkedQueue<Ended> arriving = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean called = new AtomicBoolean(); // whether a thread is on its way to write what arrives

    private final AtomicInteger unwritten = new AtomicInteger(); // what arrives or waits, unless the store is local
    private volatile @Nullable Signal room; // set when some of that was written, once somebody waits for it

    // Guarded by the lock.
    private final ArrayDeque<Ended> waiting = new ArrayDeque<>(); // before those that arrive
    private final ArrayDeque<Ended> aside = new ArrayDeque<>(); // could not be written alone
    private int failuresInARow;
    private int suspects; // how many of the first of them are to be written one by one
    private long writes;
    private @Nullable Long deadline; // on the monotonic clock, once no others are to come

    private volatile Instant again = Instant.MAX; // when the first of those put aside is tried again
    private volatile @Nullable Trouble trouble; // null while it works
    /** On the monotonic clock: before the leases were last renewed. Written by the heartbeat, read by any thread. */
    volatile long renewedAt;

    /** Hears what has become of ends. */
    interface Listener {
        void completed(StoreDesk desk, Ended ended, Completed completed, Instant now);

        /** A batch was written, or could not be. */
        void flushed(StoreDesk desk);

        void failed(StoreDesk desk, Throwable failure);

        /** An end was written and could not be told. */
        void untold(Ended ended, Throwable failure);

        /**
         * An end could not be written, and is tried again.
         *
         * @param isHopeless whether others can be written meanwhile
         */
        void unwritten(StoreDesk desk, Ended ended, boolean isHopeless, Throwable failure);
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

        Ended failed(long writes, Instant now, Duration retry) {
            Instant next = now.plus(retry.multipliedBy(Math.clamp(failures + 2L - PATIENCE, 1, RARELY)));
            return new Ended(completion, attempt, failures + 1, failures == 0 ? writes : writesBefore, next);
        }

        Ended with(Completion other) {
            return new Ended(other, attempt);
        }
    }

    StoreDesk(String alias, ScheduleStore store, Setup setup, Listener listener) {
        this.alias = alias;
        this.store = store;
        this.takings = new Takings(setup.time());
        this.bell = new Bell(setup.time());
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

    /**
     * Whether a lease is certain to be valid still.
     *
     * @param leasedAt when it was not yet given, on the monotonic clock
     */
    boolean holds(long leasedAt) {
        if (store.isLocal()) {
            return true;
        }
        long now = setup.time().nanos();
        return Math.min(now - leasedAt, now - renewedAt)
                < setup.limits().lease().toNanos();
    }

    /** Takes an end, which is written by the next call of {@link #write()}. */
    void put(Ended ended) {
        count(1);
        arriving.add(ended);
    }

    private void count(int more) {
        if (!store.isLocal()) {
            unwritten.addAndGet(more);
        }
    }

    /** Waits while many ends are to be written, so that they need not wait for one another, and the store works. */
    void awaitRoom() {
        try {
            while (isFull()) {
                Signal written = setup.time().signal();
                room = written;
                if (isFull()) {
                    written.await(FIRST_PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isFull() {
        return unwritten.get() > MANY && trouble == null && !takings.isOver();
    }

    private void makeRoom() {
        Signal waited = room;
        if (waited != null) {
            room = null;
            waited.set();
        }
    }

    /** Has what was put here written, by some thread; later, if the store is left alone. */
    void write() {
        if (arriving.isEmpty() || trouble != null && isLeftAlone(setup.time().instant())) {
            return;
        }
        if (store.isLocal()) {
            flush();
        } else if (!called.get() && called.compareAndSet(false, true)) {
            try {
                setup.time()
                        .start(
                                Thread.ofPlatform()
                                        .daemon()
                                        .name(setup.name() + "/ends for " + alias)
                                        .inheritInheritableThreadLocals(false),
                                () -> {
                                    try {
                                        flush();
                                    } finally {
                                        called.set(false);
                                    }
                                    write(); // what came between the two
                                });
            } catch (Throwable e) { // out of memory for a thread
                called.set(false);
                listener.failed(this, e);
            }
        }
    }

    /** Writes it at once, in the current thread, whatever others are about; with the others if the store does not work. */
    void writeNow(Ended ended) {
        if (isLeftAlone(setup.time().instant())) {
            put(ended);
            return;
        }
        try {
            List<Completed> completed = store.complete(List.of(ended.completion));
            tell(ended, completed, 0, setup.time().instant());
            listener.flushed(this);
        } catch (Throwable e) {
            put(ended);
            listener.failed(this, e);
        }
    }

    /** Writes what waits, unless somebody does; returns false if the store can't write, and what waits waits on. */
    boolean flush() {
        boolean works = true;
        do {
            if (!writing.tryLock()) {
                return true;
            }
            try {
                recall(setup.time().instant());
                works = writeAll();
            } finally {
                writing.unlock();
            }
        } while (works && !arriving.isEmpty()); // who has brought one meanwhile has left it to this thread
        return works;
    }

    private boolean writeAll() {
        boolean written = false;
        failuresInARow = 0;
        for (List<Ended> batch = next(); !batch.isEmpty(); batch = next()) {
            if (isTooLate() || !write(batch)) {
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
    Instant nextAgain() {
        return again;
    }

    private void recall(Instant now) {
        while (!aside.isEmpty() && !aside.getFirst().again.isAfter(now)) {
            waiting.addFirst(aside.remove());
            count(1);
            suspects++;
        }
        noteAside();
    }

    private void noteAside() {
        again = aside.isEmpty() ? Instant.MAX : aside.getFirst().again;
    }

    private void putAside(Ended failed) {
        List<Ended> later = new ArrayList<>();
        while (!aside.isEmpty() && aside.getLast().again.isAfter(failed.again)) {
            later.addFirst(aside.removeLast());
        }
        aside.add(failed);
        aside.addAll(later);
        noteAside();
    }

    /**
     * Writes what has ended, when nothing else is to be written; tries again what fails, until it is late. Gives back what could
     * not be written.
     *
     * @param latest when it is late, on the monotonic clock
     */
    List<Ended> finish(long latest) {
        boolean patient = true;
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            List<Ended> left =
                    writeForTheLastTime(patient ? latest : setup.time().nanos());
            Duration rest = Duration.ofNanos(latest - setup.time().nanos());
            if (left.isEmpty() || !patient || !rest.isPositive()) {
                return left;
            }
            patient = sleeps(pause.compareTo(rest) < 0 ? pause : rest);
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean sleeps(Duration pause) {
        try {
            setup.time().sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives back what could not be written. It is tried once, however late it is. */
    private List<Ended> writeForTheLastTime(long latest) {
        writing.lock();
        try {
            recall(Instant.MAX);
            failuresInARow = 0;
            deadline = latest;
            List<Ended> first = next();
            if (!first.isEmpty() && (write(first) || !isTooLate())) {
                writeAll();
            }
            deadline = null;
            return unwritten();
        } finally {
            writing.unlock();
        }
    }

    /** What has ended and is not written. */
    List<Ended> unwritten() {
        writing.lock();
        try {
            List<Ended> all = new ArrayList<>(waiting);
            all.addAll(aside);
            all.addAll(arriving);
            return all;
        } finally {
            writing.unlock();
        }
    }

    private boolean isTooLate() {
        return deadline != null && setup.time().nanos() - deadline >= 0;
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
            makeRoom();
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
            listener.untold(ended, e);
        }
    }

    private void take() {
        waiting.remove();
        count(-1);
        suspects = Math.max(0, suspects - 1);
    }

    /** Whether an end that could not be written can be again, or in other words, or others can be; otherwise it is put aside. */
    private boolean writesOtherwise(Ended ended, Throwable why) {
        Ended failed =
                ended.failed(writes, setup.time().instant(), setup.limits().retry());
        boolean hopeless = failed.failures >= PATIENCE && writes > failed.writesBefore;
        String note = "how it ended could not be written: ";
        if (failed.failures == 1 && writesInstead(ended)
                || writesInstead(ended.with(ended.completion.noting(note + News.text(why))))
                || hopeless
                        && writesInstead(ended.with(
                                ended.completion.bare(note + why.getClass().getName())))) {
            return true;
        }
        take();
        putAside(failed);
        listener.unwritten(this, failed, hopeless, why);
        return hopeless;
    }

    private boolean writesInstead(Ended other) {
        if (isTooLate()) {
            return false;
        }
        List<Completed> completed;
        try {
            completed = complete(List.of(other));
        } catch (Throwable e) {
            return false;
        }
        tell(List.of(other), completed);
        return true;
    }
}
