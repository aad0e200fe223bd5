package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Renewal;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of leases when heartbeats, ends and take-overs fail half-way. */
final class FencingTest {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @TempDir
    private Path folder;

    private final ManualTime time = ManualTime.stopped();
    private JdbcConnectionPool pool;
    private FaultySource source;
    private JdbcStore store;
    private JdbcStore other;

    @BeforeEach
    void open() throws Exception {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("fencing"), "sa", "");
        source = new FaultySource(pool);
        store = open("node");
        other = open("other");
        execute("create table effect (id int)");
        store.renew();
    }

    private JdbcStore open(String node) {
        JdbcStore opened = JdbcStore.on(source);
        opened.open(new StoreSite(node, "default", time, LEASE, _ -> true, () -> {}));
        return opened;
    }

    @AfterEach
    void close() {
        assertThat(other.doctor()).isEmpty();
        other.close();
        store.close();
        pool.dispose();
    }

    private void execute(String sql) throws Exception {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long effects() throws Exception {
        try (var connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from effect")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static final JdbcFire.Effects EFFECT =
            connection -> connection.createStatement().execute("insert into effect values (1)");

    private void add(String id) {
        add(Schedule.named(id).at(time.instant()).job("job"));
    }

    private void add(Schedule schedule) {
        store.write(Step.write(ScheduleRow.of(schedule, ScheduleState.SCHEDULED, time.instant())));
    }

    private static Step once(ScheduleRow row) {
        return Step.start(row.standing(ScheduleState.FINISHED, null), Fire.at(row.id(), row.due()));
    }

    private static Step each(ScheduleRow row) {
        return Step.start(
                row.standing(ScheduleState.SCHEDULED, row.due().plusSeconds(60)), Fire.at(row.id(), row.due()));
    }

    private Lease lease(String id) {
        add(id);
        return store.take(1, FencingTest::once).leases().getFirst();
    }

    private Completion succeeded(Lease lease) {
        return new Completion(lease, null, new History(null, "succeeded", time.instant(), null, ""), null, null);
    }

    private void change(String id, Step.What what) {
        ScheduleRow row = other.find(id).orElseThrow().row();
        other.write(new Step(row, what, List.of(), List.of(), List.of()));
    }

    @Test
    @Spec({"GT34", "GT57"})
    void a_late_end_is_refused_also_if_it_comes_together_with_the_valid_one() throws Exception {
        add("a");
        Lease late = store.take(1, FencingTest::each).leases().getFirst();
        change("a", Step.What.TERMINATE_LIVE);
        time.advance(Duration.ofMinutes(1));
        Lease valid = store.take(1, FencingTest::each).leases().getFirst();

        assertThat(store.complete(List.of(succeeded(late), succeeded(valid))))
                .containsExactly(Completed.REFUSED, Completed.ACCEPTED);
        assertThat(store.runs("a", 10)).hasSize(1);
    }

    @Test
    @Spec("GT57")
    void a_change_by_another_node_is_heard_of_though_the_first_look_at_the_leases_fails() {
        Lease lease = lease("a");
        change("a", Step.What.CANCEL_LIVE);
        source.refused.set(2); // after the heartbeat
        assertThatThrownBy(store::renew).isInstanceOf(StoreException.class);

        assertThat(store.renew().cancelled()).containsExactly(lease);
        assertThat(store.renew().cancelled()).isEmpty();
        store.complete(List.of(succeeded(lease)));
    }

    @Test
    @Spec("GT57")
    void what_a_heartbeat_has_found_is_told_by_the_next_one_if_it_fails_later() throws Exception {
        Lease cancelled = lease("a");
        Lease lost = lease("b");
        JdbcStore third = open("third");
        add(Schedule.named("c").at(time.instant()).job("job").policy(policy -> policy.onLost(OnLost.FAIL)));
        Lease abandoned = third.take(1, FencingTest::once).leases().getFirst();
        time.advance(LEASE.dividedBy(2));
        store.renew();
        other.renew();
        time.advance(LEASE.dividedBy(2).plusSeconds(1));
        change("a", Step.What.CANCEL_LIVE);
        change("b", Step.What.TERMINATE_LIVE);
        source.refused.set(6); // heartbeat, comparison, burial, search, take-over; then the end of the node
        assertThatThrownBy(store::renew).isInstanceOf(StoreException.class);

        Renewal next = store.renew();
        assertThat(next.cancelled()).containsExactly(cancelled);
        assertThat(next.lost()).containsExactly(lost);
        assertThat(next.abandoned()).extracting(Lease::fire).containsExactly(abandoned.fire());
        assertThat(store.renew()).isEqualTo(Renewal.NOTHING);
        third.close();
        store.complete(List.of(succeeded(cancelled)));
    }

    @Test
    @Spec("GT34")
    void a_lease_whose_end_may_have_been_written_is_not_told_to_be_lost() {
        Lease lease = lease("a");
        source.silentCommit.set(1);
        assertThatThrownBy(() -> store.complete(List.of(succeeded(lease)))).isInstanceOf(StoreException.class);

        assertThat(store.renew()).isEqualTo(Renewal.NOTHING);
        assertThat(store.complete(List.of(succeeded(lease)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
    }

    @Test
    @Spec("GT34")
    void effects_whose_commit_was_not_heard_are_not_there_twice_if_they_are_tried_again() throws Exception {
        Lease lease = lease("a");
        source.silentCommit.set(1);
        assertThatThrownBy(() -> store.completions().completeWith(lease, EFFECT))
                .isInstanceOf(StoreException.class);

        assertThatThrownBy(() -> store.completions().completeWith(lease, EFFECT))
                .hasMessageContaining("Nothing was written");
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    @Spec("GT57")
    void a_node_that_was_replaced_has_no_effects_any_more_though_its_new_number_was_not_heard() throws Exception {
        Lease late = lease("a");
        time.advance(LEASE.plusSeconds(1));
        other.renew();
        Lease again = other.take(1, FencingTest::once).leases().getFirst();
        assertThat(other.complete(List.of(succeeded(again)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
        source.silentCommit.set(1);
        assertThatThrownBy(() -> add("b")).isInstanceOf(StoreException.class);

        assertThatThrownBy(() -> store.completions().completeWith(late, EFFECT)).hasMessageContaining("is lost");
        assertThat(effects()).isZero();
        assertThat(store.renew().lost()).containsExactly(late);
    }

    @Test
    @Spec("GT57")
    void slow_effects_do_not_hold_up_the_heartbeat() throws Exception {
        Lease slow = lease("a");
        Lease cancelled = lease("b");
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var end = threads.submit(() -> {
                store.completions().completeWith(slow, connection -> {
                    begun.countDown();
                    go.await();
                    EFFECT.on(connection);
                });
                return 0;
            });
            begun.await();
            try {
                change("b", Step.What.CANCEL_LIVE);
                var renewal = threads.submit(store::renew);
                assertThat(renewal.get(30, TimeUnit.SECONDS).cancelled()).containsExactly(cancelled);
            } finally {
                go.countDown();
            }
            end.get(30, TimeUnit.SECONDS);
        }
        assertThat(effects()).isEqualTo(1);
        assertThat(store.find("a")).isEmpty();
        store.complete(List.of(succeeded(cancelled)));
    }

    @Test
    @Spec("GT57")
    void a_heartbeat_that_was_not_written_does_not_make_leases_longer() throws Exception {
        Instant until = time.instant().plus(LEASE);
        time.advance(LEASE.dividedBy(3));
        source.failsCommit.set(true);
        assertThatThrownBy(store::renew).isInstanceOf(StoreException.class);

        assertThat(lease("a").until()).isEqualTo(until);
    }

    @Test
    @Spec({"GT34", "GT59"})
    void what_has_ended_on_a_node_that_leaves_is_not_given_back_but_lost_when_its_leases_have_run_out()
            throws Exception {
        List<Lease> kept = new ArrayList<>();
        JdbcStore leaving = JdbcStore.on(source);
        var self = new StoreSite.Node("leaving", LEASE, Set.of());
        var user = new StoreSite.User(_ -> true, () -> {}, () -> kept);
        leaving.open(new StoreSite(self, "default", time, ZoneOffset.UTC, user));
        add(Schedule.named("fails").at(time.instant()).job("job").policy(policy -> policy.onLost(OnLost.FAIL)));
        add("again");
        add("free");
        leaving.take(3, FencingTest::once).leases().stream()
                .filter(lease -> !lease.fire().schedule().equals("free"))
                .forEach(kept::add);
        leaving.close();

        List<Lease> free = other.take(3, FencingTest::once).leases();
        assertThat(free).extracting(lease -> lease.fire().schedule()).containsExactly("free");
        assertThat(other.doctor()).isEmpty();
        time.advance(LEASE.dividedBy(2));
        other.renew();
        time.advance(LEASE.dividedBy(2).plusSeconds(1));
        assertThat(other.renew().abandoned())
                .extracting(lease -> lease.fire().schedule())
                .containsExactly("fails");
        List<Lease> again = other.take(3, FencingTest::once).leases();
        assertThat(again).extracting(lease -> lease.fire().attempt()).containsExactly(2);
        other.complete(List.of(succeeded(free.getFirst()), succeeded(again.getFirst())));
    }

    @Test
    @Spec("GT57")
    void whom_to_ask_is_told_by_the_node_that_takes_over() throws Exception {
        add(Schedule.named("a").at(time.instant()).job("job").policy(policy -> policy.onLost(OnLost.ASK)));
        store.take(1, FencingTest::once);
        time.advance(LEASE.plusSeconds(1));

        assertThat(other.renew().asked()).singleElement().satisfies(row -> {
            assertThat(row.id()).isEqualTo("a");
            assertThat(row.state()).isEqualTo(ScheduleState.QUARANTINED);
        });
        assertThat(other.renew().asked()).isEmpty();
        store.renew();
    }

    @Test
    void nonsense_about_what_is_kept_is_refused_and_a_very_long_time_is_for_ever() {
        assertThatThrownBy(() -> JdbcStore.on(source).keepingRuns(Duration.ZERO, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("must be positive", "PT0S", "keepingNoRuns()");
        assertThatThrownBy(() -> JdbcStore.on(source).keepingRuns(Duration.ofDays(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("must be positive", "0", "keepingNoRuns()");

        JdbcStore keeping = JdbcStore.on(source).keepingRuns(Duration.ofSeconds(Long.MAX_VALUE), Long.MAX_VALUE);
        keeping.open(new StoreSite("k", "default", time, LEASE, _ -> true, () -> {}));
        assertThat(keeping.renew()).isEqualTo(Renewal.NOTHING);
        keeping.close();
    }
}
