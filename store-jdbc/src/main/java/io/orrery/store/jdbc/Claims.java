package io.orrery.store.jdbc;

import io.orrery.schedule.Work;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.Taken;
import io.orrery.time.ManualTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what is due: locks rows that nobody else has locked, lets the scheduler decide about each, and writes all of it
 * in one transaction.
 */
final class Claims {

    private final Session session;
    private final Set<String> strangers = ConcurrentHashMap.newKeySet(); // jobs that this node does not know
    private volatile boolean more; // whether the last look left something

    /** What was handed out, and from which sheets the leases are. */
    private record Result(Taken taken, List<Sheet> sheets, long now, long next) {}

    Claims(Session session) {
        this.session = session;
    }

    /** Asks again about jobs that were unknown. */
    void recall() {
        strangers.removeIf(session.site.runs());
    }

    Taken take(int limit, Function<ScheduleRow, Step> decision) {
        long look = session.horizon.look();
        if (!more) {
            long[] next = session.database.transact("look what is due", this::probe);
            if (next[0] > next[1]) {
                session.horizon.seen(look, next[1], next[0], false);
                return Taken.NOTHING;
            }
        }
        Result result = session.transact(
                "take what is due", (connection, now) -> in(connection, now, limit, decision), claimed -> {
                    for (int i = 0; i < claimed.taken().leases().size(); i++) {
                        session.leases.add(
                                claimed.taken().leases().get(i),
                                claimed.sheets().get(i));
                    }
                });
        more = result.taken().more();
        boolean found = !result.sheets().isEmpty() || !result.taken().steps().isEmpty();
        session.horizon.seen(look, result.now(), result.next(), found);
        return result.taken();
    }

    private String notStrange(List<String> unknown) {
        return unknown.isEmpty()
                ? ""
                : " and s.job not in (" + String.join(", ", Collections.nCopies(unknown.size(), "?")) + ")";
    }

    /** When something is due, and the present. */
    private long[] probe(Connection connection) throws SQLException {
        List<String> unknown = List.copyOf(strangers);
        boolean manual = session.site.time() instanceof ManualTime;
        String clock = manual ? "0" : session.database.dialect.now;
        String text = "select " + clock + ", (select s.look from #schedule s where s.armed = true" + notStrange(unknown)
                + " order by s.look, s.place limit 1)";
        try (var statement = Database.with(connection.prepareStatement(session.database.sql(text)), unknown.toArray());
                var rows = statement.executeQuery()) {
            rows.next();
            long now = manual ? Nanos.of(session.site.time().instant()) : rows.getLong(1);
            long next = rows.getLong(2);
            return new long[] {rows.wasNull() ? Nanos.NEVER : next, now};
        }
    }

    private Result in(Connection connection, long now, int limit, Function<ScheduleRow, Step> decision)
            throws SQLException {
        Choice choice = new Choice(Nanos.instant(now), decision, session.runs.entries(session.nodes.name(), now));
        List<Sheet> sheets = lock(connection, now, limit);
        session.sheets.fill(connection, sheets);
        List<Sheet> changed = new ArrayList<>(sheets.size());
        List<Sheet> removed = new ArrayList<>();
        List<Lease> leases = new ArrayList<>(sheets.size());
        List<Sheet> leased = new ArrayList<>(sheets.size());
        for (Sheet sheet : sheets) {
            if (sheet.unreadable != null) {
                sheet.cell.touch();
                changed.add(sheet);
                continue;
            }
            if (isStrange(sheet)) {
                continue;
            }
            long version = sheet.cell.row().version();
            List<Lease> given = decide(sheet, choice);
            session.dated(given).forEach(lease -> {
                leases.add(lease);
                leased.add(sheet);
            });
            if (sheet.cell.isOver()) {
                removed.add(sheet);
            } else if (sheet.cell.row().version() != version || !given.isEmpty()) {
                changed.add(sheet);
            }
        }
        write(connection, choice, changed, removed);
        boolean full = sheets.size() == limit;
        long next = full ? now : probe(connection)[0];
        return new Result(new Taken(choice.steps, leases, full), leased, now, next);
    }

    private void write(Connection connection, Choice choice, List<Sheet> changed, List<Sheet> removed)
            throws SQLException {
        if (!changed.isEmpty()) {
            session.sheets.update(connection, changed);
        }
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, removed);
        }
        choice.runs.write(connection, session.nodes.owner());
        session.nodes.tell(connection, choice.news);
    }

    private List<Sheet> lock(Connection connection, long now, int limit) throws SQLException {
        List<String> unknown = List.copyOf(strangers);
        String text = "select " + session.sheets.columns() + " from #schedule s where s.look <= ? and s.armed = true"
                + notStrange(unknown) + " order by s.look, s.place limit " + limit + " for update skip locked";
        List<@Nullable Object> values = new ArrayList<>();
        values.add(now);
        values.addAll(unknown);
        List<Sheet> sheets = new ArrayList<>(limit);
        try (var statement = Database.with(connection.prepareStatement(session.database.sql(text)), values.toArray())) {
            statement.setFetchSize(0);
            Bulk.read(statement, session.sheets::read, sheets);
        }
        return sheets;
    }

    private boolean isStrange(Sheet sheet) {
        if (session.site.runs(sheet.cell.row().schedule())) {
            return false;
        }
        if (sheet.cell.row().schedule().work() instanceof Work.Named named) {
            strangers.add(named.job());
        }
        return true;
    }

    /** What the scheduler decides in one transaction. */
    private record Choice(
            Instant now, Function<ScheduleRow, Step> decision, Runs.Entries runs, List<Step> steps, List<Long> news) {

        Choice(Instant now, Function<ScheduleRow, Step> decision, Runs.Entries runs) {
            this(now, decision, runs, new ArrayList<>(), new ArrayList<>());
        }
    }

    private List<Lease> decide(Sheet sheet, Choice choice) {
        Cell.Grant grant = session.grant(choice.now);
        List<Lease> leases = new ArrayList<>(sheet.cell.claim(grant));
        if (sheet.cell.isDue(choice.now)) {
            Step step = choice.decision.apply(sheet.cell.row());
            choice.runs.skipped(step);
            choice.news.addAll(Renewals.owners(sheet, step));
            leases.addAll(sheet.cell.apply(step, grant));
            choice.steps.add(step);
        }
        return leases;
    }
}
