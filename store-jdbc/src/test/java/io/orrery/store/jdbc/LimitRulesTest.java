package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Lease;
import io.orrery.spec.Spec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits of which schedules say different things, and how those come into being that many want at once. */
@Timeout(120)
@Spec("GT58")
final class LimitRulesTest {

    private static StoreFixture on(Backend backend) throws Exception {
        return new StoreFixture(backend, "rules_");
    }

    private static Schedule of(String id, int places) {
        return StoreFixture.once(id).limit("x", places);
    }

    @ParameterizedTest
    @EnumSource
    void each_schedule_goes_by_the_number_that_it_says_itself_whoever_has_the_places(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            JdbcStore second = fixture.open("second");
            fixture.add(of("one", 1));
            Lease one = StoreFixture.take(first).getFirst();
            fixture.add(of("three a", 3), of("three b", 3), of("three c", 3));
            List<Lease> two = StoreFixture.take(second);
            assertThat(two).hasSize(2);
            fixture.time.advance(Duration.ofSeconds(1));
            fixture.add(of("another one", 1));
            assertThat(StoreFixture.take(first)).isEmpty();

            fixture.end(first, one);
            List<Lease> third = StoreFixture.take(second);
            assertThat(StoreFixture.ids(third)).singleElement().asString().startsWith("three");

            fixture.end(second, two.getFirst());
            fixture.end(second, two.getLast());
            assertThat(StoreFixture.take(first)).isEmpty();
            assertThat(first.find("another one").orElseThrow().blockedOn()).isEqualTo("x");
            fixture.end(second, third.getFirst());
            assertThat(StoreFixture.ids(StoreFixture.take(first))).containsExactly("another one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_creates_limits_at_once_does_not_wait_for_each_other_in_a_circle(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            fixture.open("first");
            var limits = new Limits(bulk(fixture), new Sheets(bulk(fixture)), fixture.time);
            var rounds = new Rounds(limits, fixture);
            List<Callable<Void>> threads = new ArrayList<>();
            for (int i = 0; i < Rounds.THREADS; i++) {
                int thread = i;
                threads.add(() -> rounds.run(thread));
            }
            List<String> failures = new ArrayList<>();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var end : executor.invokeAll(threads)) {
                    if (end.state() == Future.State.FAILED) {
                        failures.add(end.exceptionNow().toString());
                    }
                }
            }
            assertThat(failures).isEmpty();
        }
    }

    private static Bulk bulk(StoreFixture fixture) throws Exception {
        return Bulk.of(new Database(fixture.source(), fixture.time, "rules_", StoreFixture.LEASE));
    }

    /** In each round all threads lock some limits of which few are there, and each others. */
    private record Rounds(Limits limits, StoreFixture fixture, CyclicBarrier barrier) {
        static final int THREADS = 4;
        private static final int ROUNDS = 60;
        private static final int NAMES = 5;

        Rounds(Limits limits, StoreFixture fixture) {
            this(limits, fixture, new CyclicBarrier(THREADS));
        }

        Void run(int thread) throws Exception {
            try (var connection = fixture.source().getConnection()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                for (int round = 0; round < ROUNDS; round++) {
                    Schedule schedule = Schedule.named("s");
                    for (int name = 0; name < NAMES; name++) {
                        schedule = (thread + name) % THREADS == 0 ? schedule : schedule.limit(round + " " + name, 1);
                    }
                    barrier.await(20, TimeUnit.SECONDS);
                    while (!locks(connection, schedule)) {
                        connection.rollback();
                    }
                    connection.commit();
                }
            }
            return null;
        }

        /** Whether it did not find that another one creates the same limit just now: then it begins anew. */
        private boolean locks(Connection connection, Schedule schedule) throws SQLException {
            try {
                limits.lock(connection, List.of(), List.of(schedule));
                return true;
            } catch (SQLException e) {
                if (e.getSQLState().equals("23505") || e.getErrorCode() == 1062) {
                    return false;
                }
                throw e;
            }
        }
    }
}
