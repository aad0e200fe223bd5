package io.orrery.store.jdbc;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.Skip;
import io.orrery.schedule.Work;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Step;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import io.orrery.store.jdbc.Bulk.Shape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history: a row for each attempt that has ended and for due times that were not run, and sums of them. */
final class Runs {

    private static final Shape ROW = new Shape(
            "#run",
            List.of(
                    new Column("schedule", ColumnType.TEXT),
                    new Column("job", ColumnType.TEXT),
                    new Column("fire_at", ColumnType.LONG),
                    new Column("by_hand", ColumnType.FLAG),
                    new Column("attempt", ColumnType.INT),
                    new Column("coalesced", ColumnType.INT),
                    new Column("token", ColumnType.LONG),
                    new Column("node", ColumnType.TEXT),
                    new Column("submitted", ColumnType.LONG),
                    new Column("lateness", ColumnType.LONG),
                    new Column("finished", ColumnType.LONG),
                    new Column("outcome", ColumnType.TEXT),
                    new Column("note", ColumnType.TEXT),
                    new Column("times", ColumnType.LONG)));
    private static final long HOUR = 3_600_000_000_000L;
    private static final long SUMS_KEPT = 400 * 24 * HOUR;
    private static final int SWEPT = 10_000;

    private final Database database;
    private final Bulk bulk;
    private final JdbcStore.Retention retention;

    Runs(Database database, Bulk bulk, JdbcStore.Retention retention) {
        this.database = database;
        this.bulk = bulk;
        this.retention = retention;
    }

    /** What one transaction adds. */
    final class Entries {
        private final String node;
        private final long now;
        private final List<Object[]> rows = new ArrayList<>();
        private final Map<String, Long> sums = new TreeMap<>();

        private Entries(String node, long now) {
            this.node = node;
            this.now = now;
        }

        /** An attempt has ended. */
        void ended(Lease lease, History history) {
            Fire fire = lease.fire();
            add(
                    history.outcome(),
                    1,
                    fire.schedule(),
                    job(lease.schedule()),
                    Nanos.of(fire.at()),
                    fire.manual(),
                    fire.attempt(),
                    fire.coalesced(),
                    lease.token(),
                    node,
                    Nanos.of(lease.since()),
                    Nanos.orNull(history.lateness()),
                    history.ended() == null ? now : Nanos.of(history.ended()),
                    history.outcome(),
                    Sheets.plain(history.note()),
                    1L);
        }

        /** Due times were not run, says a step. */
        void skipped(Step step) {
            for (Skip skip : step.skips()) {
                skipped(step.row().id(), job(step.row().schedule()), skip);
            }
        }

        private void skipped(String schedule, String job, Skip skip) {
            String why = skip.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
            add(
                    why,
                    skip.count(),
                    schedule,
                    job,
                    Nanos.of(skip.first()),
                    false,
                    0,
                    0,
                    0L,
                    node,
                    null,
                    null,
                    now,
                    why,
                    skip.count() == 1 ? "" : "until " + skip.last(),
                    skip.count());
        }

        private void add(String outcome, long times, @Nullable Object... row) {
            if (retention.keepsRuns()) {
                rows.add(row);
            }
            sums.merge(outcome, times, Long::sum);
        }

        void write(Connection connection, long owner) throws SQLException {
            if (!rows.isEmpty()) {
                bulk.insert(connection, ROW, rows);
            }
            for (Map.Entry<String, Long> sum : sums.entrySet()) {
                Object[] key = {now / HOUR * HOUR, sum.getKey(), owner};
                int known = database.execute(
                        connection,
                        "update #tally set runs = runs + ? where span = ? and outcome = ? and owner = ?",
                        sum.getValue(),
                        key[0],
                        key[1],
                        key[2]);
                if (known == 0) {
                    database.execute(
                            connection,
                            "insert into #tally (runs, span, outcome, owner) values (?, ?, ?, ?)",
                            sum.getValue(),
                            key[0],
                            key[1],
                            key[2]);
                }
            }
        }
    }

    private static String job(Schedule schedule) {
        return schedule.work() instanceof Work.Named named ? named.job() : "";
    }

    Entries entries(String node, long now) {
        return new Entries(node, now);
    }

    /** Removes some of what is older, or more, than is to be kept; gives back how many rows that were. */
    int sweep(Connection connection, long now) throws SQLException {
        Long age = Nanos.orNull(retention.age());
        long oldest = age == null ? 0 : now - age;
        Long last = null;
        Long newest = null;
        try (var statement = connection.prepareStatement(database.sql("select max(id) from #run"));
                var rows = statement.executeQuery()) {
            if (rows.next()) {
                newest = rows.getLong(1);
            }
        }
        try (var statement = connection.prepareStatement(
                        database.sql("select id, finished from #run order by id limit " + SWEPT));
                var rows = statement.executeQuery()) {
            while (rows.next() && newest != null) {
                if (rows.getLong(2) < oldest || rows.getLong(1) <= newest - retention.count()) {
                    last = rows.getLong(1);
                }
            }
        }
        return last == null ? 0 : database.execute(connection, "delete from #run where id <= ?", last);
    }

    /** Removes sums that are older than a year and a bit. */
    void sweepSums(Connection connection, long now) throws SQLException {
        database.execute(connection, "delete from #tally where span < ?", now - SUMS_KEPT);
    }

    /** The sums from the hour of that moment on. */
    List<JdbcStore.HourInfo> hours(Connection connection, long from) throws SQLException {
        List<JdbcStore.HourInfo> hours = new ArrayList<>();
        String text = "select span, outcome, sum(runs) from #tally where span >= ? group by span, outcome"
                + " order by span, outcome";
        try (var statement =
                Database.with(connection.prepareStatement(database.sql(text)), Math.floorDiv(from, HOUR) * HOUR)) {
            Bulk.read(
                    statement,
                    row -> new JdbcStore.HourInfo(Nanos.instant(row.getLong(1)), row.getString(2), row.getLong(3)),
                    hours);
        }
        return hours;
    }

    /** The last ones of a schedule. */
    List<JdbcStore.RunInfo> last(Connection connection, String schedule, int most) throws SQLException {
        List<JdbcStore.RunInfo> last = new ArrayList<>();
        String text =
                "select schedule, fire_at, by_hand, attempt, coalesced, node, submitted, finished, outcome, note, times"
                        + " from #run where schedule = ? order by id desc limit " + most;
        try (var statement = Database.with(connection.prepareStatement(database.sql(text)), schedule)) {
            Bulk.read(statement, Runs::read, last);
        }
        return last;
    }

    private static JdbcStore.RunInfo read(ResultSet row) throws SQLException {
        var fire = new Fire(
                row.getString(1), Nanos.instant(row.getLong(2)), row.getBoolean(3), row.getInt(4), row.getInt(5));
        long submitted = row.getLong(7);
        return new JdbcStore.RunInfo(
                fire.id(),
                fire.attempt(),
                row.getString(6),
                row.wasNull() ? null : Nanos.instant(submitted),
                Nanos.instant(row.getLong(8)),
                new JdbcStore.RunInfo.Outcome(row.getString(9), row.getString(10), row.getLong(11)));
    }
}
