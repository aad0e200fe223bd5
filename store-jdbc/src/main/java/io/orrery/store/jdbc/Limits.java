package io.orrery.store.jdbc;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Places;
import io.orrery.store.jdbc.Bulk.Change;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import io.orrery.store.jdbc.Bulk.Shape;
import io.orrery.time.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
 * somebody else has locked cannot be called then: as a rule that one needs the row of the limit next, and does the same. For
 * when it does not, because its transaction fails, this node remembers that it is behind, and calls again soon.
 *
 * <p>Whoever finds that a row is missing creates it before it locks others, and in the order of names, too, so that nobody waits
 * in a circle.
 *
 * <p>Two things may keep a place free though others wait: a node that is behind dies, or who was called is nobody's, because no
 * node that is there serves its queue. Each heartbeat finds limits of which there are places and for which somebody waits, and
 * then the node calls those that it can run itself.
 */
final class Limits {

    private static final Shape ROW = new Shape(
            "#limit",
            List.of(
                    new Column("name", ColumnType.TEXT),
                    new Column("used", ColumnType.INT),
                    new Column("waiting", ColumnType.INT),
                    new Column("most", ColumnType.INT)));
    private static final Change BY_NAME = new Change(1, "", "");
    private static final Shape WOKEN = new Shape(
            "#schedule",
            List.of(
                    new Column("id", ColumnType.TEXT),
                    new Column("blocked", ColumnType.TEXT),
                    new Column("since", ColumnType.LONG),
                    new Column("armed", ColumnType.FLAG),
                    new Column("look", ColumnType.LONG)));
    private static final Shape GONE = new Shape("#limit", List.of(new Column("name", ColumnType.TEXT)));
    private static final int SWEPT = 1_000;
    private static final int MOST_CALLED = 1_000;
    private static final int KNOWN = 10_000;
    /** How long to wait until those are called again who could not be. */
    static final long PAUSE = Duration.ofMillis(20).toNanos();
    /** For how long they are called again: until the transaction that passed them over has ended, and that which had their rows. */
    private static final long BEHIND = Duration.ofSeconds(1).toNanos();
    /** A condition on rows of {@code #limit}: there is a place, and somebody waits. */
    static final String FREE = "waiting > 0 and used < most";

    private final Database database;
    private final Bulk bulk;
    private final Sheets sheets;
    private final Set<String> known = ConcurrentHashMap.newKeySet(); // limits that are there, unless they were swept
    private final TimeSource time;
    private volatile long behindUntil; // on the monotonic clock; nobody waits that could not be called long before

    Limits(Bulk bulk, Sheets sheets, TimeSource time) {
        this.database = bulk.database;
        this.bulk = bulk;
        this.sheets = sheets;
        this.time = time;
        this.behindUntil = time.nanos();
    }

    private record Row(String name, int used, int waiting, int most) {}

    /** A condition on rows of {@code #schedule s}, with its values. */
    record Which(String text, List<Object> values) {
        static final Which ALL = new Which("", List.of());
    }

