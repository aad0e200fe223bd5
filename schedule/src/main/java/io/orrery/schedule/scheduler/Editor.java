package io.orrery.schedule.scheduler;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.schedule.trigger.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people do to schedules that are in their stores. Each change reads the row and writes it with the version that it has
 * read; if somebody else was faster, it begins anew. Safe for use by any thread.
 */
final class Editor {

    private final Engine engine;
    private final Definitions definitions;
    private Instant lastManual = Instant.MIN; // guarded by this

    Editor(Engine engine) {
        this.engine = engine;
        this.definitions = new Definitions(engine.setup);
    }

    private Instant now() {
        return engine.time().instant();
    }

    /** A schedule and where it is. */
    record Found(StoreDesk desk, StoredSchedule stored) {
        ScheduleRow row() {
            return stored.row();
        }
    }

    Optional<Found> find(String id) {
        return find(id, engine.stores.values().stream());
    }

    private static Optional<Found> find(String id, Stream<StoreDesk> desks) {
        return desks.flatMap(desk -> desk.store.find(id).map(stored -> new Found(desk, stored)).stream())
                .findFirst();
    }

    private Found found(String id) {
        return find(id).orElseThrow(() -> new NoSuchScheduleException(id));
    }

    private StoreDesk desk(String alias) {
        StoreDesk desk = engine.stores.get(alias);
        if (desk == null) {
            throw new IllegalArgumentException(
                    "A store is found by its alias, but there is none with the alias \"" + alias + "\". Known aliases: "
                            + String.join(", ", new TreeSet<>(engine.stores.keySet())) + ". Add it.");
        }
        return desk;
    }

    static ScheduleInfo info(StoredSchedule stored) {
        ScheduleRow row = stored.row();
        return new ScheduleInfo(
                row.schedule(), row.state(), row.due(), stored.running(), stored.waiting(), row.history());
    }

    // ----------------------------------------------------------------------------------------------------- add

    /** @param notBefore the moment before which nothing fires first; null for none */
    ScheduleInfo add(Schedule schedule, OnConflict onConflict, @Nullable Instant notBefore) {
        StoreDesk desk = desk(schedule.store());
        Schedule prepared = definitions.prepared(schedule, desk.store.isLocal(), now());
        requireExecutor(prepared);
        while (true) {
            Found old = elsewhere(schedule).orElse(null);
            if (old == null) {
                ScheduleRow row = delayed(definitions.row(prepared, now()), notBefore);
                if (write(desk, Step.write(row))) { // refused if there is one of its id
                    return added(desk, row);
                }
                old = find(schedule.id(), Stream.of(desk)).orElse(null);
            }
            ScheduleInfo info = old == null ? null : existing(old, schedule, prepared, onConflict);
            if (info != null) {
                return info;
            }
        }
    }

    /** One of its id in another store than its own. */
    private Optional<Found> elsewhere(Schedule schedule) {
        return find(
                schedule.id(), engine.stores.values().stream().filter(desk -> !desk.alias.equals(schedule.store())));
    }

    /** Null if somebody else was faster. */
    private @Nullable ScheduleInfo existing(Found old, Schedule schedule, Schedule prepared, OnConflict onConflict) {
        return old.row().schedule().says(schedule.work(prepared.work()).policy(prepared.policy()))
                ? info(old.stored())
                : conflicting(old, prepared, onConflict);
    }

    private void requireExecutor(Schedule schedule) {
        JobExecutor executor = engine.executors.get(schedule.executor());
        if (executor == null) {
            throw new IllegalArgumentException("The schedule \"" + schedule.id() + "\" wants the executor \""
                    + schedule.executor() + "\", but there is none. Known aliases: "
                    + String.join(", ", new TreeSet<>(engine.executors.keySet())) + ". Add it first.");
        }
        executor.check(schedule);
    }

    private static ScheduleRow delayed(ScheduleRow row, @Nullable Instant notBefore) {
        Instant due = row.due();
        return notBefore == null || due == null || !due.isBefore(notBefore)
                ? row
                : row.standing(row.state(), notBefore);
    }

    private ScheduleInfo added(StoreDesk desk, ScheduleRow row) {
        engine.news.log(System.Logger.Level.INFO, row.id() + ": added");
        engine.news.tell(desk.alias, origin -> new ScheduleEvent.Added(origin, row.id()));
        if (row.state() == ScheduleState.FINISHED && !row.schedule().isKeptWhenFinished()) {
            engine.news.log(System.Logger.Level.WARNING, row.id() + ": its trigger has no time left");
            engine.news.removed(desk.alias, row.id());
        }
        return new ScheduleInfo(row.schedule(), row.state(), row.due(), List.of(), List.of(), row.history());
    }

