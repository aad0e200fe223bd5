package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Consumer<TimedCell> changed;

    private final Cells cells = new Cells();
    private final Wheel wheel;
    private final Places places = new Places();
    private final Waiters waiters = new Waiters(places, this::rearm);

    private Shelf(StoreSite site, boolean shared, Consumer<TimedCell> changed) {
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
    static Shelf shared(StoreSite site, Consumer<TimedCell> changed) {
        return new Shelf(site, /* shared= */ true, changed);
    }

    private Cell.Grant grant(Instant now) {
        return new Cell.Grant(site.node(), now, shared ? now.plus(site.lease()) : Instant.MAX, site.zone(), places);
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

    Collection<TimedCell> cells() {
        return cells;
    }

    @Nullable
    TimedCell cell(String id) {
        return cells.get(id);
    }

    /** Puts a cell in the place of that of its id. */
    void put(TimedCell cell) {
        forget(cell.row().id());
        cells.put(cell);
        places.add(cell.row().schedule(), cell.leased());
        arm(cell);
    }

    void forget(String id) {
        TimedCell old = cells.get(id);
        if (old != null) {
            cells.remove(old);
            wheel.remove(old);
            waiters.remove(old);
            places.add(old.row().schedule(), -old.leased());
            call(old.row().schedule());
        }
    }

    /** Lets those look again for whom there may be places now. */
    private void call(Schedule schedule) {
        if (schedule.isLimited()) {
            schedule.places().keySet().forEach(waiters::call);
        }
    }

    private void rearm(TimedCell cell) {
        wheel.remove(cell);
        arm(cell);
    }

    private void arm(TimedCell cell) {
        Instant look = cell.look();
        if (!look.equals(Instant.MAX)) {
            cell.priority = cell.row().schedule().policy().priority();
            wheel.add(cell, nanos(look));
        }
    }

    /** Puts a cell that was changed where it belongs, which is nowhere if it is over. */
    private void settle(TimedCell cell, boolean over, Schedule before) {
        wheel.remove(cell);
        if (over) {
            cells.remove(cell);
            waiters.remove(cell);
        } else {
            waiters.settle(cell);
            arm(cell);
        }
        Schedule after = cell.row().schedule();
        call(after);
        if (!before.limits().equals(after.limits())
                || !before.policy().maxOfJob().equals(after.policy().maxOfJob())) {
            call(before);
        }
    }

    Optional<StoredSchedule> find(String id) {
        return Optional.ofNullable(cells.get(id)).map(TimedCell::view);
    }

    List<StoredSchedule> all() {
        return cells.stream().map(TimedCell::view).sorted(ORDER).toList();
    }

    @Nullable
    List<Lease> write(Step step) {
        String id = step.row().id();
        TimedCell cell = cells.get(id);
        if ((cell == null ? 0 : cell.row().version()) != step.row().version()) {
            return null;
        }
        if (cell == null) {
            cell = new TimedCell(step.row());
            cells.put(cell);
        }
        Schedule before = cell.row().schedule();
        List<Lease> leases = cell.apply(step, grant(now()));
        settle(cell, isOver(cell, step), before);
        changed.accept(cell);
        return leases;
    }

    private static boolean isOver(TimedCell cell, Step step) {
        return step.what() == Step.What.REMOVE || cell.isOver();
    }

    Instant nextLook() {
        long next = wheel.next();
        return next == Long.MAX_VALUE ? Instant.MAX : Instant.EPOCH.plusNanos(next);
    }

    Taken take(int limit, Function<ScheduleRow, Step> decision) {
        Instant now = now();
        long nanos = nanos(now);
        Cell.Grant grant = grant(now);
        var taken = new Taken(new ArrayList<>(), new ArrayList<>(), false);
        List<TimedCell> strangers = new ArrayList<>();
        int count = 0;
        for (; count < limit; count++) {
            TimedCell cell = wheel.poll(nanos);
            if (cell == null) {
                break;
            }
            if (!site.runs(cell.row().schedule())) {
                strangers.add(cell);
                call(cell.row().schedule()); // it may have been called, and takes no place
                continue;
            }
            if (!hand(cell, decision, grant, taken)) {
                break;
            }
        }
        for (TimedCell stranger : strangers) {
            wheel.add(stranger, nanos(now.plus(site.lease()))); // for another node; or this one, when it knows more
        }
        return new Taken(taken.steps(), taken.leases(), count == limit);
    }

    /** Adds what comes of a cell that is due; returns whether others may be looked at now. Throws only if nothing has come before. */
    private boolean hand(TimedCell cell, Function<ScheduleRow, Step> decision, Cell.Grant grant, Taken taken) {
        boolean isFirst = taken.leases().isEmpty() && taken.steps().isEmpty();
        Schedule before = cell.row().schedule();
        Step step;
        try {
            step = cell.isDue(grant.now()) ? decision.apply(cell.row()) : null;
        } catch (RuntimeException | Error e) {
            arm(cell);
            if (isFirst) {
                throw e;
            }
            return false;
        }
        List<Lease> claimed = cell.claim(grant);
        List<Lease> started = step == null ? List.of() : cell.apply(step, grant);
        settle(cell, step != null && isOver(cell, step), before);
        if (claimed.isEmpty() && step == null) {
            return true; // there is no place for it
        }
        if (!isWritten(cell, isFirst)) {
            return false;
        }
        claimed.forEach(taken.leases()::add);
        started.forEach(taken.leases()::add);
        if (step != null) {
            taken.steps().add(step);
        }
        return true;
    }

    /** Whether it could be written; throws if it could not, and there is nothing else to tell. */
    private boolean isWritten(TimedCell cell, boolean first) {
        try {
            changed.accept(cell);
            return true;
        } catch (StoreException e) {
            if (first) {
                throw e;
            }
            return false;
        }
    }

    private @Nullable TimedCell cell(Lease lease) {
        return lease.handle() instanceof TimedCell known && cells.has(known)
                ? known
                : cells.get(lease.schedule().id());
    }

    Completed complete(Completion completion) {
        TimedCell cell = cell(completion.lease());
        if (cell == null) {
            return Completed.GONE;
        }
        Completed completed = cell.complete(completion, grant(now()));
        if (completed != Completed.REFUSED) {
            boolean over = completed == Completed.ACCEPTED_AND_REMOVED;
            settle(cell, over, cell.row().schedule());
            changed.accept(cell);
            if (over) {
                cell.letGo();
            }
        }
        return completed;
    }

    /** What came to light when leases were taken away. */
    record Loss(List<Lease> abandoned, List<ScheduleRow> asked) {

        Loss() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void clear() {
            abandoned.clear();
            asked.clear();
        }
    }

    /** Takes the leases away from nodes that are no more. */
    void lost(Function<String, Boolean> isGone, Loss loss) {
        for (TimedCell cell : List.copyOf(cells)) {
            ScheduleRow before = cell.row();
            List<Lease> abandoned = cell.lost(isGone, grant(now()));
            if (cell.row().version() == before.version()) {
                continue;
            }
            settle(cell, cell.isOver(), before.schedule());
            changed.accept(cell);
            loss.abandoned.addAll(abandoned);
            if (cell.row().state() == ScheduleState.QUARANTINED && before.state() != ScheduleState.QUARANTINED) {
                loss.asked.add(cell.row());
            }
        }
    }

    /** Lets others run what this node holds of these. */
    void giveBack(Predicate<Held> which) {
        Cell.Grant grant = grant(now());
        for (TimedCell cell : List.copyOf(cells)) {
            if (cell.giveBack(which, grant)) {
                settle(cell, cell.isOver(), cell.row().schedule());
                changed.accept(cell);
            }
        }
    }
}
