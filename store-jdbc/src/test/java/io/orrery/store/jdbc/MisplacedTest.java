package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A node remembers where rows are in a table of PostgreSQL, which may not hold any more when it comes back. */
final class MisplacedTest {

    @Test
    void a_row_that_stands_where_another_one_was_is_not_deleted_in_its_stead() throws Exception {
        try (var fixture = new StoreFixture(Backend.POSTGRESQL, "misplaced_")) {
            JdbcStore store = fixture.open("node");
            fixture.add(StoreFixture.once("ends"), StoreFixture.once("stays"));
            Map<String, Lease> leases = new TreeMap<>();
            StoreFixture.take(store).forEach(lease -> leases.put(lease.fire().schedule(), lease));
            assertThat(leases.get("ends").token()).isEqualTo(leases.get("stays").token());

            try (var connection = fixture.source().getConnection()) {
                Map<String, String> before = places(connection);
                exchange(connection);
                assertThat(places(connection))
                        .isEqualTo(Map.of("ends", before.get("stays"), "stays", before.get("ends")));
            }

            assertThat(fixture.end(store, leases.get("ends"))).isEqualTo(Completed.ACCEPTED_AND_REMOVED);
            assertThat(store.all()).extracting(stored -> stored.row().id()).containsExactly("stays");
            assertThat(fixture.end(store, leases.get("stays"))).isEqualTo(Completed.ACCEPTED_AND_REMOVED);
        }
    }

    @Test
    void a_row_that_somebody_moves_while_its_end_waits_for_it_is_found_all_the_same() throws Exception {
        try (var fixture = new StoreFixture(Backend.POSTGRESQL, "misplaced_");
                var connection = fixture.source().getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            JdbcStore store = fixture.open("node");
            fixture.add(StoreFixture.once("ends"));
            Lease lease = StoreFixture.take(store).getFirst();
            connection.setAutoCommit(false);
            execute(connection, "update misplaced_schedule set note = 'moved'");
            Future<Completed> end = threads.submit(() -> fixture.end(store, lease));
            awaitThatOneWaits(connection);
            connection.commit();

            assertThat(end.get()).isEqualTo(Completed.ACCEPTED_AND_REMOVED);
            assertThat(store.all()).isEmpty();
        }
    }

    private static void awaitThatOneWaits(Connection connection) throws SQLException {
        String text = "select count(*) from pg_locks where not granted";
        for (int waiting = 0; waiting == 0; ) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(text)) {
                rows.next();
                waiting = rows.getInt(1);
            }
        }
    }

    private static Map<String, String> places(Connection connection) throws SQLException {
        Map<String, String> places = new TreeMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, ctid::text from misplaced_schedule")) {
            while (rows.next()) {
                places.put(rows.getString(1), rows.getString(2));
            }
        }
        return places;
    }

    /** Has each of two rows stand where the other one was, with others before them that go again. */
    private static void exchange(Connection connection) throws SQLException {
        Map<Integer, String> wanted = new TreeMap<>();
        Map<String, String> before = places(connection);
        wanted.put(number(before.get("ends")), "stays");
        wanted.put(number(before.get("stays")), "ends");
        execute(connection, "create temporary table kept as select * from misplaced_schedule");
        execute(connection, "create temporary table other as select * from misplaced_schedule where id = 'ends'");
        execute(connection, "delete from misplaced_schedule");
        execute(connection, "vacuum misplaced_schedule");
        for (int place = 1; !wanted.isEmpty(); place++) {
            String id = wanted.remove(place);
            if (id == null) {
                execute(connection, "update other set id = 'other " + place + "'");
                execute(connection, "insert into misplaced_schedule select * from other");
            } else {
                execute(connection, "insert into misplaced_schedule select * from kept where id = '" + id + "'");
            }
        }
        execute(connection, "delete from misplaced_schedule where id like 'other %'");
    }

    private static int number(String place) {
        assertThat(place).startsWith("(0,");
        return Integer.parseInt(place.substring(3, place.length() - 1));
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