    /** Null if somebody else was faster. */
    private @Nullable ScheduleInfo conflicting(Found old, Schedule schedule, OnConflict onConflict) {
        String id = schedule.id();
        if (onConflict == OnConflict.FAIL || !old.desk.alias.equals(schedule.store())) {
            throw new ScheduleConflictException(
                    id,
                    "An id stands for one schedule, but \"" + id + "\" is taken, in the store \"" + old.desk.alias
                            + "\", by " + old.row().schedule()
                            + ". Choose another id, or say what to do with OnConflict.REPLACE, KEEP or UPDATE.");
        }
        if (onConflict == OnConflict.KEEP) {
            return info(old.stored());
        }
        boolean anew = onConflict == OnConflict.REPLACE;
        ScheduleRow row = old.row();
        ScheduleRow changed = anew ? anew(row, definitions.row(schedule, now())) : row.saying(schedule);
        if (!write(old.desk, Step.write(changed))) {
            return null;
        }
        engine.news.tell(
                old.desk.alias,
                origin -> anew
                        ? new ScheduleEvent.Added(origin, id)
                        : new ScheduleEvent.Modified(origin, id, "definition"));
        return find(id).map(found -> info(found.stored())).orElseGet(() -> info(old.stored()));
    }

    private static ScheduleRow anew(ScheduleRow old, ScheduleRow row) {
        return new ScheduleRow(
                row.schedule(), old.version(), row.state(), row.due(), old.live(), old.waiting(), row.history());
    }

    private boolean write(StoreDesk desk, Step step) {
        long before = engine.time().nanos();
        Takings.Given<@Nullable List<Lease>> given = desk.takings
                .<@Nullable List<Lease>>ask(() -> desk.store.write(step), leases -> leases == null ? List.of() : leases)
                .orElseThrow(
                        () -> new IllegalArgumentException("A store is used as long as it is there, but \"" + desk.alias
                                + "\" is just being removed, or the scheduler shut down. Add it again, start"
                                + " the scheduler again, or use another one."));
        if (given.answer == null) {
            return false;
        }
        begin(desk, step, given, before);
        if (step.what() == Step.What.CANCEL_LIVE) {
            engine.cancel(desk, step, "its schedule was " + step.row().state().word(), null);
        }
        Instant due = step.row().due();
        desk.bell.ringBefore(due == null ? now() : due);
        return true;
    }

    private void begin(StoreDesk desk, Step step, Takings.Given<?> given, long before) {
        try {
            if (step.what() != Step.What.WRITE) {
                engine.awaited.dropped(step.row().id());
            }
            Lease lease;
            while ((lease = desk.takings.next(given, Integer.MAX_VALUE)) != null) {
                engine.submit(desk, given, lease, before);
            }
        } finally {
            desk.takings.dealt(given);
        }
    }

    // -------------------------------------------------------------------------------------------------- change

    /** Changes a row until nobody else was faster; tells what was done unless nothing was. */
    private Optional<ScheduleInfo> change(String id, String what, UnaryOperator<ScheduleRow> change) {
        while (true) {
            Found found = found(id);
            ScheduleRow row = change.apply(found.row());
            if (row.equals(found.row())) {
                return Optional.of(info(found.stored()));
            }
            if (write(found.desk, changing(row))) {
                engine.news.log(System.Logger.Level.INFO, id + ": " + what);
                engine.news.tell(found.desk.alias, origin -> new ScheduleEvent.Modified(origin, id, what));
                Optional<Found> after = find(id);
                if (after.isEmpty()) {
                    engine.news.removed(found.desk.alias, id);
                }
                return after.map(one -> info(one.stored()));
            }
        }
    }

    Optional<ScheduleInfo> update(String id, UnaryOperator<Schedule> change) {
        return change(id, "definition", row -> {
            Schedule old = row.schedule();
            Schedule changed = change.apply(old);
            if (!changed.id().equals(id) || !changed.store().equals(old.store())) {
                throw new IllegalArgumentException("The id and the store of a schedule stay, but \"" + id + "\" in \""
                        + old.store() + "\" would become \"" + changed.id() + "\" in \"" + changed.store()
                        + "\". Remove it, and add another one.");
            }
            Schedule prepared =
                    definitions.prepared(changed, desk(old.store()).store.isLocal(), now());
            requireExecutor(prepared);
            return old.says(prepared) ? row : row.saying(prepared);
        });
    }

