package io.orrery.job;

import io.orrery.job.Limit.Claim;
import io.orrery.job.Limit.Wait;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds out who waits for whom: a claim waits for all who hold slots of a limit, until one of them ends; and who holds a
 * slot ends only after all inside. If all slots of a limit are held by those who have somebody inside who waits for such a
 * limit, nobody ever goes on.
 *
 * <p>Such a ring is closed by the last one who waits, never by one who takes a slot, as nobody is inside that one yet; so
 * it is enough to look whenever somebody gets a place in a line. All who wait for one limit inside one holder are looked at
 * as one, so this takes as long as there are slots held, however long the lines are.
 */
final class Ring {

    private Ring() {}

    /** The ring that a claim which waits for a limit is in; empty if somebody can go on. */
    static List<Wait> around(Claim claim, Limit limit) {
        if (!limit.isFull() || limit.holding.stream().anyMatch(Ring::isEmpty)) {
            return List.of();
        }
        Set<Limit> stuck =
                new LinkedHashSet<>(reached(claim, limit, one -> true).keySet());
        while (stuck.removeIf(one -> !isStuck(one, stuck))) {
            if (!stuck.contains(limit)) {
                return List.of();
            }
        }
        return reached(claim, limit, stuck::contains).entrySet().stream()
                .map(entry -> new Wait(entry.getValue().holder, entry.getKey(), holders(entry.getKey())))
                .toList();
    }

    private static List<Object> holders(Limit limit) {
        return limit.holding.stream().map(claim -> claim.holder).toList();
    }

    private static boolean isEmpty(Claim holder) {
        return holder.waitingInside.isEmpty() && holder.holdingInside.isEmpty();
    }

    private static boolean isStuck(Limit limit, Set<Limit> stuck) {
        return limit.isFull()
                && limit.holding.stream()
                        .allMatch(
                                holder -> waitsInside(holder).keySet().stream().anyMatch(stuck::contains));
    }

    /** The limits, beginning with this one, that are waited for inside those who hold the ones before; and by whom. */
    private static Map<Limit, Claim> reached(Claim claim, Limit limit, Predicate<Limit> which) {
        var reached = new LinkedHashMap<Limit, Claim>();
        reached.put(limit, claim);
        var open = new ArrayDeque<>(List.of(limit));
        while (!open.isEmpty()) {
            for (Claim holder : open.remove().holding) {
                waitsInside(holder).forEach((next, waiter) -> {
                    if (which.test(next) && reached.putIfAbsent(next, waiter) == null) {
                        open.add(next);
                    }
                });
            }
        }
        return reached;
    }

    /** What is waited for inside a holder, at any depth, and by whom first. */
    private static Map<Limit, Claim> waitsInside(Claim holder) {
        var waits = new LinkedHashMap<Limit, Claim>();
        var open = new ArrayDeque<>(List.of(holder));
        while (!open.isEmpty()) {
            Claim one = open.remove();
            one.waitingInside.forEach((limit, claims) ->
                    waits.putIfAbsent(limit, claims.iterator().next()));
            open.addAll(one.holdingInside);
        }
        return waits;
    }
}
