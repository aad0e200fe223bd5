package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of each row something comes, whoever dies when; and the connections are given back as they were. */
@Timeout(120)
final class InvariantTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StoreFixture on(Backend backend) throws Exception {
        return new StoreFixture(backend, "invariant_");
    }

    private static Schedule afterCompletion(String id) {
        return Schedule.named(id)
                .trigger(Trigger.every(MINUTE).afterCompletion())
                .job("job")
                .anchored(StoreFixture.START);
    }

    private static Step begin(ScheduleRow row) {
        return Step.start(row.standing(ScheduleState.SCHEDULED, null), Fire.at(row.id(), row.due()));
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT34", "GT59"})
    void what_counts_from_the_end_of_its_fires_is_due_again_when_one_is_lost_though_nobody_does_anything_more(
            Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            JdbcStore second = fixture.open("second");
            fixture.add(afterCompletion("a").policy(policy -> policy.onLost(OnLost.FAIL)));
            assertThat(second.take(1, InvariantTest::begin).leases()).hasSize(1);
            fixture.time.advance(StoreFixture.LEASE.plusSeconds(1));

            assertThat(first.renew().abandoned()).hasSize(1);

            assertThat(first.doctor()).isEmpty();
            assertThat(first.find("a").orElseThrow().row().due())
                    .isEqualTo(fixture.time.instant().plus(MINUTE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_counts_from_the_end_of_its_fires_is_due_again_if_one_is_skipped_because_of_one_by_hand(Backend backend)
            throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore store = fixture.open("first");
            fixture.add(afterCompletion("a"));
            ScheduleRow row = store.find("a").orElseThrow().row();
            Lease byHand = store.write(Step.start(row, Fire.manual("a", StoreFixture.START.minusSeconds(5))))
                    .getFirst();

            assertThat(store.take(1, InvariantTest::skip).leases()).isEmpty();
            assertThat(store.find("a").orElseThrow().row().due()).isEqualTo(StoreFixture.START.plus(MINUTE));
            fixture.end(store, byHand);

            assertThat(store.doctor()).isEmpty();
            assertThat(store.find("a").orElseThrow().row().state()).isEqualTo(ScheduleState.SCHEDULED);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT34", "GT59"})
    void what_was_cancelled_is_over_when_its_node_leaves_and_the_schedule_is_due_again(Backend backend)
            throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore first = fixture.open("first");
            JdbcStore second = fixture.open("second");
            fixture.add(afterCompletion("a"));
            assertThat(second.take(1, InvariantTest::begin).leases()).hasSize(1);
            ScheduleRow row = first.find("a").orElseThrow().row();
            assertThat(first.write(new Step(row, Step.What.CANCEL_LIVE, List.of(), List.of(), List.of())))
                    .isNotNull();

            second.close();

            assertThat(first.doctor()).isEmpty();
            ScheduleRow left = first.find("a").orElseThrow().row();
            assertThat(left.live()).isZero();
            assertThat(left.due()).isEqualTo(fixture.time.instant().plus(MINUTE));
        }
    }

    private static Step skip(ScheduleRow row) {
        return new Step(
                row.standing(ScheduleState.SCHEDULED, null),
                Step.What.WRITE,
                List.of(),
                List.of(),
                List.of(Skip.one(row.due(), Skip.Reason.OVERLAP)));
    }

    @ParameterizedTest
    @EnumSource
    void effects_may_end_a_fire_from_whose_end_its_schedule_counts(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore store = fixture.open("first");
            fixture.add(afterCompletion("a"));
            Lease lease = store.take(1, InvariantTest::begin).leases().getFirst();

            store.completions().completeWith(lease, connection -> {});

            assertThat(store.find("a").orElseThrow().row().due()).isEqualTo(StoreFixture.START.plus(MINUTE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_fires_only_when_somebody_asks_for_it_is_no_finding(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore store = fixture.open("first");
            Schedule asked = Schedule.named("a").trigger(Trigger.manual()).job("job");
            store.write(Step.write(ScheduleRow.of(asked, ScheduleState.SCHEDULED, null)));

            assertThat(store.doctor()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connections_are_given_back_with_the_isolation_that_they_had(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            Set<Integer> before = isolations(fixture.source());
            JdbcStore store = fixture.open("first");

            fixture.add(StoreFixture.once("a"));
            fixture.end(store, StoreFixture.take(store).getFirst());

            assertThat(isolations(fixture.source())).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void whatever_isolation_a_pool_is_set_to_the_store_has_its_own(Backend backend) throws Exception {
        try (var connections = backend.connections(Backend.Pool.DBCP, 6);
                StoreFixture fixture = on(backend)) {
            fixture.open("first");
            ((BasicDataSource) connections.source())
                    .setDefaultTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            JdbcStore store = JdbcStore.on(connections.source()).prefix("invariant_");
            store.open(new StoreSite("serializable", "default", fixture.time, StoreFixture.LEASE, _ -> true, () -> {}));
            fixture.add(StoreFixture.once("a"));
            Lease lease = StoreFixture.take(store).getFirst();

            store.completions()
                    .completeWith(
                            lease,
                            connection -> assertThat(connection.getTransactionIsolation())
                                    .isEqualTo(Connection.TRANSACTION_READ_COMMITTED));

            assertThat(isolations(connections.source())).containsExactly(Connection.TRANSACTION_SERIALIZABLE);
            store.close();
        }
    }

    /** Those of some connections, all that are idle among them. */
    private static Set<Integer> isolations(DataSource source) throws Exception {
        List<Connection> some = new ArrayList<>();
        Set<Integer> isolations = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            some.add(source.getConnection());
            isolations.add(some.get(i).getTransactionIsolation());
        }
        for (Connection one : some) {
            one.close();
        }
        return isolations;
    }

    @Test
    void errors_that_pass_are_tried_again_after_a_pause() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:passing", "sa", "");
        var source = new FaultySource(pool);
        try (var fixture = new Passing(source)) {
            source.passing.set(7);
            assertThat(fixture.store.all()).isEmpty();

            source.passing.set(100);
            assertThatThrownBy(fixture.store::all).isInstanceOf(StoreException.class);
            assertThat(source.passing.get()).isEqualTo(92);

            Thread.currentThread().interrupt();
            assertThatThrownBy(fixture.store::all).isInstanceOf(StoreException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(source.passing.get()).isEqualTo(91);
            source.passing.set(0);
        } finally {
            pool.dispose();
        }
    }

    private record Passing(JdbcStore store) implements AutoCloseable {
        Passing(FaultySource source) {
            this(JdbcStore.on(source));
            store.open(new StoreSite("one", "default", ManualTime.stopped(), StoreFixture.LEASE, _ -> true, () -> {}));
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
