package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreSite;
import io.orrery.time.ManualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Nodes that share an empty store in one of the databases, on time that stands still but for what a test moves. */
final class StoreFixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration LEASE = Duration.ofSeconds(9);

    final ManualTime time = ManualTime.stoppedAt(START);
    private final String prefix;
    private final Backend.Connections connections;
    private final List<JdbcStore> open = new ArrayList<>();

    StoreFixture(Backend backend, String prefix) throws SQLException {
        this.prefix = prefix;
        this.connections = backend.connections(Backend.Pool.DBCP, 8);
        backend.clear(connections.source(), prefix);
    }

    DataSource source() {
        return connections.source();
    }

    JdbcStore open(String node, String... queues) {
        JdbcStore store = JdbcStore.on(connections.source()).prefix(prefix);
        var self = new StoreSite.Node(node, LEASE, Set.of(queues));
        store.open(new StoreSite(self, "default", time, ZoneOffset.UTC, job -> !job.equals("stranger"), () -> {}));
        open.add(store);
        return store;
    }

    static Schedule once(String id) {
        return Schedule.named(id).at(START).job("job");
    }

    /** Adds schedules that are due now. */
    void add(Schedule... schedules) {
        for (Schedule schedule : schedules) {
            assertThat(open.getFirst()
                            .write(Step.write(ScheduleRow.of(schedule, ScheduleState.SCHEDULED, time.instant()))))
                    .isEmpty();
        }
    }

    /** What is due fires, and its schedule has finished. */
    static List<Lease> take(JdbcStore store) {
        return store.take(
                        100,
                        row -> Step.start(
                                row.standing(ScheduleState.FINISHED, null),
                                Fire.at(row.id(), Objects.requireNonNull(row.due()))))
                .leases();
    }

    /** The ids of the schedules that fire. */
    static List<String> ids(List<Lease> leases) {
        return leases.stream().map(lease -> lease.fire().schedule()).toList();
    }

    Completed end(JdbcStore store, Lease lease) {
        return end(store, lease, null);
    }

    /** @param retryAt when it is tried again; null if it is not */
    Completed end(JdbcStore store, Lease lease, @Nullable Instant retryAt) {
        var history = new History(null, "succeeded", time.instant(), Duration.ZERO, "");
        return store.complete(List.of(new Completion(lease, lease.since(), history, retryAt, null)))
                .getFirst();
    }

    @Override
    public void close() {
        try {
            assertThat(open.getFirst().doctor()).isEmpty();
        } finally {
            open.forEach(JdbcStore::close);
            connections.close();
        }
    }
}
