package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.time.TimeSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Notifications of PostgreSQL, which there are in real time only. */
@Tag("smoke")
final class HintsTest {

    private static PGSimpleDataSource source(String url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    private static JdbcStore open(PGSimpleDataSource source, String node, Duration lease, Runnable wake) {
        JdbcStore store = JdbcStore.on(source).prefix("hints_").pause(Duration.ofHours(1));
        store.open(new StoreSite(node, "default", TimeSource.system(), lease, _ -> true, wake));
        return store;
    }

    @Test
    void other_nodes_hear_at_once_of_what_is_due_also_after_nonsense() throws Exception {
        PGSimpleDataSource source = source(Backend.POSTGRESQL.url());
        var woken = new Semaphore(0);
        JdbcStore hearing = open(source, "hearing", Duration.ofSeconds(10), woken::release);
        JdbcStore telling = open(source, "telling", Duration.ofSeconds(10), () -> {});
        try (var connection = source.getConnection()) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue(); // it listens
            hearing.take(1, Step::write);

            connection.createStatement().execute("select pg_notify('hints_due', 'nonsense')");
            var row = ScheduleRow.of(
                    Schedule.named("a").at(TimeSource.system().instant()).job("job"),
                    ScheduleState.SCHEDULED,
                    TimeSource.system().instant().minusSeconds(60));
            telling.write(Step.write(row));

            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            telling.write(Step.remove(telling.find("a").orElseThrow().row()));
        } finally {
            hearing.close();
            telling.close();
        }
    }

    @Test
    void a_store_closes_though_nothing_comes_through_to_its_database_any_more() throws Exception {
        PGSimpleDataSource direct = source(Backend.POSTGRESQL.url());
        try (var proxy = new CutProxy(direct.getPortNumbers()[0])) {
            PGSimpleDataSource source = source(Backend.POSTGRESQL.url());
            source.setPortNumbers(new int[] {proxy.port()});
            source.setConnectTimeout(1);
            source.setSocketTimeout(0);
            source.setLoginTimeout(1);
            var woken = new Semaphore(0);
            JdbcStore store = open(source, "stalled", Duration.ofSeconds(1), woken::release);
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();

            proxy.stall(true);

            assertThatThrownBy(store::close).isInstanceOf(StoreException.class);
            proxy.stall(false);
            assertThat(List.of(store.trouble().orElseThrow())).containsExactly("it is not open");
        }
    }

    /** How a place becomes free. */
    enum Way {
        END {
            @Override
            void free(JdbcStore store, Lease lease) {
                store.complete(
                        List.of(JdbcFire.succeeded(lease, TimeSource.system().instant())));
            }
        },
        REMOVAL {
            @Override
            void free(JdbcStore store, Lease lease) {
                store.write(Step.remove(store.find("one").orElseThrow().row()));
            }
        },
        TERMINATION {
            @Override
            void free(JdbcStore store, Lease lease) {
                ScheduleRow row = store.find("one").orElseThrow().row();
                store.write(new Step(row, Step.What.TERMINATE_LIVE, List.of(), List.of(), List.of()));
            }
        },
        CLAIM {
            @Override
            void free(JdbcStore store, Lease lease) {
                Instant due = TimeSource.system().instant().minusSeconds(1);
                ScheduleRow row = store.find("one").orElseThrow().row();
                store.write(Step.write(row.standing(ScheduleState.SCHEDULED, due)));
                store.take(
                        1,
                        late -> new Step(
                                late.standing(ScheduleState.PAUSED, null),
                                Step.What.TERMINATE_LIVE,
                                List.of(),
                                List.of(),
                                List.of()));
            }
        },
        LEAVE {
            @Override
            void free(JdbcStore store, Lease lease) {
                store.close();
            }
        };

        abstract void free(JdbcStore store, Lease lease);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_hears_that_there_is_a_place_for_what_only_it_can_run(Way way) throws Exception {
        try (var connections = Backend.POSTGRESQL.connections(Backend.Pool.HIKARI, 8)) {
            var woken = new Semaphore(0);
            JdbcStore one = open(connections.source(), "one", () -> {});
            JdbcStore two = open(connections.source(), "two", woken::release);
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            one.write(Step.write(due("one")));
            Lease first = StoreFixture.take(one).getFirst();
            one.write(Step.write(due("two")));
            for (int i = 0; i < 12; i++) { // each pause is twice as long
                woken.drainPermits();
                assertThat(StoreFixture.take(two)).isEmpty();
            }
            assertThat(two.find("two").orElseThrow().blockedOn()).isEqualTo("hints");

            way.free(one, first);

            Lease second = nextOf(two, woken);
            two.complete(List.of(JdbcFire.succeeded(second, TimeSource.system().instant())));
            one.close();
            try (var connection = connections.source().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("delete from hints_schedule");
                statement.execute("delete from hints_limit");
            }
            two.close();
        }
    }

