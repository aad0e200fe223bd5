package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.store.Taken;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of which nobody hears, outages, and how much an idle node asks. */
final class DoubtTest {

    private static final Duration LEASE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final ManualTime time = ManualTime.stopped();
    private JdbcConnectionPool pool;
    private FaultySource source;
    private JdbcStore store;

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("doubt"), "sa", "");
        source = new FaultySource(pool);
        store = open("node");
    }

    private JdbcStore open(String node) {
        JdbcStore opened = JdbcStore.on(source);
        opened.open(new StoreSite(node, "default", time, LEASE, _ -> true, () -> {}));
        return opened;
    }

    @AfterEach
    void close() {
        source.down.set(false);
        store.close();
        pool.dispose();
    }

    private static Schedule schedule() {
        return Schedule.named("a").at(Instant.EPOCH).job("job");
    }

    private ScheduleRow row() {
        return ScheduleRow.of(schedule(), ScheduleState.SCHEDULED, time.instant());
    }

    private Taken take() {
        return store.take(
                10, row -> Step.start(row.standing(ScheduleState.FINISHED, null), Fire.at(row.id(), row.due())));
    }

    private Completion succeeded(Lease lease) {
        return new Completion(lease, null, new History(null, "succeeded", time.instant(), null, ""), null, null);
    }

    @Test
    @Spec("D-001")
    void an_end_whose_commit_was_not_heard_is_accepted_when_it_is_told_again_and_is_written_once() {
        store.write(Step.write(row()));
        Lease lease = take().leases().getFirst();
        source.silentCommit.set(1);
        assertThatThrownBy(() -> store.complete(List.of(succeeded(lease)))).isInstanceOf(StoreException.class);

        assertThat(store.complete(List.of(succeeded(lease)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
        assertThat(store.complete(List.of(succeeded(lease)))).containsExactly(Completed.REFUSED);
        assertThat(store.runs("a", 10)).hasSize(1);
    }

    @Test
    @Spec("D-001")
    void an_end_whose_commit_has_failed_is_written_with_its_run_when_it_is_told_again() {
        store.write(Step.write(row()));
        Lease lease = take().leases().getFirst();
        source.failsCommit.set(true);
        assertThatThrownBy(() -> store.complete(List.of(succeeded(lease)))).isInstanceOf(StoreException.class);
        assertThat(store.runs("a", 10)).isEmpty();

        assertThat(store.complete(List.of(succeeded(lease)))).containsExactly(Completed.ACCEPTED_AND_REMOVED);
        assertThat(store.runs("a", 10)).hasSize(1);
    }

    @Test
    @Spec("GT34")
    void leases_whose_commit_was_not_heard_are_given_back_with_the_next_heartbeat() {
        store.write(Step.write(row()));
        source.silentCommit.set(2); // the first one is that of a look
        assertThatThrownBy(this::take).isInstanceOf(StoreException.class);
        assertThat(take().leases()).isEmpty();

        assertThat(store.renew().lost()).isEmpty();
        assertThat(take().leases())
                .singleElement()
                .satisfies(lease -> assertThat(lease.fire().attempt()).isEqualTo(1));
    }

    @Test
    void an_addition_whose_commit_was_not_heard_can_be_made_again() {
        try (Scheduler scheduler = Scheduler.named("s")
                .time(time)
                .store(JdbcStore.on(source).prefix("again_"))
                .open()) {
            scheduler.action("job", () -> {}).startPaused();
            Schedule each = Schedule.named("b").every(Duration.ofHours(1)).job("job");
            source.silentCommit.set(1);
            assertThatThrownBy(() -> scheduler.add(each)).isInstanceOf(StoreException.class);

            assertThat(scheduler.add(each).definition().id()).isEqualTo("b");
            assertThat(scheduler.schedules()).hasSize(1);
        }
    }

    @Test
    @Spec("GT57")
    void a_node_that_others_have_replaced_can_still_add_within_a_transaction() throws Exception {
        JdbcStore other = open("other");
        time.advance(LEASE.plusSeconds(1));
        other.renew();

        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            store.within(connection, () -> store.write(Step.write(row())));
            connection.commit();
        }
        assertThat(other.find("a")).isPresent();
        other.close();
    }

    @Test
    void an_outage_is_told_with_its_reason_and_ends_by_itself() {
        source.down.set(true);
        assertThatThrownBy(this::take)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the connection is refused");
        assertThat(store.trouble()).get().asString().contains("the connection is refused");

        source.down.set(false);
        assertThat(take()).isEqualTo(Taken.NOTHING);
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void a_database_that_does_not_answer_when_the_store_is_opened_is_told_with_what_to_do() {
        source.down.set(true);

        assertThatThrownBy(() -> open("another"))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "A database that answers is needed to open the store, but it said: the connection is refused."
                                + " Check its address, the user and the password of the data source, and whether it"
                                + " runs.");
    }

    @Test
    void tables_are_created_unless_they_are_only_validated() {
        StoreSite site = new StoreSite("v", "default", time, LEASE, _ -> true, () -> {});
        JdbcStore validated = JdbcStore.on(source).prefix("later_").onlyValidated();

        assertThatThrownBy(() -> validated.open(site))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("The tables have to be those of this version");
        JdbcStore creating = JdbcStore.on(source).prefix("later_");
        creating.open(site);
        creating.close();
        validated.open(site);
        assertThat(validated.all()).isEmpty();
        validated.close();
    }

    @Test
    @Spec("D-001")
    void a_file_keeps_what_was_added_when_it_is_opened_again() {
        StoreSite site = new StoreSite("f", "default", time, LEASE, _ -> true, () -> {});
        JdbcStore first = JdbcStore.file(folder.resolve("kept"));
        first.open(site);
        first.write(Step.write(row()));
        first.close();

        JdbcStore second = JdbcStore.file(folder.resolve("kept"));
        second.open(site);
        assertThat(second.find("a").orElseThrow().row().schedule().says(schedule()))
                .isTrue();
        second.close();
    }
}
