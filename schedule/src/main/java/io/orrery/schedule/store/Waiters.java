package io.orrery.schedule.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cells in memory whose fires wait for places of limits: first greater priorities, then who waits longer. Of one thread. */
final class Waiters {

    private static final Comparator<Waiter> ORDER = Comparator.comparingInt((Waiter one) -> -one.priority)
            .thenComparing(Waiter::since)
            .thenComparingLong(one -> one.number);

    private final Places places;
    private final Consumer<TimedCell> free;
    private final Map<String, TreeSet<Waiter>> lines = new HashMap<>();
    private final Map<TimedCell, Waiter> known = new IdentityHashMap<>();
    private long last;

    private record Waiter(TimedCell cell, String limit, int priority, Instant since, long number) {}

    /** @param free told which cells do not wait any more */
    Waiters(Places places, Consumer<TimedCell> free) {
        this.places = places;
        this.free = free;
    }

    /** Takes a cell into the line that it waits in, if it waits, and out of any other one. */
    void settle(TimedCell cell) {
        remove(cell);
        String limit = cell.blockedOn();
        if (limit != null) {
            var waiter = new Waiter(cell, limit, cell.row().schedule().policy().priority(), cell.waitsSince(), ++last);
            known.put(cell, waiter);
            lines.computeIfAbsent(limit, one -> new TreeSet<>(ORDER)).add(waiter);
        }
    }

    void remove(TimedCell cell) {
        Waiter waiter = known.isEmpty() ? null : known.remove(cell);
        if (waiter != null) {
            TreeSet<Waiter> line = lines.get(waiter.limit);
            if (line != null && line.remove(waiter) && line.isEmpty()) {
                lines.remove(waiter.limit);
            }
        }
    }

    /** Lets those wait no more for whom there are places of a limit now. */
    void call(String limit) {
        for (int called = 0; ; ) {
            TreeSet<Waiter> line = lines.get(limit);
            if (line == null) {
                return;
            }
            TimedCell cell = line.first().cell;
            @Nullable String missing = places.missing(cell.row().schedule());
            int most = cell.row().schedule().places().getOrDefault(limit, Integer.MAX_VALUE);
            if (limit.equals(missing) || places.taken(limit) + called >= most) {
                return;
            }
            cell.block(missing);
            settle(cell);
            if (missing == null) {
                called++;
                free.accept(cell);
            }
        }
    }
}
