package io.orrery.store.jdbc;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Places;
import io.orrery.store.jdbc.Bulk.Change;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import io.orrery.store.jdbc.Bulk.Shape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what runs at once, in all nodes together.
 *
 * <h2>One row a limit</h2>
 *
 * <p>It has the number of places that are taken and the number of schedules that wait for one. A transaction that may give or end
 * leases of limited schedules locks the rows of these limits, after the rows of the schedules and in the order of their names,
 * and writes the numbers with the leases. So they are never counted, and agree with the leases at each commit.
 *
 * <h2>Who waits</h2>
 *
 * <p>A schedule whose fires are due while there is no place names the limit, and is not looked at any more. Whoever has the row
 * of a limit and leaves a place free lets the first of those who wait look again, in the same transaction. One whose row
 * somebody else has locked is left to that one, who needs the row of the limit next, and then does the same. So nobody waits
 * while there is a place, and none is asked in vain.
 */
final class Limits {

    private static final Shape ROW = new Shape(
            "#limit",
            List.of(
                    new Column("name", ColumnType.TEXT),
                    new Column("used", ColumnType.INT),
                    new Column("waiting", ColumnType.INT)));
    private static final Change BY_NAME = new Change(1, "", "");
    private static final Shape WOKEN = new Shape(
            "#schedule",
            List.of(
                    new Column("id", ColumnType.TEXT),
                    new Column("blocked", ColumnType.TEXT),
                    new Column("armed", ColumnType.FLAG),
                    new Column("look", ColumnType.LONG)));
    private static final Shape GONE = new Shape("#limit", List.of(new Column("name", ColumnType.TEXT)));
    private static final int SWEPT = 1_000;
    private static final int MOST_CALLED = 1_000;

    private final Database database;
    private final Bulk bulk;
    private final Sheets sheets;

    Limits(Bulk bulk, Sheets sheets) {
        this.database = bulk.database;
        this.bulk = bulk;
        this.sheets = sheets;
    }

    private record Row(String name, int used, int waiting) {}

    /** The limits whose rows one transaction has locked. */
    final class Locked {
        /** How many places are taken; kept up to date by who gives and ends leases. */
        final Places places = new Places();

        private final Map<String, Row> before = new TreeMap<>();
        private final Map<String, Integer> waiting = new TreeMap<>();
        private final Map<String, Integer> most = new TreeMap<>(); // places, as far as is known

        private void needs(Schedule schedule) {
            if (schedule.isLimited()) {
                schedule.places().forEach((limit, number) -> most.merge(limit, number, Math::max));
            }
        }

        /**
         * Writes the numbers, and lets those look again for whom there are places now. Called when the schedules are written.
         *
         * @param changed schedules of the transaction that are there
         * @param removed others that are not there any more
         * @return the first moment at which there is something to hand out because of that
         */
        long settle(Connection connection, Collection<Sheet> changed, Collection<Sheet> removed, long now)
                throws SQLException {
            if (most.isEmpty()) {
                return Nanos.NEVER;
            }
            changed.forEach(sheet -> moved(sheet.blocked, sheet.cell.blockedOn()));
            removed.forEach(sheet -> moved(sheet.blocked, null));
            List<Object[]> woken = new ArrayList<>();
            for (String limit : List.copyOf(most.keySet())) {
                call(connection, limit, now, woken);
            }
            if (!woken.isEmpty()) {
                bulk.update(connection, WOKEN, BY_NAME, woken);
            }
            write(connection);
            return woken.stream().anyMatch(row -> row[1] == null) ? now : Nanos.NEVER;
        }

        private void moved(@Nullable String from, @Nullable String to) {
            if (!Objects.equals(from, to)) {
                if (from != null) {
                    waiting.merge(from, -1, Integer::sum);
                }
                if (to != null) {
                    waiting.merge(to, 1, Integer::sum);
                }
            }
        }

