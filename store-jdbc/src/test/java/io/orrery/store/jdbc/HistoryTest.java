package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreSite;
import io.orrery.spec.Spec;
import io.orrery.store.jdbc.JdbcStore.HourInfo;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long runs are remembered, how they are counted, and how much a node asks that has nothing to do. */
@Timeout(120)
final class HistoryTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.stoppedAt(StoreFixture.START);

    private JdbcStore open(JdbcStore store) {
        store.open(new StoreSite("node", "default", time, StoreFixture.LEASE, _ -> true, () -> {}));
        return store;
    }

    private void run(JdbcStore store, String id) {
        store.write(Step.write(ScheduleRow.of(StoreFixture.once(id), ScheduleState.SCHEDULED, time.instant())));
        Lease lease = StoreFixture.take(store).getFirst();
        store.complete(List.of(JdbcFire.succeeded(lease, time.instant())));
    }

    private static void renewOften(JdbcStore store) {
        for (int i = 0; i < 21; i++) {
            store.renew();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Spec("GT62")
    void runs_are_kept_by_number_and_by_age(Backend backend) throws Exception {
        try (var connections = backend.connections(Backend.Pool.DBCP, 4)) {
            backend.clear(connections.source(), "kept_");
            JdbcStore store =
                    open(JdbcStore.on(connections.source()).prefix("kept_").keepingRuns(HOUR, 3));
            for (int i = 0; i < 5; i++) {
                run(store, "a");
            }
            renewOften(store);
            assertThat(store.runs("a", 10)).hasSize(3);

            time.advance(HOUR.multipliedBy(2));
            renewOften(store);
            assertThat(store.runs("a", 10)).isEmpty();
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Spec("GT62")
    void runs_are_counted_by_hour_and_outcome_whether_they_are_kept_or_not(Backend backend) throws Exception {
        try (var connections = backend.connections(Backend.Pool.DBCP, 4)) {
            backend.clear(connections.source(), "sums_");
            JdbcStore store =
                    open(JdbcStore.on(connections.source()).prefix("sums_").keepingNoRuns());
            run(store, "a");
            run(store, "b");
            time.advance(HOUR);
            run(store, "a");
            store.write(Step.write(ScheduleRow.of(StoreFixture.once("c"), ScheduleState.SCHEDULED, null)));
            ScheduleRow row = store.find("c").orElseThrow().row();
            var skip = new Skip(StoreFixture.START, time.instant(), 7, Skip.Reason.TOO_LATE);
            store.write(new Step(row, Step.What.WRITE, List.<Fire>of(), List.of(), List.of(skip)));

            var first = StoreFixture.START.truncatedTo(ChronoUnit.HOURS);
            assertThat(store.runs("a", 10)).isEmpty();
            assertThat(store.hours(StoreFixture.START))
                    .containsExactly(
                            new HourInfo(first, "succeeded", 2),
                            new HourInfo(first.plus(HOUR), "succeeded", 1),
                            new HourInfo(first.plus(HOUR), "too-late", 7));
            assertThat(store.hours(time.instant())).hasSize(2);
            time.advance(Duration.ofDays(401));
            for (int i = 0; i < 2_001; i++) {
                store.renew();
            }
            assertThat(store.hours(StoreFixture.START)).isEmpty();
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_idle_node_asks_at_most_once_a_second(Backend backend) throws Exception {
        try (var connections = backend.connections(Backend.Pool.DBCP, 4)) {
            var source = new FaultySource(connections.source());
            try (Scheduler scheduler = Scheduler.named("idle")
                    .time(time)
                    .store(JdbcStore.on(source).prefix("idle_"))
                    .open()) {
                scheduler.start();
                time.advance(Duration.ofMinutes(1));
                time.awaitIdle();
                long before = source.statements.get();

                time.advance(Duration.ofMinutes(10));
                time.awaitIdle();

                assertThat(source.statements.get() - before).isBetween(60L, 600L);
            }
        }
    }
}
