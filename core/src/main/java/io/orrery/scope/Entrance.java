package io.orrery.scope;

import io.orrery.time.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many jobs into a scope as may run and be pending, and has the others wait in order of arrival. Those who wait are let in by
 * whoever leaves, and stand in the line of pending jobs before they know of it, so they begin in that order, too. While
 * nobody waits there is one number, and no lock. Safe for use by any thread.
 */
final class Entrance {

    /** Where {@link #counts} has how many have entered. */
    private static final int ENTERED = 8;
    /** Where it has how many have left: too far from the other one to be cached together. */
    private static final int LEFT = 24;

    private final OpenScope scope;
    private final long most;
    private final AtomicLongArray counts = new AtomicLongArray(40);
    /** How many had left when that was last counted, which was enough. */
    private volatile long knownLeft;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(); // guarded by this
    private volatile boolean somebodyWaits; // guarded by this

    /** What has become of somebody who waits. */
    private enum Fate {
        OPEN,
        ENTERED,
        REFUSED
    }

    /** Somebody who waits. The fate is guarded by the entrance. */
    private static final class Waiting {
        final SpawnedJob<?> job;
        final Signal decided;
        Fate fate = Fate.OPEN;

        Waiting(SpawnedJob<?> job) {
            this.job = job;
            this.decided = job.scope.time.signal();
        }
    }

    Entrance(OpenScope scope, long most) {
        this.scope = scope;
        this.most = most;
    }

    /** How many jobs are inside: pending, or running, or reserved for one that is coming in. Zero only if there was none. */
    long count() {
        long left = counts.get(LEFT); // read first
        return counts.get(ENTERED) - left;
    }

    /**
     * Has a job enter if there is room.
     *
     * @throws IllegalStateException if the scope is closed
     */
    boolean tryEnter(SpawnedJob<?> job) {
        if (scope.closing.refuses()) {
            throw scope.closing.refusal(job);
        }
        if (somebodyWaits || !reserve()) {
            return false;
        }
        announce(job);
        if (!scope.crew.add(job)) {
            leave();
            scope.closing.news();
            throw scope.closing.refusal(job);
        }
        return true;
    }

    /**
     * Has a job enter, now or when there is room, waiting for at most {@code patience} if there is one. Who has to wait has first
     * others do what they can: it is less to do then to let in many at once than one after the other.
     *
     * @return whether it has entered
     * @throws IllegalStateException if the scope is closed, or closes meanwhile
     */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on yielding but speed
    boolean enter(SpawnedJob<?> job, @Nullable Duration patience) throws InterruptedException {
        if (tryEnter(job)) {
            return true;
        }
        Thread.yield();
        return tryEnter(job) || await(job, patience);
    }

    private void announce(SpawnedJob<?> job) {
        if (scope.events.heard()) {
            scope.publish(at -> new ScopeEvent.JobSpawned(scope, at, job));
        }
        if (job.terms != null) {
            job.terms.entered(job, scope.time);
        }
    }

    private boolean reserve() {
        long entered = counts.get(ENTERED);
        while (most == Long.MAX_VALUE || hasRoom(entered)) {
            long found = counts.compareAndExchange(ENTERED, entered, entered + 1);
            if (found == entered) {
                return true;
            }
            entered = found;
        }
        return false;
    }

    private boolean hasRoom(long entered) {
        if (entered - knownLeft < most) {
            return true;
        }
        long left = counts.get(LEFT);
        knownLeft = left;
        return entered - left < most;
    }

    /** Takes note that a job is no longer pending or running. */
    void leave() {
        counts.getAndIncrement(LEFT);
        if (somebodyWaits) {
            letIn();
        }
    }

    /** Lets in those who wait, as far as there is room. */
    private void letIn() {
        boolean some = false;
        synchronized (this) {
            while (!waiting.isEmpty() && reserve()) {
                Waiting first = waiting.remove();
                announce(first.job);
                boolean entered = scope.crew.enqueue(first.job);
                somebodyWaits = !waiting.isEmpty();
                first.fate = entered ? Fate.ENTERED : Fate.REFUSED;
                first.decided.set();
                some |= entered;
                if (!entered) {
                    counts.getAndIncrement(LEFT);
                    scope.closing.news();
                }
            }
        }
        if (some) {
            scope.crew.dispatch();
        }
    }

    private boolean await(SpawnedJob<?> job, @Nullable Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before spawning \"" + job.name() + "\"");
        }
        var one = new Waiting(job);
        synchronized (this) {
            if (scope.closing.refuses()) {
                throw scope.closing.refusal(job);
            }
            waiting.add(one);
            somebodyWaits = true;
        }
        letIn(); // whoever has left meanwhile did not know
        InterruptedException interrupt = null;
        try {
            if (patience == null) {
                one.decided.await();
            } else {
                one.decided.await(patience);
            }
        } catch (InterruptedException e) {
            interrupt = e;
        }
        return hasEntered(one, interrupt);
    }

    private boolean hasEntered(Waiting one, @Nullable InterruptedException interrupt) throws InterruptedException {
        Fate fate;
        synchronized (this) {
            fate = one.fate;
            if (fate == Fate.OPEN) {
                waiting.remove(one);
                somebodyWaits = !waiting.isEmpty();
            }
        }
        if (fate == Fate.REFUSED) {
            throw scope.closing.refusal(one.job);
        }
        if (fate == Fate.OPEN && interrupt != null) {
            throw interrupt;
        }
        if (interrupt != null) {
            Thread.currentThread().interrupt(); // the job is in; whoever has called learns of both
        }
        return fate == Fate.ENTERED;
    }

    /** Refuses all who wait; the scope is closed. */
    synchronized void refuseAll() {
        for (Waiting one : waiting) {
            one.fate = Fate.REFUSED;
            one.decided.set();
        }
        waiting.clear();
        somebodyWaits = false;
    }
}