        private void call(Connection connection, String limit, long now, List<Object[]> woken) throws SQLException {
            int room = Math.min(most.getOrDefault(limit, 1) - places.taken(limit), waiting.getOrDefault(limit, 0));
            if (room <= 0) {
                return;
            }
            int taken = places.taken(limit);
            for (Sheet sheet : waiters(connection, limit, Math.min(room, MOST_CALLED))) {
                Schedule schedule = sheet.cell.row().schedule();
                String missing = places.missing(schedule);
                if (limit.equals(missing) || taken >= schedule.places().getOrDefault(limit, Integer.MAX_VALUE)) {
                    return;
                }
                moved(limit, missing);
                boolean free = missing == null;
                long look = sheet.standing == null ? Nanos.NEVER : sheet.standing.look();
                taken += free ? 1 : 0;
                woken.add(new Object[] {
                    sheet.id(),
                    missing,
                    free || !sheet.cell.look().equals(Instant.MAX),
                    free ? Math.min(look, now) : look
                });
            }
        }

        private List<Sheet> waiters(Connection connection, String limit, int number) throws SQLException {
            List<Sheet> waiters = new ArrayList<>();
            String text = "select " + sheets.columns() + " from #schedule s where s.blocked = ?"
                    + " order by s.place, s.look limit " + number + " for update skip locked";
            try (var statement = Database.with(connection.prepareStatement(database.sql(text)), limit)) {
                Bulk.read(statement, sheets::read, waiters);
            }
            return waiters;
        }

        private void write(Connection connection) throws SQLException {
            List<Object[]> rows = new ArrayList<>();
            for (Row row : before.values()) {
                int used = places.taken(row.name);
                int waits = waiting.getOrDefault(row.name, 0);
                if (used != row.used || waits != row.waiting) {
                    rows.add(new Object[] {row.name, used, waits});
                }
            }
            if (!rows.isEmpty()) {
                bulk.update(connection, ROW, BY_NAME, rows);
            }
        }
    }

    /** Locks the rows of all limits that these schedules need, or wait for. */
    Locked lock(Connection connection, Collection<Sheet> some, Collection<Schedule> more) throws SQLException {
        var locked = new Locked();
        more.forEach(locked::needs);
        for (Sheet sheet : some) {
            locked.needs(sheet.cell.row().schedule());
            if (sheet.blocked != null) {
                locked.most.putIfAbsent(sheet.blocked, 1);
            }
        }
        if (!locked.most.isEmpty()) {
            lock(connection, locked);
        }
        return locked;
    }

    private void lock(Connection connection, Locked locked) throws SQLException {
        Set<String> names = locked.most.keySet();
        while (!locked.before.keySet().containsAll(names)) {
            for (Row row : rows(connection, names)) {
                locked.before.put(row.name, row);
                locked.places.set(row.name, row.used);
                locked.waiting.put(row.name, row.waiting);
            }
            var missing = new TreeSet<>(names);
            missing.removeAll(locked.before.keySet());
            if (!missing.isEmpty()) {
                bulk.insertNew(
                        connection,
                        ROW,
                        missing.stream().map(name -> new Object[] {name, 0, 0}).toList());
            }
        }
    }

    private List<Row> rows(Connection connection, Set<String> names) throws SQLException {
        List<Row> rows = new ArrayList<>(names.size());
        bulk.select(
                connection,
                "select name, used, waiting from #limit where name",
                "order by name for update",
                List.copyOf(names),
                row -> new Row(row.getString(1), row.getInt(2), row.getInt(3)),
                rows);
        return rows;
    }

    /** Removes some that nobody uses. */
    void sweep(Connection connection) throws SQLException {
        List<Object[]> unused = new ArrayList<>();
        String text = "select name from #limit where used = 0 and waiting = 0 order by name limit " + SWEPT
                + " for update skip locked";
        try (var statement = connection.prepareStatement(database.sql(text))) {
            Bulk.read(statement, row -> new Object[] {row.getString(1)}, unused);
        }
        if (!unused.isEmpty()) {
            bulk.delete(connection, GONE, "and s.used = 0 and s.waiting = 0", unused);
        }
    }
}
