package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.scheduler.SchedulerBuilder;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole schedulers on one database: how ends are written, who waits for whom, and how a node leaves. */
final class SchedulersTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final ManualTime time = ManualTime.stopped();
    private final Map<String, CountDownLatch> ends = new ConcurrentHashMap<>();
    private JdbcConnectionPool pool;
    private FaultySource source;

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("schedulers"), "sa", "");
        source = new FaultySource(pool);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    private Scheduler scheduler(String node, JdbcStore store) {
        SchedulerBuilder builder = Scheduler.named(node).node(node).time(time).store(store);
        Scheduler scheduler = builder.open();
        scheduler.job("sleep", context -> {
            context.sleep(MINUTE);
            return null;
        });
        return scheduler;
    }

    private Set<String> nodes(JdbcStore store) {
        return new TreeSet<>(store.nodes().stream().map(JdbcStore.NodeInfo::id).toList());
    }

    @Test
    @Spec("GT34")
    void an_end_that_is_to_be_written_at_once_does_not_wait_behind_others() throws Exception {
        JdbcStore store = JdbcStore.on(source);
        try (Scheduler scheduler = scheduler("node", store)) {
            var go = Map.of("a", new CountDownLatch(1), "b", new CountDownLatch(1), "c", new CountDownLatch(1));
            var begun = new CountDownLatch(3);
            go.keySet().forEach(id -> ends.put(id, new CountDownLatch(1)));
            scheduler.listen(
                    event -> event.schedule().ifPresent(id -> ends.get(id).countDown()),
                    ScheduleEvent.Kind.TASK_EXECUTED);
            scheduler.job("wait", context -> {
                begun.countDown();
                go.get(context.path()).await();
                return null;
            });
            scheduler.start();
            scheduler.add(Schedule.named("a").job("wait"));
            scheduler.add(Schedule.named("b").job("wait"));
            scheduler.add(Schedule.named("c").job("wait").policy(policy -> policy.synchronousEnd(true)));
            begun.await();
            var held = new FaultySource.Held("node/ends for default");
            source.held.set(held);
            go.get("a").countDown();
            held.waits().await();

            go.get("b").countDown();
            go.get("c").countDown();
            ends.get("c").await();

            assertThat(store.find("c")).isEmpty();
            assertThat(store.find("b").orElseThrow().running()).hasSize(1);
            assertThat(ends.get("b").getCount()).isEqualTo(1);
            held.go().countDown();
            ends.get("a").await();
            ends.get("b").await();
        }
    }

    @Test
    @Spec("GT59")
    void a_node_that_is_drained_takes_nothing_new_ends_what_it_runs_and_leaves() throws Exception {
        JdbcStore first = JdbcStore.on(source);
        JdbcStore second = JdbcStore.on(source);
        try (Scheduler leaving = scheduler("first", first);
                Scheduler staying = scheduler("second", second)) {
            leaving.start();
            leaving.add(Schedule.named("a").job("sleep"));
            time.awaitIdle();
            assertThat(leaving.status().parts().running()).hasSize(1);
            staying.start();

            second.drain("first");
            time.advance(Duration.ofSeconds(5));
            time.awaitIdle();
            assertThat(leaving.state()).isEqualTo(SchedulerState.STOPPED);
            assertThat(second.nodes())
                    .filteredOn(JdbcStore.NodeInfo::leaving)
                    .singleElement()
                    .satisfies(node -> {
                        assertThat(node.id()).isEqualTo("first");
                        assertThat(node.leases()).isEqualTo(1);
                    });
            staying.add(Schedule.named("b").job("sleep"));
            time.advance(Duration.ofSeconds(50));
            assertThat(second.nodes()).hasSize(2).allMatch(node -> node.age().toSeconds() < 5);

            time.advance(Duration.ofSeconds(20));
            leaving.awaitShutdown();

            assertThat(nodes(second)).containsExactly("second");
            assertThat(second.runs("a", 10)).singleElement().satisfies(run -> {
                assertThat(run.node()).isEqualTo("first");
                assertThat(run.attempt()).isEqualTo(1);
                assertThat(run.outcome().word()).isEqualTo("succeeded");
            });
            assertThat(second.runs("b", 10)).extracting(JdbcStore.RunInfo::node).isEqualTo(List.of("second"));
        }
    }

    @Test
    void only_a_node_that_is_there_can_be_drained() {
        JdbcStore store = JdbcStore.on(source);
        try (Scheduler scheduler = scheduler("node", store)) {
            scheduler.start();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.drain("nobody"))
                    .withMessage(
                            "Only a node that is there can be drained, but there is no \"nobody\". There is node.");
        }
    }
}
