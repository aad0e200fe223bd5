package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.time.TimeSource;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Transactions of which a server hears nothing for long, since a node is cut off or has something else to do. */
@Tag("smoke")
@Timeout(60)
final class CutOffTest {

    private static final Duration LEASE = Duration.ofSeconds(1);

    private final PGSimpleDataSource direct = new PGSimpleDataSource();

    CutOffTest() {
        direct.setUrl(Backend.POSTGRESQL.url());
    }

    private static JdbcStore open(DataSource source, String node) {
        JdbcStore store = JdbcStore.on(source).prefix("cut_").pause(Duration.ofHours(1));
        store.open(new StoreSite(node, "default", TimeSource.system(), LEASE, _ -> true, () -> {}));
        return store;
    }

    private static void add(JdbcStore store, String id) {
        store.write(Step.write(ScheduleRow.of(
                Schedule.named(id).at(TimeSource.system().instant()).job("job"),
                ScheduleState.SCHEDULED,
                TimeSource.system().instant().minusSeconds(60))));
    }

    private static void remove(JdbcStore store) {
        store.all().forEach(stored -> store.write(Step.remove(stored.row())));
        store.close();
    }

    private static boolean isThere(JdbcStore store, String node) {
        return store.nodes().stream().anyMatch(one -> one.id().equals(node));
    }

    /** Statements before which the heartbeat, or who takes what is due, has locked the row of its node. */
    @ParameterizedTest
    @ValueSource(strings = {"or until <", "skip locked"})
    void who_is_cut_off_in_the_middle_of_a_transaction_keeps_nobody_from_taking_over(String statement)
            throws InterruptedException {
        var source = new FaultySource(direct);
        JdbcStore cut = open(source, "cut");
        JdbcStore other = open(direct, "other");
        add(cut, "a");
        var isCut = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        source.before.set(new FaultySource.Before(statement, () -> {
            isCut.countDown();
            awaitIt(over);
        }));
        Thread thread = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(() -> {
                            cut.take(1, Step::write);
                            cut.renew();
                        })
                        .isInstanceOf(StoreException.class));
        try {
            isCut.await();
            while (isThere(other, "cut")) {
                renew(other);
            }
        } finally {
            over.countDown();
            thread.join();
            remove(other);
            cut.close();
        }
    }

    private static void renew(JdbcStore store) {
        try {
            store.renew();
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("take over"); // and is tried again, as by a scheduler
        }
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void triggers_that_take_longer_than_a_transaction_may_be_silent_are_asked_fewer_at_once() throws SQLException {
        JdbcStore store = open(direct, "slow");
        List.of("a", "b", "c", "d").forEach(id -> add(store, id));
        Set<String> decided = new HashSet<>();
        try (var clock = direct.getConnection();
                var second = clock.prepareStatement("select pg_sleep(1)")) {
            while (decided.size() < 4) {
                try {
                    store.take(4, row -> {
                                decided(second);
                                return Step.write(row.standing(ScheduleState.PAUSED, null));
                            })
                            .steps()
                            .forEach(step -> decided.add(step.row().id()));
                } catch (StoreException e) {
                    assertThat(decided).isEmpty(); // all four at once took too long
                }
            }
        } finally {
            remove(store);
        }

        assertThat(decided).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    private static void decided(PreparedStatement second) {
        try {
            second.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
