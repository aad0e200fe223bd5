package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may run what, when of two nodes that share a folder one falls silent. */
@Spec("GT34")
class FolderLeasesTest {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    private final ManualTime time = ManualTime.stopped();
    private ScheduleStore watcher;
    private ScheduleStore silent;

    @BeforeEach
    void open() {
        watcher = opened("watcher");
        silent = opened("silent");
    }

    @AfterEach
    void close() {
        watcher.close();
        silent.close();
    }

    private ScheduleStore opened(String node) {
        ScheduleStore store = ScheduleStore.inFolder(folder);
        store.open(new StoreSite(node, "default", time, LEASE, job -> true, () -> {}));
        return store;
    }

    private Instant at(long seconds) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds);
    }

    /** A fire that the silent node runs. */
    private Lease running(OnLost onLost) {
        Schedule schedule = Schedule.named("a")
                .every(Duration.ofHours(1))
                .job("job")
                .policy(policy -> policy.onLost(onLost))
                .anchored(at(0));
        var row = ScheduleRow.of(schedule, ScheduleState.SCHEDULED, at(3600));
        return Objects.requireNonNull(silent.write(Step.start(row, Fire.at("a", at(0)))))
                .getFirst();
    }

    private Completed complete(ScheduleStore store, Lease lease) {
        var history = new History(null, "succeeded", time.instant(), Duration.ZERO, "");
        return store.complete(List.of(new Completion(lease, lease.since(), history, null, null)))
                .getFirst();
    }

    /** The watcher looks now, and when the other one has been silent for a lease. */
    private Renewal watched() throws InterruptedException {
        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        time.advance(LEASE.minusNanos(1));
        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        time.advance(Duration.ofNanos(1));
        return watcher.renew();
    }

    private ScheduleRow row() {
        return watcher.find("a").map(StoredSchedule::row).orElseThrow();
    }

    private List<Lease> taken() {
        return watcher.take(10, row -> {
                    throw new AssertionError("nothing is due");
                })
                .leases();
    }

    @Test
    void what_a_silent_node_runs_is_handed_out_again_and_its_end_is_refused() throws InterruptedException {
        Lease old = running(OnLost.RERUN);

        assertThat(watched()).isEqualTo(Renewal.NOTHING);
        Lease taken = taken().getFirst();

        assertThat(taken.fire()).isEqualTo(old.fire());
        assertThat(taken.fire().attempt()).isEqualTo(2);
        assertThat(taken.token()).isGreaterThan(old.token());
        assertThat(silent.renew().lost()).containsExactly(old);
        assertThat(complete(silent, old)).isEqualTo(Completed.REFUSED);
        assertThat(complete(watcher, taken)).isEqualTo(Completed.ACCEPTED);
    }

    @Test
    void what_must_not_be_repeated_is_over_and_told_once() throws InterruptedException {
        Lease old = running(OnLost.FAIL);

        assertThat(watched().abandoned()).extracting(Lease::fire).containsExactly(old.fire());

        assertThat(taken()).isEmpty();
        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        assertThat(row().history().outcome()).isEqualTo("failed");
        assertThat(row().history().note()).isEqualTo("the node that ran it is gone");
        assertThat(complete(silent, old)).isEqualTo(Completed.REFUSED);
    }

    @Test
    void what_somebody_has_to_decide_about_waits_for_that() throws InterruptedException {
        Lease old = running(OnLost.ASK);

        assertThat(watched().asked()).extracting(ScheduleRow::id).containsExactly("a");
        assertThat(row().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(row().history().note()).contains("whether the job may be repeated is for you to say");
        assertThat(taken()).isEmpty();

        watcher.write(Step.write(row().standing(ScheduleState.SCHEDULED, at(3600))));

        assertThat(taken()).extracting(lease -> lease.fire().attempt()).containsExactly(2);
        assertThat(complete(silent, old)).isEqualTo(Completed.REFUSED);
    }

    @Test
    void a_node_that_beats_keeps_what_it_runs_however_the_clock_is_set() throws InterruptedException {
        Lease lease = running(OnLost.RERUN);
        watcher.renew();

        for (int i = 0; i < 10; i++) {
            time.setClock(Duration.ofDays(i));
            time.advance(LEASE.dividedBy(3));
            assertThat(silent.renew()).isEqualTo(Renewal.NOTHING);
            assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        }
        assertThat(complete(silent, lease)).isEqualTo(Completed.ACCEPTED);
    }

    @Test
    void one_that_was_silent_and_not_missed_keeps_what_it_runs() throws InterruptedException {
        Lease lease = running(OnLost.RERUN);
        watcher.renew();
        time.advance(LEASE.multipliedBy(2));

        silent.renew();

        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        assertThat(complete(silent, lease)).isEqualTo(Completed.ACCEPTED);
    }

    @Test
    void what_is_leased_to_one_that_was_silent_is_its_own() throws InterruptedException {
        watcher.write(Step.write(
                ScheduleRow.of(Schedule.named("b").job("job").anchored(at(0)), ScheduleState.SCHEDULED, at(20))));
        running(OnLost.FAIL);
        watched();
        time.advance(Duration.ofSeconds(20));

        Lease fresh = silent.take(
                        10, row -> Step.start(row.standing(ScheduleState.FINISHED, null), Fire.at(row.id(), at(20))))
                .leases()
                .getFirst();

        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        assertThat(complete(silent, fresh)).isEqualTo(Completed.ACCEPTED_AND_REMOVED);
    }

    @Test
    void one_that_comes_back_under_its_id_finds_what_it_ran_before() throws IOException {
        running(OnLost.RERUN);
        Path file = folder.resolve("a.schedule");
        String before = Files.readString(file);
        silent.close(); // gives back what it holds, which a crash does not
        Files.writeString(file, before);

        silent = opened("silent");

        assertThat(silent.take(10, row -> Step.write(row)).leases())
                .extracting(lease -> lease.fire().attempt())
                .containsExactly(2);
    }

    @Test
    void what_was_cancelled_is_over_when_its_node_leaves_and_nobody_runs_it_again() {
        running(OnLost.RERUN);
        assertThat(silent.write(new Step(row(), Step.What.CANCEL_LIVE, List.of(), List.of(), List.of())))
                .isNotNull();

        silent.close();

        assertThat(row().live()).isZero();
        assertThat(taken()).isEmpty();
    }

    @Test
    void an_id_is_that_of_one_node_also_when_another_one_was_refused() {
        Lease lease = running(OnLost.RERUN);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> opened("silent"))
                .withMessageContaining("\"silent\" is using the store already. Give this one another with node(…).");

        assertThat(watcher.renew()).isEqualTo(Renewal.NOTHING);
        assertThat(complete(silent, lease)).isEqualTo(Completed.ACCEPTED);
    }

    @Test
    @Spec("GT58")
    void a_place_that_a_silent_node_has_is_given_on_when_what_it_ran_is_over() throws InterruptedException {
        Schedule running = Schedule.named("a")
                .every(Duration.ofHours(1))
                .job("job")
                .mutex("key")
                .policy(policy -> policy.onLost(OnLost.FAIL))
                .anchored(at(0));
        silent.write(Step.start(ScheduleRow.of(running, ScheduleState.SCHEDULED, at(3600)), Fire.at("a", at(0))));
        Schedule waiting = Schedule.named("b").at(at(0)).job("job").mutex("key");
        assertThat(watcher.write(
                        Step.start(ScheduleRow.of(waiting, ScheduleState.FINISHED, null), Fire.at("b", at(0)))))
                .isEmpty();
        assertThat(taken()).isEmpty();
        assertThat(watcher.find("b").orElseThrow().blockedOn()).isEqualTo("key");

        assertThat(watched().abandoned()).hasSize(1);

        assertThat(taken()).extracting(Lease::fire).containsExactly(Fire.at("b", at(0)));
        assertThat(silent.find("b").orElseThrow().running()).hasSize(1);
    }

    @Test
    @Spec("GT58")
    void nodes_that_wait_for_a_place_do_not_keep_each_other_busy() {
        for (String id : List.of("a", "b")) {
            Schedule schedule = Schedule.named(id).at(at(0)).job("job").mutex("key");
            silent.write(Step.start(ScheduleRow.of(schedule, ScheduleState.FINISHED, null), Fire.at(id, at(0))));
        }
        assertThat(taken()).isEmpty();
        assertThat(watcher.nextLook()).isAfter(at(0));
        assertThat(silent.take(10, Step::write).leases()).isEmpty();

        assertThat(taken()).isEmpty();
        assertThat(watcher.nextLook()).isAfter(at(0));
        assertThat(watcher.find("b").orElseThrow().row().version()).isEqualTo(1);
    }

    @Test
    @Spec({"M-003", "GT57"})
    void the_file_by_which_they_take_turns_stays_when_one_of_them_leaves() throws IOException {
        Object before = Files.readAttributes(folder.resolve("lock"), BasicFileAttributes.class)
                .fileKey();

        silent.close();
        silent = opened("another");

        assertThat(Files.readAttributes(folder.resolve("lock"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
        running(OnLost.RERUN);
        assertThat(row().live()).isEqualTo(1);
    }

    @Test
    @Spec("GT57")
    void ends_that_were_written_before_one_that_could_not_be_are_accepted_when_they_are_told_again()
            throws IOException {
        List<Completion> ends = Stream.of("a", "b").map(this::succeeded).toList();
        Path file = folder.resolve("b.schedule");
        String before = Files.readString(file);
        Files.delete(file);
        Path inTheWay = Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> watcher.complete(ends)).isInstanceOf(StoreException.class);
        Files.delete(inTheWay);
        Files.delete(file);
        Files.writeString(file, before);

        assertThat(watcher.complete(ends)).hasSize(2).containsOnly(Completed.ACCEPTED_AND_REMOVED);

        assertThat(watcher.all()).isEmpty();
        assertThat(watcher.complete(ends)).hasSize(2).doesNotContain(Completed.ACCEPTED_AND_REMOVED);
    }

    /** The end of a one-shot that the watcher runs. */
    private Completion succeeded(String id) {
        Schedule schedule = Schedule.named(id).at(at(0)).job("job");
        Lease lease = Objects.requireNonNull(watcher.write(
                        Step.start(ScheduleRow.of(schedule, ScheduleState.FINISHED, null), Fire.at(id, at(0)))))
                .getFirst();
        var history = new History(null, "succeeded", time.instant(), Duration.ZERO, "");
        return new Completion(lease, lease.since(), history, null, null);
    }
}
