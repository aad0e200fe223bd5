package io.orrery.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that use a store. A node has a number, by which its leases are known, and one row, which it keeps young: that is
 * the heartbeat of all its leases. When the row is too old, others take the leases away, and the number is never used again:
 * a node that comes back gets another one. Safe for use by any thread.
 */
final class Nodes {

    private final Database database;
    private final String name;
    private final Duration lease;
    private final String version;

    private volatile long owner; // written with the settling lock of the leases held for writing
    private volatile long until; // as of the last heartbeat
    private volatile long news;

    Nodes(Database database, String name, Duration lease) {
        this.database = database;
        this.name = name;
        this.lease = lease;
        String known = Nodes.class.getPackage().getImplementationVersion();
        this.version = known == null ? "unknown" : known;
    }

    /** The number of this node. */
    long owner() {
        return owner;
    }

    String name() {
        return name;
    }

    /** Until when its leases last if there is no other heartbeat, on the clock of the database. */
    long until() {
        return until;
    }

    /** Gets this node a number. */
    void register(Connection connection) throws SQLException {
        long now = database.now(connection);
        String text = database.sql("insert into #node (name, version, started, seen, until, alive, news, held, leaving)"
                + " values (?, ?, ?, ?, ?, true, 0, 0, false)");
        try (var statement = connection.prepareStatement(text, new String[] {"owner"})) {
            Database.with(statement, name, version, now, now, now + lease.toNanos())
                    .executeUpdate();
            try (var keys = statement.getGeneratedKeys()) {
                keys.next();
                owner = keys.getLong(1);
            }
        }
        until = now + lease.toNanos();
        news = 0;
    }

    /**
     * What a heartbeat has found.
     *
     * @param now the present
     * @param own the number of this node; 0 if it may have no leases any more
     * @param until when its leases end now
     * @param news grows when somebody changes something about its leases
     * @param leave whether somebody wants this node to leave
     * @param free whether there are places of limits though somebody waits for one
     * @param dead the numbers of nodes whose leases have ended
     */
    record Beat(long now, long own, long until, long news, boolean leave, boolean free, List<Long> dead) {
        boolean alive() {
            return own != 0;
        }
    }

    /** Renews all leases of this node, and looks for others that have not: two statements, however many leases there are. */
    Beat beat(Connection connection, int held) throws SQLException {
        long own = owner;
        boolean alive = stayAlive(connection, held, own);
        List<@Nullable Object> values = new ArrayList<>(database.nowValues(0));
        values.add(own);
        values.addAll(database.nowValues(0));
        List<Long> dead = new ArrayList<>();
        long now = 0;
        long end = 0;
        long changes = 0;
        boolean leave = false;
        boolean free = false;
        String text = database.sql("select $now, owner, news, until, leaving, exists (select 1 from #limit where "
                + Limits.FREE + ") from #node where owner = ? or until < $now");
        try (var statement = Database.with(connection.prepareStatement(text), values.toArray());
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                now = rows.getLong(1);
                if (rows.getLong(2) != own) {
                    dead.add(rows.getLong(2));
                    continue;
                }
                changes = rows.getLong(3);
                end = rows.getLong(4);
                leave = rows.getBoolean(5);
                free = rows.getBoolean(6);
            }
        }
        return new Beat(now, alive ? own : 0, end, changes, leave, free, dead);
    }

    /** A heartbeat has been committed; gives back whether somebody has changed something since the one before. */
    boolean heard(Beat beat) {
        if (beat.own() != owner) {
            return false;
        }
        boolean fresh = beat.news() != news;
        news = beat.news();
        until = beat.until();
        return fresh;
    }

    private boolean stayAlive(Connection connection, int held, long own) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(database.nowValues(0));
        values.addAll(database.nowValues(lease.toNanos()));
        values.add(held);
        values.add(own);
        String end = database.nowValues(0).isEmpty() ? "$now + " + lease.toNanos() : "$now";
        String text = "update #node set seen = $now, until = " + end + ", held = ? where owner = ? and alive = true";
        if (database.ending.isEmpty()) {
            return database.execute(connection, text, values.toArray()) == 1;
        }
        String limited = database.sql(text + " returning owner" + database.ending);
        try (var statement = Database.with(connection.prepareStatement(limited), values.toArray());
                var rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    /** Tells nodes that something about their leases has changed. */
    void tell(Connection connection, List<Long> owners) throws SQLException {
        for (Long other : owners.stream().distinct().sorted().toList()) {
            database.execute(connection, "update #node set news = news + 1 where owner = ?", other);
        }
    }

    /** Wants all nodes of that name to leave; gives back whether there is one. */
    boolean leave(Connection connection, String node) throws SQLException {
        return database.execute(connection, "update #node set leaving = true where name = ? and alive = true", node)
                > 0;
    }

    /** Keeps a node from having leases, from now on; gives back whether it was too late for it already. */
    boolean bury(Connection connection, long dead, long now) throws SQLException {
        try (var statement = Database.with(
                        connection.prepareStatement(database.sql("select until from #node where owner = ? for update")),
                        dead);
                var rows = statement.executeQuery()) {
            if (!rows.next() || rows.getLong(1) >= now) {
                return false;
            }
        }
        database.execute(connection, "update #node set alive = false where owner = ?", dead);
        return true;
    }

    /** Keeps this node from getting leases, once the transactions that give it some have ended. */
    void retire(Connection connection) throws SQLException {
        database.execute(connection, "update #node set alive = false where owner = ?", owner);
    }

    /** Forgets a node that has no leases any more. */
    void forget(Connection connection, long gone) throws SQLException {
        database.execute(connection, "delete from #node where owner = ?", gone);
    }

    /** All of them, those that were heard of last first. */
    List<JdbcStore.NodeInfo> all(Connection connection) throws SQLException {
        long now = database.now(connection);
        List<JdbcStore.NodeInfo> all = new ArrayList<>();
        String text =
                "select name, version, started, seen, held, leaving from #node where alive = true order by seen desc,"
                        + " owner";
        try (var statement = connection.prepareStatement(database.sql(text))) {
            Bulk.read(
                    statement,
                    row -> new JdbcStore.NodeInfo(
                            row.getString(1),
                            row.getString(2),
                            Nanos.instant(row.getLong(3)),
                            Duration.ofNanos(Math.max(0, now - row.getLong(4))),
                            row.getInt(5),
                            row.getBoolean(6)),
                    all);
        }
        return all;
    }
}