    /** Whether to {@link #call} those who wait, since some could not be called before. */
    boolean isBehind() {
        return behindUntil - time.nanos() > 0;
    }

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
            changed.forEach(sheet -> moved(sheet.blocked, sheet.cell.blockedOn()));
            removed.forEach(sheet -> moved(sheet.blocked, null));
            return call(connection, Which.ALL, now);
        }

        private long call(Connection connection, Which which, long now) throws SQLException {
            if (most.isEmpty()) {
                return Nanos.NEVER;
            }
            List<Object[]> woken = new ArrayList<>();
            boolean left = false;
            for (String limit : List.copyOf(most.keySet())) {
                left |= call(connection, limit, which, now, woken);
            }
            if (!woken.isEmpty()) {
                bulk.update(connection, WOKEN, BY_NAME, woken);
            }
            write(connection);
            if (woken.stream().anyMatch(row -> row[1] == null)) {
                return now;
            }
            return left ? now + PAUSE : Nanos.NEVER;
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

        /** Gives back whether some were left because somebody has their rows. */
        private boolean call(Connection connection, String limit, Which which, long now, List<Object[]> woken)
                throws SQLException {
            int taken = places.taken(limit);
            int room = Math.min(most.getOrDefault(limit, 1) - taken, waiting.getOrDefault(limit, 0));
            if (room <= 0) {
                return false;
            }
            int wanted = Math.min(room, MOST_CALLED);
            List<Sheet> waiters = waiters(connection, limit, which, wanted);
            for (Sheet sheet : waiters) {
                Schedule schedule = sheet.cell.row().schedule();
                String missing = places.missing(schedule);
                if (limit.equals(missing) || taken >= schedule.places().getOrDefault(limit, Integer.MAX_VALUE)) {
                    return false;
                }
                moved(limit, missing);
                taken += missing == null ? 1 : 0;
                woken.add(called(sheet, missing, now));
            }
            boolean left = which.text.isEmpty() && waiters.size() < wanted;
            if (left) {
                behindUntil = time.nanos() + BEHIND;
            }
            return left;
        }

        /** What the row of one that was called has to say, if it waits for another limit now, or for none. */
        private static Object[] called(Sheet sheet, @Nullable String missing, long now) {
            Standing standing = Objects.requireNonNull(sheet.standing);
            boolean free = missing == null;
            long since = standing.since();
            return new Object[] {
                sheet.id(),
                missing,
                free ? null : (Long) since,
                free || !sheet.cell.look().equals(Instant.MAX),
                free ? Math.min(since, now) : standing.look()
            };
        }

        private List<Sheet> waiters(Connection connection, String limit, Which which, int number) throws SQLException {
            List<Sheet> waiters = new ArrayList<>();
            String text = "select " + sheets.columns() + " from #schedule s where s.blocked = ?" + which.text
                    + " order by s.place, s.since limit " + number + " for update skip locked";
            List<Object> values = new ArrayList<>(List.of(limit));
            values.addAll(which.values);
            try (var statement = Database.with(connection.prepareStatement(database.sql(text)), values.toArray())) {
                Bulk.read(statement, sheets::read, waiters);
            }
            return waiters;
        }

        private void write(Connection connection) throws SQLException {
            List<Object[]> rows = new ArrayList<>();
            for (Row row : before.values()) {
                int used = places.taken(row.name);
                int waits = waiting.getOrDefault(row.name, 0);
                int asked = most.getOrDefault(row.name, 0);
                if (used != row.used || waits != row.waiting || asked != row.most) {
                    rows.add(new Object[] {row.name, used, waits, asked});
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
        Set<String> names = new TreeSet<>(locked.most.keySet());
        if (!known.containsAll(names)) {
            create(connection, names);
        }
        while (!locked.before.keySet().containsAll(names)) {
            for (Row row : rows(connection, names, "order by name for update")) {
                locked.before.put(row.name, row);
                locked.places.set(row.name, row.used);
                locked.waiting.put(row.name, row.waiting);
                locked.most.merge(row.name, row.most, Math::max);
            }
            var missing = new TreeSet<>(names);
            missing.removeAll(locked.before.keySet());
            insert(connection, missing);
        }
    }

    /** Creates those that are not there, while this transaction has no row of a limit yet. */
    private void create(Connection connection, Set<String> names) throws SQLException {
        List<String> committed =
                rows(connection, names, "").stream().map(Row::name).toList();
        if (known.size() > KNOWN) {
            known.clear();
        }
        known.addAll(committed);
        if (committed.size() < names.size()) {
            insert(connection, names);
        }
    }

    private void insert(Connection connection, Set<String> sorted) throws SQLException {
        if (!sorted.isEmpty()) {
            bulk.insertMissing(
                    connection,
                    ROW,
                    sorted.stream().map(name -> new Object[] {name, 0, 0, 0}).toList());
        }
    }

    private List<Row> rows(Connection connection, Set<String> names, String rest) throws SQLException {
        List<Row> rows = new ArrayList<>(names.size());
        bulk.select(
                connection,
                "select name, used, waiting, most from #limit where name",
                rest,
                List.copyOf(names),
                row -> new Row(row.getString(1), row.getInt(2), row.getInt(3), row.getInt(4)),
                rows);
        return rows;
    }

    /**
     * Calls those who wait though there are places. Gives back the first moment at which there is something to hand out because of
     * that.
     *
     * @param which those that may be called
     */
    long call(Connection connection, Which which, long now) throws SQLException {
        var locked = new Locked();
        String text = "select name from #limit where " + FREE + " order by name limit " + MOST_CALLED;
        try (var statement = connection.prepareStatement(database.sql(text));
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                locked.most.put(rows.getString(1), 0);
            }
        }
        if (!locked.most.isEmpty()) {
            lock(connection, locked);
        }
        return locked.call(connection, which, now);
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