    /** What a store has as soon as it is woken for it, also if it was woken for something else before. */
    private static Lease nextOf(JdbcStore store, Semaphore woken) throws InterruptedException {
        List<Lease> leases = List.of();
        while (leases.isEmpty()) {
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            leases = StoreFixture.take(store);
        }
        return leases.getFirst();
    }

    @Test
    void whatever_a_driver_throws_hints_are_heard_again_and_the_connection_is_given_back_as_it_was() throws Exception {
        try (var connections = Backend.POSTGRESQL.connections(Backend.Pool.HIKARI_WITHOUT_AUTOCOMMIT, 4)) {
            var pool = ((HikariDataSource) connections.source()).getHikariPoolMXBean();
            var weak = new WeakNotifications(connections.source());
            JdbcStore hearing = open(weak.source(), "hearing", () -> {});
            assertThat(weak.listening.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            weak.fails();
            assertThat(weak.listening.tryAcquire(30, TimeUnit.SECONDS)).isTrue(); // again, over the same connection

            assertThat(weak.before()).hasSize(2);
            assertThat(weak.before().getLast()).isEqualTo(weak.before().getFirst());
            assertThat(weak.before().getFirst()).isEqualTo("autocommit false, timeout 0, channels 0");
            assertThat(pool.getActiveConnections()).isEqualTo(1);
            hearing.close();
            assertThat(pool.getActiveConnections()).isZero();
        }
    }

    /** Connections whose notifications fail when a test wants that; notes how those were when they were had that are listened on. */
    private static final class WeakNotifications {
        private final DataSource real;
        private final AtomicBoolean failing = new AtomicBoolean();
        private final List<String> before = new CopyOnWriteArrayList<>();
        private final Semaphore listening = new Semaphore(0);

        WeakNotifications(DataSource real) {
            this.real = real;
        }

        void fails() {
            failing.set(true);
        }

        List<String> before() {
            return before;
        }

        DataSource source() {
            return proxy(
                    DataSource.class,
                    real,
                    (method, result) -> method.equals("getConnection") ? weak((Connection) result) : result);
        }

        private Connection weak(Connection connection) throws SQLException {
            String now = "autocommit " + connection.getAutoCommit() + ", timeout " + connection.getNetworkTimeout()
                    + ", channels " + channels(connection);
            return proxy(Connection.class, connection, (method, result) -> {
                if (!method.equals("unwrap")) {
                    return result;
                }
                before.add(now);
                listening.release();
                return proxy(PGConnection.class, result, (called, said) -> {
                    if (called.equals("getNotifications") && failing.getAndSet(false)) {
                        throw new IllegalStateException("a driver with a fault, by design");
                    }
                    return said;
                });
            });
        }

        private static int channels(Connection connection) throws SQLException {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from pg_listening_channels()")) {
                rows.next();
                int channels = rows.getInt(1);
                connection.rollback();
                return channels;
            }
        }

        private interface Change {
            Object of(String method, Object result) throws SQLException;
        }

        private static <T> T proxy(Class<T> type, Object real, Change change) {
            return type.cast(Proxy.newProxyInstance(
                    HintsTest.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                        try {
                            return change.of(method.getName(), method.invoke(real, arguments));
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    private static ScheduleRow due(String id) {
        Instant past = TimeSource.system().instant().minusSeconds(60);
        return ScheduleRow.of(Schedule.named(id).at(past).job(id).mutex("hints"), ScheduleState.SCHEDULED, past);
    }

    /** One that knows the job of its name only. */
    private static JdbcStore open(DataSource source, String node, Runnable wake) {
        JdbcStore store = JdbcStore.on(source).prefix("hints_").pause(Duration.ofHours(1));
        store.open(new StoreSite(node, "default", TimeSource.system(), Duration.ofSeconds(10), node::equals, wake));
        return store;
    }

    @Test
    void without_notifications_no_connection_is_kept_for_them_and_others_are_asked_after_a_pause() throws Exception {
        try (var connections = Backend.POSTGRESQL.connections(Backend.Pool.HIKARI, 4)) {
            var pool = ((HikariDataSource) connections.source()).getHikariPoolMXBean();
            var woken = new Semaphore(0);
            var self = new StoreSite(
                    "hearing", "default", TimeSource.system(), Duration.ofSeconds(10), _ -> true, woken::release);
            JdbcStore hearing = JdbcStore.on(connections.source()).prefix("hints_");
            hearing.open(self);
            assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            assertThat(pool.getActiveConnections()).isEqualTo(1);
            hearing.close();

            Duration pause = Duration.ofMillis(200);
            JdbcStore asking = JdbcStore.on(connections.source())
                    .prefix("hints_")
                    .withoutNotifications()
                    .pause(pause);
            asking.open(self);
            for (int i = 0; i < 10; i++) {
                asking.take(1, Step::write);
                assertThat(asking.nextLook())
                        .isBeforeOrEqualTo(TimeSource.system().instant().plus(pause));
            }
            assertThat(pool.getActiveConnections()).isZero();
            asking.close();
        }
    }
}
