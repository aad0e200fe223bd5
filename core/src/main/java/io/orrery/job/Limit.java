package io.orrery.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A named number of slots that jobs share, also jobs of different workflows: at most so many of them run at once. Slots
 * are given in the order in which they were asked for. Safe for use by any thread.
 *
 * <p>Nobody ever blocks in here: who can't have a slot is called back when one may be free. Compared by identity.
 */
public final class Limit {

    private static final AtomicLong COUNT = new AtomicLong();

    private final String name;
    private final int slots;
    private final long number = COUNT.incrementAndGet();
    private final LinkedHashSet<Claim> holding = new LinkedHashSet<>(); // guarded by this
    private final LinkedHashSet<Claim> waiting = new LinkedHashSet<>(); // guarded by this, in order of arrival

    private Limit(String name, int slots) {
        this.name = name;
        this.slots = slots;
    }

    /**
     * A limit of its own; two limits of the same name are two limits.
     *
     * @throws IllegalArgumentException if {@code slots} is less than 1
     */
    public static Limit named(String name, int slots) {
        Rules.require(slots >= 1, "A limit needs at least one slot", slots, "Leave the limit out for none");
        return new Limit(name, slots);
    }

    /**
     * The order in which everybody is to take several limits: that in which they were made. If one took them in another
     * order, two could each be first in the line that the other one needs.
     */
    public static List<Limit> inOrder(Collection<Limit> limits) {
        return limits.stream()
                .sorted(Comparator.comparingLong(limit -> limit.number))
                .toList();
    }

    /** Its name, for people. */
    public String name() {
        return name;
    }

    /** How many can hold a slot at once. */
    public int slots() {
        return slots;
    }

    /** Who holds a slot now, in the order in which they got it. */
    public synchronized List<Object> holders() {
        return holding.stream().map(claim -> claim.holder).toList();
    }

    /** Who waits for a slot now, the first in line first. */
    public synchronized List<Object> waiters() {
        return waiting.stream().map(claim -> claim.holder).toList();
    }

    /**
     * A claim to one slot, which is not held yet.
     *
     * @param holder who asks; its text stands in explanations
     * @param whenFree called, by any thread, when it is worth trying again after a {@link Claim#tryTake} in vain; must be
     *     short and must not block
     */
    public Claim claim(Object holder, Runnable whenFree) {
        return new Claim(holder, whenFree);
    }

    @Override
    public String toString() {
        return "limit \"" + name + "\" (" + slots + (slots == 1 ? " slot)" : " slots)");
    }

    private synchronized boolean tryTake(Claim claim) {
        if (holding.contains(claim)) {
            return true;
        }
        waiting.add(claim);
        if (!served().contains(claim)) {
            return false;
        }
        waiting.remove(claim);
        holding.add(claim);
        return true;
    }

    /** Those who may take a slot now: as many of the first in line as there are free slots. */
    private List<Claim> served() {
        var served = new ArrayList<Claim>();
        int free = slots - holding.size();
        for (Claim claim : waiting) {
            if (served.size() == free) {
                break;
            }
            served.add(claim);
        }
        return served;
    }

    private void release(Claim claim) {
        List<Claim> next;
        synchronized (this) {
            if (!holding.remove(claim) && !waiting.remove(claim)) {
                return;
            }
            next = served();
        }
        next.forEach(one -> one.whenFree.run());
    }

    /** One claim to one slot of a limit. Safe for use by any thread. */
    public final class Claim {
        private final Object holder;
        private final Runnable whenFree;

        private Claim(Object holder, Runnable whenFree) {
            this.holder = holder;
            this.whenFree = whenFree;
        }

        /** The limit it is a claim to. */
        public Limit limit() {
            return Limit.this;
        }

        /** Takes a slot if one is free and nobody else is first; otherwise gets, or keeps, a place in the line. */
        public boolean tryTake() {
            return Limit.this.tryTake(this);
        }

        /** Gives back the slot, or the place in the line; without effect if there is neither. */
        public void release() {
            Limit.this.release(this);
        }
    }
}
