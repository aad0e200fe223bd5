package io.orrery.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Time for tests: it moves only when it is told to, or, when {@linkplain #skipping() skipping}, jumps to the next moment
 * at which something is due as soon as nobody has anything left to do.
 *
 * <p>It knows the threads that were started through {@link #start} and counts those that are not waiting in a
 * {@link Signal} or {@link #sleep}. While one of them does anything else, time stands. When all wait, first the
 * {@linkplain #settle settlers} of this instant run, in their order, then the clock moves to the next due moment, and
 * everything due then is woken together. So a whole run takes no real time, and what happens at one instant does not
 * depend on how threads are scheduled. A thread that blocks elsewhere (on a latch of its own, say) makes time stand
 * until it goes on.
 *
 * <p>Safe for use by any thread.
 */
public final class ManualTime implements TimeSource {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Object lock = new Object();
    private final Instant origin;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final PriorityQueue<Settler> settlers = new PriorityQueue<>();
    /** The threads started here; the value is set while the thread waits. */
    private final Map<Thread, @Nullable Waiter> members = new HashMap<>();

    /** Those who wait for a moment of the wall clock. */
    private final Set<Waiter> watchers = new HashSet<>();

    private int active; // members that are not waiting
    private long horizon; // time may move up to here
    private long sequence; // keeps what is due at one moment in order of arrival
    private boolean pumping; // whether some thread is in pump()
    private volatile long now; // written under the lock, read by any thread
    private volatile Duration skew = Duration.ZERO; // by how much the wall clock was set; likewise

    private ManualTime(Instant origin, long horizon) {
        this.origin = origin;
        this.horizon = horizon;
    }

    /** Time that stands until {@link #advance} moves it. It starts at 2026-01-01T00:00:00Z. */
    public static ManualTime stopped() {
        return stoppedAt(EPOCH);
    }

    /** Time that starts at {@code origin} and stands until {@link #advance} moves it. */
    public static ManualTime stoppedAt(Instant origin) {
        return new ManualTime(origin, 0);
    }

    /** Time that jumps to the next due moment whenever all threads wait. It starts at 2026-01-01T00:00:00Z. */
    public static ManualTime skipping() {
        return new ManualTime(EPOCH, Long.MAX_VALUE);
    }

    /** How far this time has moved since it was made. */
    public Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /**
     * Moves time forward, stopping at each moment at which something is due, and returns when all that follows from it
     * has happened and every thread waits again.
     *
     * @throws IllegalArgumentException if {@code step} is negative
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void advance(Duration step) throws InterruptedException {
        if (step.isNegative()) {
            throw new IllegalArgumentException(
                    "Time moves forward only, but the step is " + step + ". Make another ManualTime to start earlier.");
        }
        long target;
        synchronized (lock) {
            target = plus(now, step);
            horizon = Math.max(horizon, target);
        }
        awaitIdle();
        synchronized (lock) {
            now = Math.max(now, target);
        }
    }

    /**
     * Moves time forward for as long as something is due some time, at most by {@code most}, and returns when all that follows
     * from it has happened and every thread waits. Time stays at the last moment at which something was due.
     *
     * @return whether nothing is due any more; what recurs is always due again
     * @throws IllegalArgumentException if {@code most} is negative
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public boolean runUntilIdle(Duration most) throws InterruptedException {
        Duration end = elapsed().plus(most);
        advance(most.isNegative() ? most : Duration.ZERO);
        while (true) {
            Duration next;
            synchronized (lock) {
                Due first = due.peek();
                if (first == null) {
                    return true;
                }
                next = Duration.ofNanos(first.at - now);
            }
            if (elapsed().plus(next).compareTo(end) > 0) {
                return false;
            }
            advance(next);
        }
    }

    /**
     * Returns when all that can happen without moving time further has happened and every thread waits.
     *
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void awaitIdle() throws InterruptedException {
        pump();
        synchronized (lock) {
            while (pumping || active > 0 || !settlers.isEmpty() || somethingIsDue()) {
                lock.wait();
            }
        }
    }

    /**
     * Sets the wall clock forward, or back if {@code step} is negative, as an administrator or a time server does, or a laptop
     * that wakes up: {@link #instant()} changes and {@link #nanos()} does not. Returns at once.
     */
    public void setClock(Duration step) {
        synchronized (lock) {
            skew = skew.plus(step);
            watchers.forEach(this::wake);
        }
    }

    /** The threads that were {@linkplain #start started} here and have not ended: none, once every run is over. */
    public List<Thread> threads() {
        synchronized (lock) {
            return List.copyOf(members.keySet());
        }
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(now).plus(skew);
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Thread start(Thread.Builder builder, Runnable body) {
        Thread thread = builder.unstarted(() -> {
            try {
                body.run();
            } finally {
                leave();
            }
        });
        synchronized (lock) {
            members.put(thread, null);
            active++;
        }
        try {
            thread.start();
        } catch (Throwable e) {
            leave(thread);
            throw e;
        }
        return thread;
    }

    @Override
    public void interrupt(Thread thread) {
        synchronized (lock) {
            Waiter waiter = members.get(thread);
            if (waiter != null && !waiter.woken) {
                waiter.interrupted = true;
                wake(waiter);
            } else {
                thread.interrupt(); // under the lock: it is seen by a wait that begins now
            }
        }
    }

    @Override
    public Signal signal() {
        return new ManualSignal();
    }

    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        Due entry;
        synchronized (lock) {
            entry = new Due(plus(now, delay), sequence++, action);
            due.add(entry);
        }
        pump();
        return () -> {
            synchronized (lock) {
                due.remove(entry);
            }
        };
    }

    @Override
    public void settle(Settler settler) {
        synchronized (lock) {
            settlers.add(settler);
        }
        pump();
    }

    private void leave() {
        leave(Thread.currentThread());
    }

    private void leave(Thread thread) {
        synchronized (lock) {
            members.remove(thread);
            active--;
        }
        pump();
    }

    /**
     * Lets things happen for as long as every member waits. At most one thread is in here at a time. What one of them throws
     * is thrown when all have happened, so that it does not stop time.
     */
    private void pump() {
        synchronized (lock) {
            if (pumping) {
                return;
            }
            pumping = true;
        }
        Throwable failure = null;
        for (List<Runnable> actions = next(); !actions.isEmpty(); actions = next()) {
            for (Runnable action : actions) {
                try {
                    action.run();
                } catch (RuntimeException | Error e) {
                    failure = failure == null ? e : failure;
                }
            }
        }
        SystemTime.rethrow(failure);
    }

    /** What is to be done next, or nothing, in which case the pump stops. */
    private List<Runnable> next() {
        synchronized (lock) {
            var actions = new ArrayList<Runnable>();
            while (active == 0 && actions.isEmpty()) {
                Settler settler = settlers.poll();
                if (settler != null) {
                    actions.add(() -> {
                        if (settler.settle()) {
                            settle(settler);
                        }
                    });
                } else if (somethingIsDue()) {
                    takeDue(actions);
                } else {
                    break;
                }
            }
            if (actions.isEmpty()) {
                pumping = false;
                lock.notifyAll();
            }
            return actions;
        }
    }

    private boolean somethingIsDue() {
        Due first = due.peek();
        return first != null && first.at <= horizon;
    }

    /** Moves the clock to the next due moment and takes all that is due then: actions to be run, waiters to be woken. */
    private void takeDue(List<Runnable> actions) {
        now = Math.max(now, due.element().at);
        var waiters = new ArrayList<Waiter>();
        for (Due first = due.peek(); first != null && first.at <= now; first = due.peek()) {
            due.remove();
            if (first.what instanceof Waiter waiter) {
                waiters.add(waiter);
            } else {
                actions.add((Runnable) first.what);
            }
        }
        waiters.forEach(this::wake);
    }

    private void wake(Waiter waiter) {
        if (!waiter.woken) {
            waiter.woken = true;
            if (waiter.member) {
                active++;
                members.put(waiter.thread, null);
            }
            LockSupport.unpark(waiter.thread);
        }
    }

    private static long plus(long nanos, Duration delay) {
        long step = SystemTime.saturatedNanos(delay);
        return step <= 0 ? nanos : step > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : nanos + step;
    }

    /** A moment, and what is to happen then: a {@link Runnable} or a {@link Waiter}. */
    private record Due(long at, long order, Object what) {}

    /** One thread in one wait. All fields but the volatile one are guarded by the lock. */
    private static final class Waiter {
        final Thread thread;
        final boolean member;
        boolean interrupted;
        volatile boolean woken;

        Waiter(Thread thread, boolean member) {
            this.thread = thread;
            this.member = member;
        }
    }

    private final class ManualSignal implements Signal {
        private final List<Waiter> waiters = new ArrayList<>(1); // guarded by the lock
        private boolean set; // guarded by the lock

        @Override
        public void set() {
            synchronized (lock) {
                set = true;
                waiters.forEach(ManualTime.this::wake);
                waiters.clear();
            }
        }

        @Override
        public boolean isSet() {
            synchronized (lock) {
                return set;
            }
        }

        @Override
        public void await() throws InterruptedException {
            await(null, Long.MAX_VALUE, null);
        }

        @Override
        public boolean await(Duration patience) throws InterruptedException {
            return await(patience, patience.isPositive() ? plus(now, patience) : 0, null);
        }

        @Override
        public boolean awaitUntil(Instant moment) throws InterruptedException {
            while (true) {
                Duration seen = skew;
                Duration left = Duration.between(instant(), moment);
                boolean over = !left.isPositive();
                if (await(left, over ? 0 : plus(now, left), seen) || over) {
                    return isSet();
                }
            }
        }

        /** Also returns when the wall clock is set, or shows something else than it did where {@code seen} was its skew. */
        private boolean await(@Nullable Duration patience, long until, @Nullable Duration seen)
                throws InterruptedException {
            Waiter waiter;
            @Nullable Due timeout = null;
            synchronized (lock) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (set || until == 0 || (seen != null && !seen.equals(skew))) {
                    return set;
                }
                Thread thread = Thread.currentThread();
                waiter = new Waiter(thread, members.containsKey(thread));
                waiters.add(waiter);
                if (seen != null) {
                    watchers.add(waiter);
                }
                if (patience != null) {
                    timeout = new Due(until, sequence++, waiter);
                    due.add(timeout);
                }
                isWaiting(waiter);
            }
            pump();
            boolean interruptedFromOutside = park(waiter);
            synchronized (lock) {
                waiters.remove(waiter);
                watchers.remove(waiter);
                if (timeout != null) {
                    due.remove(timeout);
                }
                if (waiter.interrupted || interruptedFromOutside) {
                    wake(waiter);
                    throw new InterruptedException();
                }
                return set;
            }
        }

        private void isWaiting(Waiter waiter) {
            if (waiter.member) {
                members.put(waiter.thread, waiter);
                active--;
            }
        }

        /** Blocks until the waiter is woken; returns true if an interrupt that did not come through the seam ended it. */
        private boolean park(Waiter waiter) {
            while (!waiter.woken) {
                LockSupport.park(this);
                if (!waiter.woken && Thread.interrupted()) {
                    return true;
                }
            }
            return false;
        }
    }
}
