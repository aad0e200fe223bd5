package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler does about fires of a node that shares its store and has fallen silent, and about its own when it has. */
@Spec("GT34")
class TakeoverTest extends SchedulerFixture {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    private Scheduler sharing;
    private ScheduleStore other;
    private volatile boolean knows; // whether the other node can run jobs
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private ScheduleStore opened(String node) {
        ScheduleStore store = ScheduleStore.inFolder(folder);
        store.open(new StoreSite(node, "default", time, LEASE, job -> knows, () -> {}));
        return store;
    }

    private void start() throws InterruptedException {
        sharing = open(Scheduler.named("sharing").lease(LEASE).store(ScheduleStore.inFolder(folder)));
        sharing.job("job", context -> seen.add(EventTrail.since(time.instant())));
        sharing.start();
        time.awaitIdle();
        trail.lines();
    }

    /** A node that begins a fire and is never heard of again. */
    private void die(Trigger trigger, OnLost onLost) {
        die("a", trigger, onLost);
    }

    private void die(String id, Trigger trigger, OnLost onLost) {
        other = other == null ? opened("other") : other;
        Schedule schedule = Schedule.named(id)
                .trigger(trigger)
                .job("job")
                .policy(policy -> policy.onLost(onLost))
                .anchored(at(0));
        Fire fire = Fire.at(id, at(0));
        boolean waits = trigger.timing() == Trigger.Timing.AFTER_COMPLETION;
        ScheduleRow row = ScheduleRow.of(schedule, ScheduleState.SCHEDULED, waits ? null : at(60));
        assertThat(other.write(Step.start(row, fire))).hasSize(1);
    }

    @AfterEach
    void end() {
        if (sharing != null) {
            sharing.close();
        }
        if (other != null) {
            other.close();
        }
    }

    @Test
    void what_may_be_repeated_is_after_a_lease() throws InterruptedException {
        start();
        die(Trigger.every(MINUTE), OnLost.RERUN);
        advance(30);

        assertThat(trail.fires()).containsExactly("12s a submitted for 0ms, attempt 2", "12s a executed: true");
        assertThat(sharing.schedule("a").orElseThrow().next()).isEqualTo(at(60));
    }

    @Test
    void what_must_not_be_repeated_has_failed() throws InterruptedException {
        start();
        die(Trigger.every(MINUTE), OnLost.FAIL);
        advance(61);

        assertThat(trail.fires()).containsExactly("12s a error: failed", "1m a submitted", "1m a executed: true");
    }

    @Test
    void what_counts_from_the_end_of_a_run_counts_from_its_loss() throws InterruptedException {
        start();
        die(Trigger.every(MINUTE).afterCompletion(), OnLost.FAIL);
        advance(73);

        assertThat(trail.fires()).containsExactly("12s a error: failed", "1m12s a submitted", "1m12s a executed: true");
    }

    @Test
    void what_somebody_has_to_decide_about_is_told_and_waits() throws InterruptedException {
        start();
        die(Trigger.every(MINUTE), OnLost.ASK);
        advance(40);

        assertThat(trail.fires())
                .singleElement()
                .asString()
                .startsWith("12s a modified: quarantined: the node that ran a@2026-01-01T00:00:00Z is gone");
        assertThat(sharing.why("a")).contains("whether the job may be repeated is for you to say");

        sharing.resume("a");
        advance(1);
        assertThat(trail.fires())
                .containsExactly(
                        "40s a modified: resumed", "40s a submitted for 0ms, attempt 2", "40s a executed: true");
    }

    @Test
    void what_was_taken_away_is_told_to_stop_at_the_next_renewal() throws InterruptedException {
        start();
        other = opened("other");
        sharing.job("long", context -> {
            context.sleep(Duration.ofHours(1));
            return null;
        });
        sharing.add(Schedule.named("a").trigger(Trigger.manual()).job("long"));
        FiredJob job = sharing.runNow("a");
        time.awaitIdle();
        ScheduleRow row = other.find("a").orElseThrow().row();
        assertThat(other.write(new Step(row, Step.What.TERMINATE_LIVE, List.of(), List.of(), List.of())))
                .isEmpty();

        advance(10);

        assertThat(job.await().because()).contains("another node has taken over");
        assertThat(trail.fires()).doesNotContain("3s a error: cancelled");
    }

    @Test
    @Spec("GT33")
    void one_whose_next_time_cannot_be_found_after_its_loss_is_quarantined_and_the_others_are_told()
            throws InterruptedException {
        start();
        try (var zone = new FadingZone()) {
            die("a", FadingZone.trigger(at(1)), OnLost.FAIL);
            die("b", FadingZone.trigger(at(1)), OnLost.FAIL);
            zone.fade();
            advance(13);

            assertThat(trail.fires())
                    .contains("12s a error: failed", "12s b error: failed")
                    .anyMatch(line -> line.startsWith("12s a modified: quarantined: its next time cannot be found"))
                    .anyMatch(line -> line.startsWith("12s b modified: quarantined: its next time cannot be found"));
            assertThat(sharing.health().checks())
                    .anyMatch(check -> check.message().equals("quarantined: a, b"));
        }
    }

    @Test
    @Spec("GT36")
    void who_waits_for_a_run_by_hand_hears_when_another_node_has_run_its_last_attempt() throws InterruptedException {
        start();
        other = opened("other");
        sharing.job("weak", context -> {
            throw new IllegalStateException("by design");
        });
        sharing.add(Schedule.named("a")
                .trigger(Trigger.manual())
                .job("weak")
                .policy(policy -> policy.retry(RetryPolicy.retries(1).delay(SECOND))));
        FiredJob job = sharing.runNow("a");
        time.awaitIdle();
        sharing.pause();
        advance(4);
        assertThat(job.await(Duration.ZERO)).isEmpty();

        knows = true;
        Lease lease = other.take(10, Step::write).leases().getFirst();
        var history = new History(null, "succeeded", time.instant(), null, "");
        assertThat(other.complete(List.of(new Completion(lease, lease.since(), history, null, null))))
                .containsExactly(Completed.ACCEPTED);
        advance(4);

        assertThat(job.await(Duration.ZERO))
                .hasValueSatisfying(outcome ->
                        assertThat(outcome.because()).isEqualTo("another node of its store has run its last attempt"));
    }
}
