package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Step;
import io.orrery.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A schedule that cannot be read any more gives back the places that it has, however its fire ends. */
@Timeout(120)
@Spec({"GT58", "GT34"})
final class UnreadableTest {

    private static StoreFixture on(Backend backend) throws Exception {
        return new StoreFixture(backend, "unreadable_");
    }

    /** A fire of a schedule that nobody can read any more; another one waits for its places. */
    private static Lease running(StoreFixture fixture, JdbcStore node) throws Exception {
        fixture.add(StoreFixture.once("a").mutex("key \"1\"").limit("few", 1).policy(policy -> policy.maxOfJob(1)));
        Lease lease = StoreFixture.take(node).getFirst();
        fixture.add(StoreFixture.once("b").mutex("key \"1\"").limit("few", 1).policy(policy -> policy.maxOfJob(1)));
        assertThat(StoreFixture.take(node)).isEmpty();
        try (var connection = fixture.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "update unreadable_schedule set definition = '{', trigger_data = 'nonsense' where id = 'a'");
        }
        assertThat(node.find("a").orElseThrow().row().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(node.doctor()).isEmpty();
        return lease;
    }

    @ParameterizedTest
    @EnumSource
    void when_it_ends(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore node = fixture.open("node");
            Lease lease = running(fixture, node);

            assertThat(fixture.end(node, lease)).isEqualTo(Completed.ACCEPTED);

            assertThat(node.doctor()).isEmpty();
            assertThat(StoreFixture.ids(StoreFixture.take(node))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_its_schedule_is_removed(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore node = fixture.open("node");
            running(fixture, node);

            assertThat(node.write(Step.remove(node.find("a").orElseThrow().row())))
                    .isEmpty();

            assertThat(node.doctor()).isEmpty();
            assertThat(StoreFixture.ids(StoreFixture.take(node))).containsExactly("b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void when_its_node_is_gone(Backend backend) throws Exception {
        try (StoreFixture fixture = on(backend)) {
            JdbcStore node = fixture.open("node");
            JdbcStore dying = fixture.open("dying");
            running(fixture, dying);
            fixture.time.advance(StoreFixture.LEASE.plusSeconds(1));

            assertThat(node.renew().abandoned()).isEmpty();

            assertThat(node.doctor()).isEmpty();
            List<Lease> taken = StoreFixture.take(node);
            assertThat(StoreFixture.ids(taken)).containsExactly("b");
            assertThat(node.find("a").orElseThrow().running()).isEmpty();
        }
    }
}
