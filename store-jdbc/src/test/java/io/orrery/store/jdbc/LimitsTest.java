package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.spec.Spec;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits, keys and queues hold for all nodes together, on each database. */
@Timeout(120)
@Spec({"GT58", "M-006"})
final class LimitsTest {

    private static StoreFixture on(Backend backend) throws Exception {
        return new StoreFixture(backend, "limits_");
    }

    @ParameterizedTest
    @EnumSource
    void what_one_node_runs_keeps_others_from_running_more_until_it_ends(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            JdbcStore second = fixture.open("second");
            fixture.add(StoreFixture.once("a").mutex("key"));
            List<Lease> running = StoreFixture.take(first);
            fixture.add(
                    StoreFixture.once("b").mutex("key"), StoreFixture.once("c").mutex("another"));

            assertThat(StoreFixture.ids(StoreFixture.take(second))).containsExactly("c");
            assertThat(second.find("b").orElseThrow().blockedOn()).isEqualTo("key");
            assertThat(second.doctor()).isEmpty();
            fixture.end(first, running.getFirst());

            assertThat(StoreFixture.ids(StoreFixture.take(second))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT34", "GT59"})
    void places_of_a_node_that_is_gone_or_takes_leave_are_given_on(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            JdbcStore dying = fixture.open("dying");
            JdbcStore leaving = fixture.open("leaving");
            fixture.add(StoreFixture.once("a").mutex("a").policy(policy -> policy.onLost(OnLost.FAIL)));
            fixture.add(StoreFixture.once("b").mutex("b"));
            assertThat(StoreFixture.take(dying)).hasSize(2);
            fixture.add(
                    StoreFixture.once("c").limit("a", 1), StoreFixture.once("d").mutex("b"));
            assertThat(StoreFixture.take(first)).isEmpty();
            fixture.time.advance(StoreFixture.LEASE.plusSeconds(1));
            leaving.renew();

            List<Lease> taken = StoreFixture.take(leaving);
            assertThat(StoreFixture.ids(taken)).containsExactlyInAnyOrder("c", "d");
            leaving.close();
            List<String> last = StoreFixture.ids(StoreFixture.take(first));
            assertThat(last).hasSize(2).contains("c").containsAnyOf("b", "d");
            String blocked = last.contains("b") ? "d" : "b";
            assertThat(first.find(blocked).orElseThrow().blockedOn()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void queues_are_served_by_who_says_so(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore all = fixture.open("all");
            JdbcStore mail = fixture.open("mail", "mail");
            JdbcStore both = fixture.open("both", "mail", Schedule.DEFAULT);
            fixture.add(
                    StoreFixture.once("a"),
                    StoreFixture.once("b").queue("mail"),
                    StoreFixture.once("c").queue("x"));

            assertThat(StoreFixture.ids(StoreFixture.take(mail))).containsExactly("b");
            assertThat(StoreFixture.ids(StoreFixture.take(both))).containsExactly("a");
            assertThat(StoreFixture.ids(StoreFixture.take(all))).containsExactly("c");
            assertThat(all.find("b").orElseThrow().row().schedule().queue()).isEqualTo("mail");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_name_that_is_too_long_is_refused(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            fixture.open("first");
            assertThatThrownBy(() -> fixture.add(StoreFixture.once("a").mutex("m".repeat(261))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 260 characters");
            assertThatThrownBy(() -> fixture.add(StoreFixture.once("a").queue("q".repeat(256))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 255 characters");
        }
    }

    @ParameterizedTest
    @EnumSource
    void however_many_nodes_try_at_once_there_are_never_more_than_there_are_places_and_all_have_their_turn(
            Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            List<JdbcStore> nodes = List.of(fixture.open("1"), fixture.open("2"), fixture.open("3"));
            int many = 120;
            for (int i = 0; i < many; i++) {
                Schedule schedule = StoreFixture.once("s" + i).limit("all", 5).mutex("key " + i % 7);
                fixture.add(i % 2 == 0 ? schedule : schedule.policy(policy -> policy.maxOfJob(3)));
            }
            var work = new Work(fixture, many);
            List<Callable<Void>> workers = new ArrayList<>();
            nodes.forEach(node -> workers.add(() -> work.on(node)));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var end : threads.invokeAll(workers)) {
                    end.get();
                }
            }

            assertThat(work.most.get()).isBetween(1, 5);
            assertThat(nodes.getFirst().all()).isEmpty();
            for (int i = 0; i < 21; i++) {
                nodes.getFirst().renew();
            }
            assertThat(limits(fixture)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_was_passed_over_because_somebody_had_its_row_and_did_nothing_is_called_later(Backend backend)
            throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            Lease a = waitedFor(fixture, first);
            try (Connection other = fixture.source().getConnection()) {
                locked(other, "b");
                fixture.end(first, a);
                assertThat(StoreFixture.take(first)).isEmpty();
                other.rollback();
            }

            assertThat(StoreFixture.ids(StoreFixture.take(first))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_was_passed_over_by_a_node_that_is_gone_is_called_by_others(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore second = fixture.open("second");
            JdbcStore gone = fixture.open("gone");
            Lease a = waitedFor(fixture, gone);
            try (Connection other = fixture.source().getConnection()) {
                locked(other, "b");
                fixture.end(gone, a);
                other.rollback();
            }

            second.renew();

            assertThat(StoreFixture.ids(StoreFixture.take(second))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_is_called_and_in_a_queue_that_nobody_serves_keeps_nobody_waiting(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first", Schedule.DEFAULT);
            JdbcStore leaving = fixture.open("leaving", "mail");
            fixture.add(StoreFixture.once("a").mutex("m"));
            Lease a = StoreFixture.take(first).getFirst();
            fixture.add(StoreFixture.once("b").mutex("m").queue("mail"));
            assertThat(StoreFixture.take(leaving)).isEmpty();
            fixture.time.advance(Duration.ofSeconds(1));
            fixture.add(StoreFixture.once("c").mutex("m"));
            assertThat(StoreFixture.take(first)).isEmpty();
            assertThat(first.all()).extracting(StoredSchedule::blockedOn).contains("m", "m");

            fixture.end(first, a);
            assertThat(StoreFixture.take(first)).isEmpty();
            first.renew();

            assertThat(StoreFixture.ids(StoreFixture.take(first))).containsExactly("c");
        }
    }

    /** A schedule {@code b} that waits until what that node runs ends. */
    private static Lease waitedFor(StoreFixture fixture, JdbcStore node) {
        fixture.add(StoreFixture.once("a").mutex("m"));
        Lease a = StoreFixture.take(node).getFirst();
        fixture.add(StoreFixture.once("b").mutex("m"));
        assertThat(StoreFixture.take(node)).isEmpty();
        assertThat(node.find("b").orElseThrow().blockedOn()).isEqualTo("m");
        return a;
    }

    private static void locked(Connection connection, String id) throws Exception {
        connection.setAutoCommit(false);
        try (var rows = connection
                .createStatement()
                .executeQuery("select id from limits_schedule where id = '" + id + "' for update")) {
            assertThat(rows.next()).isTrue();
        }
    }

    private static long limits(StoreFixture fixture) throws Exception {
        try (var connection = fixture.source().getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from limits_limit")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Runs all that there is, and notes how many run at once. */
    private static final class Work {
        private final StoreFixture fixture;
        private final AtomicInteger left;
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Work(StoreFixture fixture, int many) {
            this.fixture = fixture;
            this.left = new AtomicInteger(many);
        }

        Void on(JdbcStore node) {
            while (left.get() > 0) {
                List<Lease> leases = StoreFixture.take(node);
                most.accumulateAndGet(running.addAndGet(leases.size()), Math::max);
                for (Lease lease : leases) {
                    running.decrementAndGet();
                    assertThat(fixture.end(node, lease)).isEqualTo(Completed.ACCEPTED_AND_REMOVED);
                    left.decrementAndGet();
                }
            }
            return null;
        }
    }
}
