package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Nodes of which nothing is heard any more, not even that their connections are gone. */
@Tag("smoke")
final class CutOffTest {

    private static final Duration LEASE = Duration.ofSeconds(1);

    private static JdbcStore open(DataSource source, String node) {
        JdbcStore store = JdbcStore.on(source).prefix("cut_").pause(Duration.ofHours(1));
        store.open(new StoreSite(node, "default", TimeSource.system(), LEASE, _ -> true, () -> {}));
        return store;
    }

    private static boolean isThere(JdbcStore store, String node) {
        return store.nodes().stream().anyMatch(one -> one.id().equals(node));
    }

    /** Statements before which the heartbeat, or who takes what is due, has locked the row of its node. */
    @ParameterizedTest
    @ValueSource(strings = {"or until <", "skip locked"})
    @Timeout(60)
    void who_is_cut_off_in_the_middle_of_a_transaction_keeps_nobody_from_taking_over(String statement)
            throws InterruptedException {
        var direct = new PGSimpleDataSource();
        direct.setUrl(Backend.POSTGRESQL.url());
        var source = new FaultySource(direct);
        JdbcStore cut = open(source, "cut");
        JdbcStore other = open(direct, "other");
        var isCut = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                cut.write(Step.write(ScheduleRow.of(
                        Schedule.named("a").at(TimeSource.system().instant()).job("job"),
                        ScheduleState.SCHEDULED,
                        TimeSource.system().instant().minusSeconds(60))));
                source.before.set(new FaultySource.Before(statement, () -> {
                    isCut.countDown();
                    awaitIt(over);
                }));
                cut.take(1, Step::write);
                cut.renew();
            } catch (StoreException e) {
                over.countDown(); // as it must be
            }
        });
        isCut.await();

        while (isThere(other, "cut")) {
            other.renew();
        }

        assertThat(isThere(other, "other")).isTrue();
        over.countDown();
        thread.join();
        other.write(Step.remove(other.find("a").orElseThrow().row()));
        cut.close();
        other.close();
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
