package io.orrery.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A named number of slots that jobs share, also jobs of different workflows: at most so many of them run at once. Slots
 * are given in the order in which they were asked for. Safe for use by any thread.
 *
 * <p>Who needs slots of several limits gets them together or not at all, and never keeps a free slot from others while
 * another one is missing: it lets them pass, and keeps its place in the order of asking. So it may be overtaken by those
 * who need less.
 *
 * <p>Nobody ever blocks in here: who can't have a slot is called back when one may be free. Compared by identity.
 */
public final class Limit {

    /** Guards all that changes in all limits, since some things concern several at once; nothing long is done under it. */
    private static final Object LOCK = new Object();

    private static long lastNumber; // guarded by LOCK, like the next
    private static long lastTicket;
    /** All that are in use; kept only where assertions are on, for tests to see whether a slot is left. */
    private static final Set<Limit> KNOWN = Collections.newSetFromMap(new WeakHashMap<>());

    private final String name;
    private final int slots;
    private final long number;
    final Set<Claim> holding = new LinkedHashSet<>(); // guarded by LOCK, like the next
    private final Set<Claim> waiting = new TreeSet<>(Comparator.comparingLong((Claim claim) -> claim.ticket));

    private Limit(String name, int slots) {
        this.name = name;
        this.slots = slots;
        synchronized (LOCK) {
            this.number = ++lastNumber;
            assert KNOWN.add(this);
        }
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

    /** Its name, for people. */
    public String name() {
        return name;
    }

    /** How many can hold a slot at once. */
    public int slots() {
        return slots;
    }

    /** Who holds a slot now, in the order in which they got it. */
    public List<Object> holders() {
        synchronized (LOCK) {
            return holding.stream().map(claim -> claim.holder).toList();
        }
    }

    /** Who waits for a slot now, the first in line first. */
    public List<Object> waiters() {
        synchronized (LOCK) {
            return waiting.stream().map(claim -> claim.holder).toList();
        }
    }

    /** The claim with which somebody holds a slot now. */
    public Optional<Claim> heldBy(Object holder) {
        synchronized (LOCK) {
            return holding.stream().filter(claim -> claim.holder.equals(holder)).findFirst();
        }
    }

    /** A claim to one slot of this limit by somebody who is inside nobody else; otherwise as the other method. */
    public Claim claim(Object holder, Runnable whenFree) {
        return claim(List.of(this), holder, null, whenFree);
    }

    /**
     * A claim to one slot of each of these limits, none of which is held yet.
     *
     * @param holder who asks; its text stands in explanations
     * @param around the claim, which is held, of somebody who ends only after this one; null if there is nobody
     * @param whenFree called, by any thread, when it is worth trying again after a {@link Claim#tryTake} in vain; must be
     *     short and must not block
     */
    public static Claim claim(Collection<Limit> limits, Object holder, @Nullable Claim around, Runnable whenFree) {
        return new Claim(limits, holder, around, whenFree);
    }

    static List<Limit> known() {
        synchronized (LOCK) {
            return List.copyOf(KNOWN);
        }
    }

    @Override
    public String toString() {
        return "limit \"" + name + "\" (" + slots + (slots == 1 ? " slot)" : " slots)");
    }

    boolean isFull() {
        return holding.size() == slots;
    }

    /** Whether there is a slot for a claim when those who asked before get theirs. */
    private boolean hasOneFor(Claim claim) {
        int free = slots - holding.size();
        for (Claim one : waiting) {
            if (free == 0 || one.ticket >= claim.ticket) {
                break;
            }
            free--;
        }
        return free > 0;
    }

    /** Those whose turn it is, as many of the first in line as there are free slots, and who have not been told. */
    private void callInto(List<Claim> next) {
        int free = slots - holding.size();
        for (Claim claim : waiting) {
            if (free-- == 0) {
                break;
            }
            if (!claim.called) {
                claim.called = true;
                next.add(claim);
            }
        }
    }

    /** That somebody needs a slot of a limit, all of which others hold. */
    public record Wait(Object waiter, Limit limit, List<Object> holders) {}

    /** One claim to slots of one or several limits. Safe for use by any thread. */
    public static final class Claim {
        final Object holder;
        private final List<Limit> limits; // in the order in which they were made, so that all try alike
        private final @Nullable Claim around;
        private final Runnable whenFree;

        // Guarded by LOCK, like all that follows. Its place in the order of asking; 0 if it has not asked.
        private long ticket;
        private boolean holds;
        private @Nullable Limit waitsFor;
        private boolean called; // since it last tried
        private List<Wait> ring = List.of();
        /** Those around which this one is directly, by what they wait for, and those who hold what they asked for. */
        final Map<Limit, Set<Claim>> waitingInside = new LinkedHashMap<>();

        final Set<Claim> holdingInside = new LinkedHashSet<>();

        private Claim(Collection<Limit> limits, Object holder, @Nullable Claim around, Runnable whenFree) {
            this.holder = holder;
            this.limits = limits.stream()
                    .sorted(Comparator.comparingLong(limit -> limit.number))
                    .toList();
            this.around = around;
            this.whenFree = whenFree;
        }

        /**
         * Takes all slots if there is one of each limit and nobody else is first; otherwise waits for the first one that
         * is missing, unless nobody would ever go on then.
         *
         * @return whether it holds them now
         */
        public boolean tryTake() {
            var next = new ArrayList<Claim>();
            boolean taken;
            synchronized (LOCK) {
                if (holds) {
                    return true;
                }
                taken = tryTake(next);
            }
            next.forEach(claim -> claim.whenFree.run());
            return taken;
        }

        private boolean tryTake(List<Claim> next) {
            if (ticket == 0) {
                ticket = ++lastTicket;
            }
            Limit before = leaveLine();
            Limit missing = limits.stream()
                    .filter(limit -> !limit.hasOneFor(this))
                    .findFirst()
                    .orElse(null);
            if (missing == null) {
                take();
            } else {
                joinLine(missing);
                ring = around == null ? List.of() : Ring.around(this, missing);
                if (!ring.isEmpty()) {
                    leaveLine();
                }
            }
            if (before != null) {
                before.callInto(next);
            }
            return holds;
        }

        /** Gives back the slots, or the place in the line; without effect if there is neither. */
        public void release() {
            var next = new ArrayList<Claim>();
            synchronized (LOCK) {
                Limit before = leaveLine();
                if (before != null) {
                    before.callInto(next);
                }
                if (holds) {
                    giveBack();
                    limits.forEach(limit -> limit.callInto(next));
                }
                ticket = 0;
            }
            next.forEach(claim -> claim.whenFree.run());
        }

        /**
         * Those who would have waited for each other for ever, after a {@link #tryTake} in vain which therefore did not
         * get a place in line: this one first, then those who hold what others of them need. Empty if it waits.
         */
        public List<Wait> ring() {
            synchronized (LOCK) {
                return ring;
            }
        }

        private void take() {
            holds = true;
            limits.forEach(limit -> limit.holding.add(this));
            if (around != null) {
                around.holdingInside.add(this);
            }
        }

        private void giveBack() {
            holds = false;
            limits.forEach(limit -> limit.holding.remove(this));
            if (around != null) {
                around.holdingInside.remove(this);
            }
        }

        private void joinLine(Limit limit) {
            waitsFor = limit;
            limit.waiting.add(this);
            if (around != null) {
                around.waitingInside
                        .computeIfAbsent(limit, one -> new LinkedHashSet<>())
                        .add(this);
            }
        }

        private @Nullable Limit leaveLine() {
            Limit limit = waitsFor;
            called = false;
            waitsFor = null;
            if (limit != null) {
                limit.waiting.remove(this);
                if (around != null) {
                    around.waitingInside.computeIfPresent(
                            limit, (one, claims) -> claims.remove(this) && claims.isEmpty() ? null : claims);
                }
            }
            return limit;
        }
    }
}
