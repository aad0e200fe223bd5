package io.orrery.store.jdbc;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Steps that somebody wants: additions, changes, removals. Those of many threads go together. */
final class Writes {

    private static final int MOST = 2_000;

    private final Session session;
    private final Hints hints;
    private final GroupCommit<Step, Optional<List<Lease>>> group = new GroupCommit<>(2, MOST, this::run);

    /** What became of some steps: for each its leases, or nothing if its version was another one. */
    private record Result(List<Optional<List<Lease>>> leases, List<Sheet> sheets, long earliest) {}

    Writes(Session session, Hints hints) {
        this.session = session;
        this.hints = hints;
    }

    /** Writes a step in a transaction of its own, or with others. */
    Optional<List<Lease>> write(Step step) {
        session.sheets.check(step.row().schedule());
        return group.submit(step);
    }

    private List<Optional<List<Lease>>> run(List<Step> steps) {
        Result result =
                session.transact("write schedules", (connection, now) -> in(connection, now, steps), this::note);
        return result.leases();
    }

    private void note(Result result) {
        for (int i = 0; i < result.leases().size(); i++) {
            Sheet sheet = result.sheets().get(i);
            result.leases().get(i).ifPresent(leases -> leases.forEach(lease -> session.leases.add(lease, sheet)));
        }
        if (session.horizon.earlier(result.earliest())) {
            session.site.wake().run();
        }
        hints.tell(result.earliest());
    }

    /** Writes a step in somebody's transaction: nothing of it is there before that is committed. */
    Optional<List<Lease>> writeWithin(Connection connection, Step step) throws SQLException {
        session.sheets.check(step.row().schedule());
        if (!step.starting().isEmpty()) {
            throw new IllegalStateException("Within a transaction of yours nothing can be started at once, but \""
                    + step.row().id() + "\" is. Do that after the commit.");
        }
        long now = session.database.now(connection); // who gets no lease may have been replaced
        Result result = in(connection, now, List.of(step));
        hints.tellWithin(connection, result.earliest());
        return result.leases().getFirst();
    }

    private Result in(Connection connection, long now, List<Step> steps) throws SQLException {
        Map<String, Sheet> known = known(connection, steps);
        List<Schedule> needing = steps.stream()
                .filter(step -> step.row().version() > 0 || !step.starting().isEmpty())
                .map(step -> step.row().schedule())
                .toList();
        Limits.Locked limits = session.limits.lock(connection, known.values(), needing);
        var batch = new Batch(known, now, session.grant(now, limits));
        steps.forEach(batch::apply);
        Set<String> taken = store(connection, batch.fresh, batch.changed, batch.removed);
        taken.forEach(id -> batch.undo(id));
        long called = limits.settle(connection, batch.present(taken), batch.removed.values(), now);
        batch.runs.write(connection, session.nodes.owner());
        session.nodes.tell(connection, batch.owners);
        for (int i = 0; i < steps.size(); i++) {
            if (taken.contains(steps.get(i).row().id())) {
                batch.leases.set(i, Optional.empty());
            }
        }
        return new Result(batch.leases, batch.used, Math.min(called, earliest(batch.fresh, batch.changed)));
    }

    /** What the steps of one transaction make of the schedules. */
    private final class Batch {
        final Map<String, Sheet> sheets;
        final Map<String, Sheet> fresh = new LinkedHashMap<>();
        final Map<String, Sheet> changed = new LinkedHashMap<>();
        final Map<String, Sheet> removed = new LinkedHashMap<>();
        final Runs.Entries runs;
        final List<Optional<List<Lease>>> leases = new ArrayList<>();
        final List<Sheet> used = new ArrayList<>();
        final List<Long> owners = new ArrayList<>(); // of leases that change
        private final Cell.Grant grant;

        Batch(Map<String, Sheet> sheets, long now, Cell.Grant grant) {
            this.sheets = sheets;
            this.grant = grant;
            this.runs = session.runs.entries(session.nodes.name(), now);
        }

        void apply(Step step) {
            String id = step.row().id();
            Sheet known = sheets.get(id);
            Sheet sheet = known == null ? Sheet.fresh(new Cell(step.row())) : known;
            used.add(sheet);
            if ((known == null ? 0 : known.cell.row().version()) != step.row().version()) {
                leases.add(Optional.empty());
                return;
            }
            if (known == null) {
                sheets.put(id, sheet);
                fresh.put(id, sheet);
            } else if (!fresh.containsKey(id)) {
                changed.put(id, sheet);
            }
            owners.addAll(Renewals.owners(sheet, step));
            leases.add(Optional.of(session.dated(Writes.apply(sheet, step, grant, runs))));
            if (step.what() == Step.What.REMOVE || sheet.cell.isOver()) {
                sheets.remove(id);
                if (fresh.remove(id) == null) {
                    removed.put(id, sheet);
                    changed.remove(id);
                }
            }
        }

        /** What was to be new, but was there, has no fires. */
        void undo(String id) {
            Sheet sheet = fresh.get(id);
            if (sheet != null) {
                grant.places().add(sheet.cell.row().schedule(), -sheet.cell.leased());
            }
        }

        /** Those that are in the database now. */
        Collection<Sheet> present(Set<String> taken) {
            List<Sheet> present = new ArrayList<>(changed.values());
            fresh.forEach((id, sheet) -> {
                if (!taken.contains(id)) {
                    present.add(sheet);
                }
            });
            return present;
        }
    }

    private Map<String, Sheet> known(Connection connection, List<Step> steps) throws SQLException {
        List<String> ids = steps.stream()
                .filter(step -> step.row().version() > 0)
                .map(step -> step.row().id())
                .distinct()
                .toList();
        return ids.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(session.sheets.lock(connection, ids));
    }

    private static List<Lease> apply(Sheet sheet, Step step, Cell.Grant grant, Runs.Entries runs) {
        runs.skipped(step);
        return sheet.cell.apply(step, grant);
    }

    /** Gives back the ids of those that were to be new, but were there. */
    private Set<String> store(
            Connection connection, Map<String, Sheet> fresh, Map<String, Sheet> changed, Map<String, Sheet> removed)
            throws SQLException {
        Set<String> taken = Set.of();
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, List.copyOf(removed.values()));
        }
        if (!fresh.isEmpty()) {
            Set<String> inserted = session.sheets.insert(connection, List.copyOf(fresh.values()));
            fresh.keySet().removeIf(id -> !inserted.contains(id) && removed.containsKey(id));
            taken = new HashSet<>(fresh.keySet());
            taken.removeAll(inserted);
        }
        if (!changed.isEmpty()) {
            session.sheets.update(connection, List.copyOf(changed.values()));
        }
        return taken;
    }

    private static long earliest(Map<String, Sheet> fresh, Map<String, Sheet> changed) {
        long earliest = Nanos.NEVER;
        for (Map<String, Sheet> some : List.of(fresh, changed)) {
            for (Sheet sheet : some.values()) {
                earliest = Math.min(earliest, Nanos.of(sheet.cell.look()));
            }
        }
        return earliest;
    }
}
