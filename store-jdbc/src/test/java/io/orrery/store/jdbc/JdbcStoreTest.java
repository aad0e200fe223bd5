package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.store.Taken;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the store promises, on one database and one kind of pool; the subclasses say which. */
@Timeout(120)
abstract class JdbcStoreTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final Duration LEASE = Duration.ofSeconds(9);

    private final Backend backend;
    private final Backend.Pool pool;
    private final ManualTime time = ManualTime.stoppedAt(START);
    private final List<JdbcStore> open = new ArrayList<>();
    private final Set<String> known = new HashSet<>(Set.of("job"));
    private Backend.Connections connections;

    JdbcStoreTest(Backend backend, Backend.Pool pool) {
        this.backend = backend;
        this.pool = pool;
    }

    @BeforeEach
    void connect() throws SQLException {
        connections = backend.connections(pool, 8);
        var first = open("first");
        try (var connection = connections.source().getConnection()) {
            for (String table : List.of("schedule", "fire", "run", "tally", "limit")) {
                connection.createStatement().execute("delete from test_" + table);
            }
            connection.createStatement().execute("delete from test_node where name <> 'first'");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
        assertThat(first.all()).isEmpty();
    }

    @AfterEach
    void disconnect() {
        try {
            assertThat(open.getFirst().doctor()).isEmpty();
        } finally {
            open.forEach(JdbcStore::close);
            connections.close();
        }
    }

    private JdbcStore open(String node) {
        JdbcStore store = JdbcStore.on(connections.source()).prefix("test_");
        store.open(new StoreSite(node, "default", time, LEASE, known::contains, () -> {}));
        open.add(store);
        return store;
    }

    private JdbcStore first() {
        return open.getFirst();
    }

    private static Schedule once(String id) {
        return Schedule.named(id).at(START).job("job", new EncodedPayload("plain", "\"ünï\" " + id));
    }

    private static ScheduleRow row(Schedule schedule) {
        return ScheduleRow.of(schedule, ScheduleState.SCHEDULED, START);
    }

    /** The fire starts, and the schedule has finished. */
    private static Step fireOnce(ScheduleRow row) {
        return Step.start(
                row.remembering(row.history().after(row.due())).standing(ScheduleState.FINISHED, null),
                Fire.at(row.id(), row.due()));
    }

    /** The fire starts, and the schedule is due a minute later. */
    private static Step fireEachMinute(ScheduleRow row) {
        return Step.start(
                row.remembering(row.history().after(row.due()))
                        .standing(ScheduleState.SCHEDULED, row.due().plusSeconds(60)),
                Fire.at(row.id(), row.due()));
    }

    private Completion succeeded(Lease lease) {
        var history = new History(null, "succeeded", time.instant(), Duration.ofMillis(3), "");
        return new Completion(lease, lease.since(), history, null, null);
    }

    @Test
    @Spec({"D-001", "D-002", "D-006"})
    void what_is_added_is_found_again_as_it_was() {
        Schedule schedule = once("ä'\"\\ b")
                .name("a name")
                .tags("red", "blue")
                .zone(java.time.ZoneId.of("Europe/Paris"))
                .executor("other")
                .keptWhenFinished()
                .policy(policy -> policy.maxInstances(3)
                        .priority(-7)
                        .grace(Duration.ofMillis(1500))
                        .timeout(Duration.ofMillis(1500))
                        .retry(io.orrery.job.RetryPolicy.retries(3)
                                .delay(Duration.ofSeconds(1))
                                .backoff(2)));

        assertThat(first().write(Step.write(row(schedule)))).isEmpty();

        ScheduleRow found = first().find(schedule.id()).orElseThrow().row();
        assertThat(found.schedule().says(schedule)).isTrue();
        assertThat(found.due()).isEqualTo(START);
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.state()).isEqualTo(ScheduleState.SCHEDULED);
        assertThat(first().find("b")).isEmpty();
    }

    @Test
    @Spec({"D-001", "D-007", "GT52"})
    void a_version_that_is_not_that_of_the_row_writes_nothing() {
        first().write(Step.write(row(once("a"))));
        ScheduleRow found = first().find("a").orElseThrow().row();

        assertThat(first().write(Step.write(row(once("a"))))).isNull();
        assertThat(first().write(Step.write(found.standing(ScheduleState.PAUSED, START))))
                .isEmpty();
        assertThat(first().write(Step.write(found))).isNull();
        assertThat(first().find("a").orElseThrow().row().state()).isEqualTo(ScheduleState.PAUSED);
        assertThat(first().write(Step.remove(found))).isNull();
        assertThat(first().write(Step.remove(first().find("a").orElseThrow().row())))
                .isEmpty();
        assertThat(first().find("a")).isEmpty();
    }

    @Test
    @Spec({"D-001", "D-010", "GT54"})
    void what_is_due_comes_in_the_order_of_time_then_priority() {
        for (String id : List.of("1", "2", "3", "4")) {
            Instant due = START.minusNanos(id.equals("2") ? 1_000 : 0);
            int priority = Integer.parseInt(id);
            Schedule schedule = once(id).policy(policy -> policy.priority(priority));
            first().write(Step.write(row(schedule).standing(ScheduleState.SCHEDULED, due)));
        }

        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases())
                .extracting(lease -> lease.fire().schedule())
                .containsExactly("2", "4", "3", "1");
        assertThat(first().all()).extracting(stored -> stored.row().id()).containsExactly("1", "2", "3", "4");
    }

    @Test
    @Spec({"GT34", "D-001"})
    void a_one_shot_is_handed_out_once_and_goes_when_it_has_ended() {
        first().write(Step.write(row(once("a"))));

        Taken taken = first().take(10, JdbcStoreTest::fireOnce);

        assertThat(taken.leases()).singleElement().satisfies(lease -> {
            assertThat(lease.fire()).isEqualTo(Fire.at("a", START));
            assertThat(lease.since()).isEqualTo(START);
            assertThat(lease.until()).isEqualTo(START.plus(LEASE));
            assertThat(lease.schedule().says(once("a"))).isTrue();
        });
        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).isEmpty();
        assertThat(first().find("a").orElseThrow().running()).containsExactly("a@" + START);
        Completion end = succeeded(taken.leases().getFirst());
        assertThat(first().complete(List.of(end))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
        assertThat(first().complete(List.of(end))).containsExactly(Completed.REFUSED);
        assertThat(first().find("a")).isEmpty();
        assertThat(first().runs("a", 10)).singleElement().satisfies(run -> {
            assertThat(run.fire()).isEqualTo("a@" + START);
            assertThat(run.attempt()).isEqualTo(1);
            assertThat(run.node()).isEqualTo("first");
            assertThat(run.submitted()).isEqualTo(START);
            assertThat(run.outcome().word()).isEqualTo("succeeded");
        });
    }

    @Test
    @Spec("GT34")
    void a_recurring_schedule_is_advanced_with_its_fire() throws Exception {
        first().write(Step.write(row(once("a"))));

        for (int i = 0; i < 3; i++) {
            Instant due = START.plusSeconds(60L * i);
            List<Lease> leases = first().take(10, JdbcStoreTest::fireEachMinute).leases();
            assertThat(leases).extracting(Lease::fire).containsExactly(Fire.at("a", due));
            assertThat(first().nextLook()).isBeforeOrEqualTo(due.plusSeconds(60));
            assertThat(first().complete(List.of(succeeded(leases.getFirst())))).containsExactly(Completed.ACCEPTED);
            ScheduleRow row = first().find("a").orElseThrow().row();
            assertThat(row.previous()).isEqualTo(due);
            assertThat(row.due()).isEqualTo(due.plusSeconds(60));
            assertThat(row.live()).isZero();
            assertThat(row.history().outcome()).isEqualTo("succeeded");
            time.advance(Duration.ofSeconds(60));
            first().renew();
        }
    }

    @Test
    void an_attempt_that_is_to_be_repeated_is_due_again_then() throws Exception {
        first().write(Step.write(row(once("a"))));
        Lease lease = first().take(10, JdbcStoreTest::fireOnce).leases().getFirst();
        Instant later = START.plusSeconds(5);

        var failed = new Completion(lease, lease.since(), new History(null, "failed", START, null, "no"), later, null);
        assertThat(first().complete(List.of(failed))).containsExactly(Completed.ACCEPTED);

        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).isEmpty();
        assertThat(first().find("a").orElseThrow().waiting()).containsExactly("a@" + START);
        time.advance(Duration.ofSeconds(5));
        Lease second = first().take(10, JdbcStoreTest::fireOnce).leases().getFirst();
        assertThat(second.fire().attempt()).isEqualTo(2);
        assertThat(second.token()).isGreaterThan(lease.token());
        assertThat(first().complete(List.of(succeeded(lease), succeeded(second))))
                .containsExactly(Completed.REFUSED, Completed.ACCEPTED_AND_REMOVED);
    }

    @Test
    void fires_that_wait_come_one_by_one_as_others_end() {
        first().write(Step.write(row(once("a"))));
        List<Fire> waiting = List.of(Fire.at("a", START.plusNanos(1000)), Fire.at("a", START.plusNanos(2000)));

        List<Lease> leases = first().take(
                        10,
                        row -> new Step(
                                row.standing(ScheduleState.FINISHED, null),
                                Step.What.WRITE,
                                List.of(Fire.at("a", START)),
                                waiting,
                                List.of()))
                .leases();

        var seen = new ArrayList<Fire>();
        while (!leases.isEmpty()) {
            seen.add(leases.getFirst().fire());
            assertThat(leases).hasSize(1);
            assertThat(first().doctor()).isEmpty();
            first().complete(List.of(succeeded(leases.getFirst())));
            leases = first().take(10, JdbcStoreTest::fireOnce).leases();
        }
        assertThat(seen).containsExactly(Fire.at("a", START), waiting.get(0), waiting.get(1));
        assertThat(first().find("a")).isEmpty();
    }

    @Test
    @Spec({"GT34", "GT57", "GT59"})
    void what_a_node_that_is_silent_was_running_is_run_again_and_its_late_result_is_refused() throws Exception {
        JdbcStore second = open("second");
        first().write(Step.write(row(once("a"))));
        first().write(Step.write(row(once("b").policy(policy -> policy.onLost(OnLost.FAIL)))));
        first().write(Step.write(row(once("c").policy(policy -> policy.onLost(OnLost.ASK)))));
        List<Lease> old = first().take(10, JdbcStoreTest::fireOnce).leases();
        assertThat(old).hasSize(3);
        time.advance(LEASE);
        assertThat(second.renew().abandoned()).isEmpty();
        assertThat(second.take(10, JdbcStoreTest::fireOnce).leases()).isEmpty();
        time.advance(Duration.ofNanos(1));

        assertThat(second.renew().abandoned()).extracting(Lease::fire).containsExactly(Fire.at("b", START));
        Lease again = second.take(10, JdbcStoreTest::fireOnce).leases().getFirst();

        assertThat(again.fire().id()).isEqualTo("a@" + START);
        assertThat(again.fire().attempt()).isEqualTo(2);
        assertThat(first().complete(old.stream().map(this::succeeded).toList())).containsOnly(Completed.REFUSED);
        assertThat(first().renew().lost()).containsExactlyInAnyOrderElementsOf(old);
        assertThat(second.complete(List.of(succeeded(again)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
        assertThat(second.find("c").orElseThrow().row().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(second.find("b")).isEmpty();
        assertThat(second.runs("b", 1).getFirst().outcome().word()).isEqualTo("failed");
        assertThat(second.nodes()).extracting(JdbcStore.NodeInfo::id).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void a_node_that_renews_keeps_its_leases_and_one_that_comes_back_begins_anew() throws Exception {
        JdbcStore second = open("second");
        first().write(Step.write(row(once("a"))));
        Lease lease = first().take(10, JdbcStoreTest::fireOnce).leases().getFirst();
        for (int i = 0; i < 10; i++) {
            time.advance(LEASE.dividedBy(3));
            assertThat(first().renew().lost()).isEmpty();
            assertThat(second.renew().lost()).isEmpty();
        }
        assertThat(first().complete(List.of(succeeded(lease)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);

        time.advance(LEASE.multipliedBy(2));
        second.renew();
        first().write(Step.write(row(once("b"))));
        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).hasSize(1);
        assertThat(second.doctor()).isEmpty();
    }

    @Test
    void jobs_that_a_node_does_not_know_are_left_for_others() {
        first().write(Step.write(row(once("a").job("other"))));
        first().write(Step.write(row(once("b"))));

        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases())
                .extracting(lease -> lease.fire().schedule())
                .containsExactly("b");
        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).isEmpty();
        known.add("other");
        first().renew();
        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases())
                .extracting(lease -> lease.fire().schedule())
                .containsExactly("a");
    }

    @Test
    @Spec({"D-005", "GT51"})
    void what_cannot_be_read_is_kept_and_quarantined() throws Exception {
        first().write(Step.write(row(once("a"))));
        first().write(Step.write(row(once("b"))));
        execute("update test_schedule set trigger_data = '{\"type\":\"of the future\"}' where id = 'a'");

        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).hasSize(1);
        ScheduleRow found = first().find("a").orElseThrow().row();
        assertThat(found.state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(found.history().note()).contains("of the future");
        assertThat(first().take(10, JdbcStoreTest::fireOnce)).isEqualTo(Taken.NOTHING);
        assertThat(query("select trigger_data from test_schedule where id = 'a'"))
                .contains("of the future");
        assertThat(first().all()).hasSize(2);
    }

    @Test
    void somebody_else_can_cancel_and_terminate_what_a_node_runs() {
        JdbcStore second = open("second");
        first().write(Step.write(row(once("a"))));
        first().write(Step.write(row(once("b"))));
        List<Lease> leases = first().take(10, JdbcStoreTest::fireOnce).leases();
        assertThat(first().renew().cancelled()).isEmpty();

        change(second, "a", Step.What.CANCEL_LIVE);
        change(second, "b", Step.What.TERMINATE_LIVE);

        var renewal = first().renew();
        assertThat(renewal.cancelled()).containsExactly(lease(leases, "a"));
        assertThat(renewal.lost()).containsExactly(lease(leases, "b"));
        assertThat(first().complete(List.of(succeeded(lease(leases, "a")), succeeded(lease(leases, "b")))))
                .containsExactly(Completed.ACCEPTED_AND_REMOVED, Completed.REFUSED);
    }

    private static Lease lease(List<Lease> leases, String id) {
        return leases.stream()
                .filter(lease -> lease.fire().schedule().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void change(JdbcStore store, String id, Step.What what) {
        ScheduleRow row = store.find(id).orElseThrow().row();
        assertThat(store.write(new Step(row, what, List.of(), List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void what_is_added_within_a_transaction_comes_and_goes_with_it() throws Exception {
        try (var connection = connections.source().getConnection()) {
            connection.setAutoCommit(false);
            first().within(connection, () -> first().write(Step.write(row(once("a")))));
            assertThat(first().find("a")).isEmpty();
            connection.rollback();
            assertThat(first().find("a")).isEmpty();
            first().within(connection, () -> first().write(Step.write(row(once("a")))));
            connection.commit();
        }
        assertThat(first().find("a")).isPresent();
    }

    @Test
    void effects_of_a_job_and_the_end_of_its_fire_are_both_there_or_neither() throws Exception {
        execute("create table if not exists test_effect (id int)");
        execute("delete from test_effect");
        first().write(Step.write(row(once("a"))));
        Lease lease = first().take(10, JdbcStoreTest::fireOnce).leases().getFirst();

        assertThatThrownBy(() -> first().completions().completeWith(lease, connection -> {
                    connection.createStatement().execute("insert into test_effect values (1)");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(query("select count(*) from test_effect")).isEqualTo("0");
        assertThat(first().find("a").orElseThrow().running()).hasSize(1);

        JdbcFire.Effects effects =
                connection -> connection.createStatement().execute("insert into test_effect values (1)");
        first().completions().completeWith(lease, effects);
        assertThatThrownBy(() -> first().completions().completeWith(lease, effects))
                .hasMessageContaining("is lost. Nothing was written.");
        assertThat(query("select count(*) from test_effect")).isEqualTo("1");
        assertThat(first().find("a")).isEmpty();
    }

    @Test
    void closing_gives_back_what_a_node_has() {
        JdbcStore second = open("second");
        second.write(Step.write(row(once("a"))));
        assertThat(second.take(10, JdbcStoreTest::fireOnce).leases()).hasSize(1);

        second.close();

        assertThat(first().nodes()).extracting(JdbcStore.NodeInfo::id).containsExactly("first");
        assertThat(first().take(10, JdbcStoreTest::fireOnce).leases()).hasSize(1);
    }

    @Test
    void what_the_database_cannot_keep_is_refused_with_the_rule() {
        assertThatThrownBy(() -> first().write(Step.write(row(once("x".repeat(256))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 255 characters");
    }

    @Test
    @Spec("GT34")
    void many_nodes_share_what_is_due_and_each_fire_is_handed_out_once() throws Exception {
        int many = 500;
        JdbcStore second = open("second");
        JdbcStore third = open("third");
        var added = new ArrayList<Future<List<Lease>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < many; i++) {
                String id = "s" + i;
                added.add(threads.submit(() -> first().write(Step.write(row(once(id))))));
            }
        }
        for (var one : added) {
            assertThat(one.get()).isEmpty();
        }
        var futures = new ArrayList<Future<List<String>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (JdbcStore store : List.of(first(), second, third)) {
                futures.add(threads.submit(() -> drain(store)));
            }
        }

        var all = new ArrayList<String>();
        for (var future : futures) {
            all.addAll(future.get());
        }
        assertThat(all).hasSize(many).doesNotHaveDuplicates();
        assertThat(first().all()).isEmpty();
    }

    private List<String> drain(JdbcStore store) {
        var ids = new ArrayList<String>();
        while (store.all().stream().anyMatch(stored -> stored.running().isEmpty())) {
            List<Lease> leases = store.take(20, JdbcStoreTest::fireOnce).leases();
            leases.forEach(lease -> ids.add(lease.fire().id()));
            store.complete(leases.stream().map(this::succeeded).toList());
        }
        return ids;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connections.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    private String query(String sql) throws SQLException {
        try (var connection = connections.source().getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
