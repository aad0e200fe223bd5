package io.orrery.schedule.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Schedules in memory, by id and by time: all of what a store does that keeps them there, be it alone or beside files. Not
 * safe for use by several threads.
 */
final class Shelf {

    private static final Comparator<StoredSchedule> ORDER = Comparator.comparing(
                    (StoredSchedule stored) -> due(stored.row()))
            .thenComparing(stored -> stored.row().id());

    private final StoreSite site;
    private final boolean shared; // with other nodes
    /** Called with each cell that was changed, at once; may throw a {@link StoreException}. */
    private final Consumer<Cell> changed;

    private final Map<String, Cell> cells = new HashMap<>();
    private final Wheel wheel;

    private Shelf(StoreSite site, boolean shared, Consumer<Cell> changed) {
        this.site = site;
        this.shared = shared;
        this.changed = changed;
        this.wheel = new Wheel(nanos(now()));
    }

    /** One that is this node's alone. */
    static Shelf alone(StoreSite site) {
        return new Shelf(site, /* shared= */ false, cell -> {});
    }

    /** One whose leases others may take over. */
    static Shelf shared(StoreSite site, Consumer<Cell> changed) {
        return new Shelf(site, /* shared= */ true, changed);
    }

    private Cell.Grant grant(Instant now) {
        return new Cell.Grant(site.node(), now, shared ? now.plus(site.lease()) : Instant.MAX);
    }

    private static Instant due(ScheduleRow row) {
        Instant due = row.due();
        return due == null ? Instant.MAX : due;
    }

    private Instant now() {
        return site.time().instant();
    }

    /** Nanoseconds since 1970; what is out of range is at its end. */
    private static long nanos(Instant moment) {
        long seconds = moment.getEpochSecond();
        return seconds >= Long.MAX_VALUE / 1_000_000_000
                ? Long.MAX_VALUE
                : seconds < 0 ? 0 : seconds * 1_000_000_000 + moment.getNano();
    }

    Collection<Cell> cells() {
        return cells.values();
    }

    @Nullable
    Cell cell(String id) {
        return cells.get(id);
    }

    /** Puts a cell in the place of that of its id. */
    void put(Cell cell) {
        forget(cell.row.id());
        cells.put(cell.row.id(), cell);
        arm(cell);
    }

    void forget(String id) {
        Cell old = cells.remove(id);
        if (old != null) {
            wheel.remove(old);
        }
    }

    private void arm(Cell cell) {
        Instant look = cell.look();
        if (!look.equals(Instant.MAX)) {
            wheel.add(cell, nanos(look));
        }
    }

    private void rearm(Cell cell) {
        wheel.remove(cell);
        if (cells.get(cell.row.id()) == cell) {
            arm(cell);
        }
    }

    Optional<StoredSchedule> find(String id) {
        return Optional.ofNullable(cells.get(id)).map(Cell::view);
    }

    List<StoredSchedule> all() {
        return cells.values().stream().map(Cell::view).sorted(ORDER).toList();
    }

    @Nullable
    List<Lease> write(Step step) {
        String id = step.row().id();
        Cell cell = cells.get(id);
        if ((cell == null ? 0 : cell.row.version()) != step.row().version()) {
            return null;
        }
        if (cell == null) {
            cell = new Cell(step.row());
            cells.put(id, cell);
        }
        List<Lease> leases = apply(cell, step);
        rearm(cell);
        changed.accept(cell);
        return leases;
    }

    private List<Lease> apply(Cell cell, Step step) {
        List<Lease> leases = cell.apply(step, grant(now()));
        if (step.what() == Step.What.REMOVE || cell.isOver()) {
            cells.remove(cell.row.id());
        }
        return leases;
    }

    Instant nextLook() {
        long next = wheel.next();
        return next == Long.MAX_VALUE ? Instant.MAX : Instant.EPOCH.plusNanos(next);
    }

    Taken take(int limit, Function<ScheduleRow, Step> decision) {
        Instant now = now();
        long nanos = nanos(now);
        List<Step> steps = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        List<Cell> strangers = new ArrayList<>();
        int count = 0;
        for (; count < limit; count++) {
            if (!(wheel.poll(nanos) instanceof Cell cell)) {
                break;
            }
            if (!site.runs(cell.row.schedule())) {
                strangers.add(cell);
                continue;
            }
            List<Lease> taken = new ArrayList<>(cell.claim(grant(now)));
            Step step = cell.isDue(now) ? decision.apply(cell.row) : null;
            if (step != null) {
                taken.addAll(apply(cell, step));
            }
            rearm(cell);
            try {
                changed.accept(cell);
            } catch (StoreException e) {
                if (leases.isEmpty() && steps.isEmpty()) {
                    throw e;
                }
                break;
            }
            leases.addAll(taken);
            if (step != null) {
                steps.add(step);
            }
        }
        for (Cell stranger : strangers) {
            wheel.add(
                    stranger, nanos(now.plus(site.lease()))); // for another node; or this one, when it knows more jobs
        }
        return new Taken(steps, leases, count == limit);
    }

    Completed complete(Completion completion) {
        Cell cell = cells.get(completion.lease().schedule().id());
        if (cell == null) {
            return Completed.GONE;
        }
        Completed completed = cell.complete(completion, now());
        if (completed != Completed.REFUSED) {
            if (completed == Completed.ACCEPTED_AND_REMOVED) {
                cells.remove(cell.row.id());
            }
            rearm(cell);
            changed.accept(cell);
        }
        return completed;
    }

    /** Takes the leases away from nodes that are no more. */
    List<Lease> lost(Function<String, Boolean> isGone) {
        List<Lease> abandoned = new ArrayList<>();
        for (Cell cell : List.copyOf(cells.values())) {
            long version = cell.row.version();
            abandoned.addAll(cell.lost(isGone, now()));
            if (cell.row.version() != version) {
                if (cell.isOver()) {
                    cells.remove(cell.row.id());
                }
                rearm(cell);
                changed.accept(cell);
            }
        }
        return abandoned;
    }
}