    Optional<ScheduleInfo> reschedule(String id, Trigger trigger) {
        return change(id, "trigger", row -> definitions.rescheduled(row, trigger, now()));
    }

    void pause(String id) {
        change(id, "paused", Definitions::paused);
    }

    Optional<ScheduleInfo> resume(String id) {
        Optional<ScheduleInfo> resumed = change(id, "resumed", row -> definitions.resumed(row, now()));
        engine.wake(); // fires of it may have waited for that
        return resumed;
    }

    void pauseAll() {
        changeAll(ScheduleState.SCHEDULED, "paused", Definitions::paused);
    }

    void resumeAll() {
        changeAll(ScheduleState.PAUSED, "resumed", row -> definitions.resumed(row, now()));
        engine.wake();
    }

    /** Changes all that are in a state; those that have left it, or are gone, when it is their turn stay as they are. */
    private void changeAll(ScheduleState state, String what, UnaryOperator<ScheduleRow> change) {
        for (StoreDesk desk : engine.stores.values()) {
            for (StoredSchedule stored : desk.store.all()) {
                String id = stored.row().id();
                if (stored.row().state() == state) {
                    changeIfThere(id, what, row -> row.state() == state ? change.apply(row) : row);
                }
            }
        }
    }

    private void changeIfThere(String id, String what, UnaryOperator<ScheduleRow> change) {
        try {
            change(id, what, change);
        } catch (NoSuchScheduleException e) {
            engine.news.log(System.Logger.Level.DEBUG, id + ": gone before it could be " + what);
        }
    }

    void remove(String id) {
        while (true) {
            Found found = found(id);
            Step step = removing(found.row());
            if (write(found.desk, step)) {
                engine.news.log(System.Logger.Level.INFO, id + ": removed");
                if (step.what() == Step.What.REMOVE) { // else its end says so
                    engine.news.removed(found.desk.alias, id);
                }
                return;
            }
        }
    }

    /** A lifecycle would never end by itself, wherever it runs. */
    private boolean runsOn(ScheduleRow row) {
        return row.live() > 0 && engine.isLifecycle(row.schedule());
    }

    private Step changing(ScheduleRow row) {
        return row.state() != ScheduleState.SCHEDULED && runsOn(row) ? cancelling(row) : Step.write(row);
    }

    /** Removes a row; what still has to stop goes with the last of its fires. */
    private Step removing(ScheduleRow row) {
        return runsOn(row) ? cancelling(row.standing(ScheduleState.FINISHED, null)) : Step.remove(row);
    }

    private static Step cancelling(ScheduleRow row) {
        return new Step(row, Step.What.CANCEL_LIVE, List.of(), List.of(), List.of());
    }

    void removeAll(StoreDesk desk) {
        for (StoredSchedule stored : desk.store.all()) {
            Optional<StoredSchedule> one = Optional.of(stored);
            while (one.isPresent() && !write(desk, removing(one.get().row()))) {
                one = desk.store.find(stored.row().id());
            }
        }
        engine.news.tell(desk.alias, ScheduleEvent.AllRemoved::new);
    }

    // ------------------------------------------------------------------------------------------------- run now

    /** @param last whether the schedule has finished with it */
    FiredJob runNow(String id, boolean last) {
        while (true) {
            Found found = found(id);
            ScheduleRow row = found.row();
            requireExecutor(row.schedule());
            Fire fire = Fire.manual(id, manualMoment());
            int most = row.schedule().policy().maxInstances();
            if (row.live() >= most && row.schedule().policy().overlap() != Overlap.ALLOW_ALL) {
                engine.news.overlapped(found.desk.alias, id, Skip.one(fire.at(), Skip.Reason.OVERLAP));
                throw new MaxInstancesException(id, most);
            }
            FiredJob job = engine.awaited.add(fire, engine.time().signal());
            if (write(found.desk, Step.start(last ? row.standing(ScheduleState.FINISHED, null) : row, fire))) {
                return job;
            }
            engine.awaited.forget(job);
        }
    }

    /** No two manual fires have one moment. */
    private synchronized Instant manualMoment() {
        Instant now = now();
        lastManual = now.isAfter(lastManual) ? now : lastManual.plusNanos(1);
        return lastManual;
    }
}
