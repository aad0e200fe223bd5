package io.orrery.store.jdbc;

import io.orrery.store.jdbc.CrashHistory.Due;
import io.orrery.store.jdbc.CrashHistory.Fault;
import io.orrery.store.jdbc.CrashHistory.LeaseNote;
import io.orrery.store.jdbc.CrashHistory.Note;
import io.orrery.store.jdbc.CrashHistory.Plan;
import io.orrery.store.jdbc.CrashHistory.Run;
import io.orrery.time.TimeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The database of the crash proof, past all proxies: notes each lease by triggers, is stopped hard, and is asked at the end. */
final class CrashDatabase {

    /** A lease that was taken from one table and put into the other in one transaction was neither taken away nor given. */
    private static final String NOT_MOVED = "not exists (select 1 from lease_note o where o.tx = n.tx"
            + " and o.schedule = n.schedule and o.fire_at = n.fire_at and o.token = n.token and o.given <> n.given)";

    final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    private final Servers.Server server;

    CrashDatabase(Servers.Server server) {
        this.server = server;
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(server.url);
    }

    /** Has the database note who gives and takes leases, whoever it is. */
    void audit() throws SQLException {
        execute("create table effect (schedule text not null, fire_at bigint not null, token bigint not null)");
        execute("create table lease_note (seq bigint generated always as identity, given boolean, schedule text,"
                + " fire_at bigint, by_hand boolean, token bigint, node text, allowed boolean, at bigint, tx xid8)");
        execute("""
            create function note_lease(given boolean, schedule text, fire_at bigint, by_hand boolean, token bigint,
                    the_owner bigint) returns void language plpgsql as $$
            declare
                now bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000;
                known record;
            begin
                select name, alive and until >= now as lives into known from orrery_node where owner = the_owner;
                insert into lease_note (given, schedule, fire_at, by_hand, token, node, allowed, at, tx)
                values (given, schedule, fire_at, by_hand, token, coalesce(known.name, '?' || the_owner),
                    case when known.name = current_setting('application_name') then true
                         else not given and not coalesce(known.lives, false) end, now,
                        pg_current_xact_id());
            end $$\
            """);
        for (String table : List.of("schedule", "fire")) {
            audit(table);
        }
    }

    private void audit(String table) throws SQLException {
        String id = table.equals("schedule") ? "id" : "schedule";
        execute("""
            create function note_%1$s() returns trigger language plpgsql as $$
            begin
                if tg_op <> 'INSERT' and old.owner is not null and (tg_op = 'DELETE'
                        or new.owner is distinct from old.owner or new.token <> old.token
                        or new.fire_at is distinct from old.fire_at) then
                    perform note_lease(false, old.%2$s, old.fire_at, old.by_hand, old.token, old.owner);
                end if;
                if tg_op <> 'DELETE' and new.owner is not null and (tg_op = 'INSERT'
                        or new.owner is distinct from old.owner or new.token <> old.token
                        or new.fire_at is distinct from old.fire_at) then
                    perform note_lease(true, new.%2$s, new.fire_at, new.by_hand, new.token, new.owner);
                end if;
                return null;
            end $$\
            """.formatted(table, id));
        execute("create trigger note_lease after insert or update or delete on orrery_" + table
                + " for each row execute function note_" + table + "()");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Stops it, by its immediate stop or by killing it, and starts it again. */
    void stopAndStart(boolean killed) {
        long from = Nanos.of(TimeSource.system().instant());
        server.restart(killed);
        faults.add(new Fault("", "database", from, Nanos.of(TimeSource.system().instant())));
    }

    private String ask(String sql) {
        try (var connection = connection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitFirstEnd() {
        while (ask("select count(*) from orrery_run").equals("0")) {
            CrashProof.pause(Duration.ofMillis(100));
        }
    }

    /** Whether all schedules but that which goes on for ever have ended by themselves within that time. */
    boolean awaitNothingLeft(Duration patience) {
        for (long tries = patience.toMillis() / 200; tries > 0; tries--) {
            if (ask("select count(*) from orrery_schedule where id <> 'pump'").equals("0")) {
                return true;
            }
            CrashProof.pause(Duration.ofMillis(200));
        }
        return false;
    }

    String left() {
        return ask("select string_agg(s::text, '; ') from (select * from orrery_schedule where id <> 'pump' limit 3) s")
                + ", fires " + ask("select string_agg(f::text, '; ') from (select * from orrery_fire limit 3) f")
                + ", nodes " + ask("select string_agg(n::text, '; ') from orrery_node n");
    }

    /** What does not hold of the fires of which only one may run at once, and of the numbers of their limit. */
    List<String> brokenLimits() {
        List<String> broken = new ArrayList<>();
        String most = ask("select coalesce(max(running), 0) from (select sum(case when given then 1 else -1 end)"
                + " over (order by seq) as running from lease_note n where schedule like 'turn-%' and " + NOT_MOVED
                + ") s");
        if (!most.equals("1")) {
            broken.add("of the fires that run one by one " + most + " had leases at once");
        }
        String left = ask("select coalesce(string_agg(l::text, '; '), '') from orrery_limit l"
                + " where used <> 0 or waiting <> 0");
        if (!left.isEmpty()) {
            broken.add("places are taken though nothing runs: " + left);
        }
        return broken;
    }

    CrashHistory history(List<Plan> plans, List<Note> journal) throws SQLException {
        List<Run> runs = new ArrayList<>();
        List<Due> effects = new ArrayList<>();
        List<LeaseNote> leases = new ArrayList<>();
        try (var connection = connection()) {
            read(
                    connection,
                    "select schedule, fire_at, token, outcome, finished from orrery_run where schedule <> 'pump'",
                    row -> new Run(
                            new Due(row.getString(1), row.getLong(2)),
                            row.getLong(3),
                            row.getString(4),
                            row.getLong(5)),
                    runs);
            read(
                    connection,
                    "select schedule, fire_at from effect",
                    row -> new Due(row.getString(1), row.getLong(2)),
                    effects);
            read(
                    connection,
                    "select given, schedule, fire_at, token, node, allowed, at from lease_note n where " + NOT_MOVED
                            + " order by seq",
                    row -> new LeaseNote(
                            row.getBoolean(1),
                            new Due(row.getString(2), row.getLong(3)),
                            row.getLong(4),
                            row.getString(5),
                            row.getBoolean(6),
                            row.getLong(7)),
                    leases);
        }
        return new CrashHistory(plans, runs, effects, leases, journal, List.copyOf(faults));
    }

    private static <T> void read(Connection connection, String sql, Database.Reader<T> reader, List<T> into)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            Bulk.read(statement, reader, into);
        }
    }
}
