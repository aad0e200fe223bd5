package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiringTest extends SchedulerFixture {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private Schedule sleeping(String id, Duration interval, Duration sleep) {
        return Schedule.named(id).every(interval).body(context -> {
            context.sleep(sleep);
            return null;
        });
    }

    @Test
    @Spec({"L-001", "E-002", "G-005"})
    void an_interval_fires_at_its_times_and_not_in_between() throws InterruptedException {
        started().add(every("a", Duration.ofSeconds(10)));

        advance(25);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added", "10s a submitted", "10s a executed", "20s a submitted", "20s a executed");
        assertThat(scheduler.nextLook()).contains(at(30));
    }

    @Test
    @Spec({"S-012", "K-007", "S-011", "E-001"})
    void what_is_added_before_the_start_is_pending_and_begins_with_it() throws InterruptedException {
        scheduler.add(every("a", SECOND));
        assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.PENDING);
        advance(100);

        scheduler.start();
        advance(1);

        assertThat(trail.lines())
                .containsExactly(
                        "1m40s executor added default",
                        "1m40s store added default",
                        "1m40s a added",
                        "1m40s scheduler started",
                        "1m41s a submitted",
                        "1m41s a executed");
        assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.SCHEDULED);
    }

    @Test
    @Spec({"L-003", "K-012", "GT21"})
    void a_one_shot_is_removed_when_it_has_run_and_kept_if_it_is_to_be() throws InterruptedException {
        started().add(Schedule.named("once").at(at(5)).action(() -> {}));
        scheduler.add(Schedule.named("kept").at(at(5)).action(() -> {}).keptWhenFinished());

        advance(5);

        assertThat(trail.fires())
                .containsExactlyInAnyOrder(
                        "0ms once added",
                        "0ms kept added",
                        "5s once submitted",
                        "5s once executed",
                        "5s once removed",
                        "5s kept submitted",
                        "5s kept executed");
        assertThat(scheduler.schedule("once")).isEmpty();
        assertThat(scheduler.schedule("kept").orElseThrow().state()).isEqualTo(ScheduleState.FINISHED);
    }

    @Test
    @Spec({"L-007", "L-008", "GT31", "GT35", "L-006"})
    void a_backlog_runs_once_for_its_last_time_and_the_others_are_counted() throws InterruptedException {
        started().add(every("a", SECOND));
        scheduler.pause();
        advance(90 * 86_400L);
        trail.lines();

        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.fires()).containsExactly("90d a submitted, 7775999 coalesced", "90d a executed");
    }

    @Test
    @Spec({"GT35", "L-007"})
    void a_backlog_that_is_too_late_is_missed_as_a_whole_or_run_once_as_the_policy_says() throws InterruptedException {
        started();
        scheduler.add(every("skip", MINUTE).policy(p -> p.grace(Duration.ofSeconds(10))));
        scheduler.add(every("once", MINUTE)
                .policy(p -> p.grace(Duration.ofSeconds(10)).misfire(Misfire.RUN_ONCE)));
        scheduler.add(every("exact", MINUTE).policy(p -> p.grace(Duration.ofSeconds(30))));
        scheduler.pause();
        advance(210);
        trail.lines();

        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.fires())
                .containsExactlyInAnyOrder(
                        "3m30s skip missed 3 from 1m to 3m",
                        "3m30s once submitted for 3m, 2 coalesced",
                        "3m30s once executed",
                        "3m30s exact submitted for 3m, 2 coalesced",
                        "3m30s exact executed");
    }

    @Test
    @Spec({"X-002", "GT35", "GT31"})
    void without_coalescing_every_time_runs_one_after_the_other_up_to_the_cap() throws InterruptedException {
        started();
        scheduler.add(sleeping("all", MINUTE, SECOND)
                .policy(p -> p.coalesce(Coalesce.ALL).catchUp(2)));
        scheduler.pause();
        advance(210);
        trail.lines();

        scheduler.resume();
        advance(5);

        assertThat(trail.fires())
                .containsExactly(
                        "3m30s all missed 1m",
                        "3m30s all submitted for 2m",
                        "3m31s all executed",
                        "3m31s all submitted for 3m",
                        "3m32s all executed");
    }

    @Test
    @Spec({"X-001", "L-002"})
    void a_time_that_overlaps_is_skipped_and_said_so() throws InterruptedException {
        started().add(sleeping("a", Duration.ofSeconds(10), Duration.ofSeconds(15)));

        advance(31);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added",
                        "10s a submitted",
                        "20s a max instances 20s",
                        "25s a executed",
                        "30s a submitted");
    }

    @Test
    @Spec("PR-008")
    void overlapping_times_wait_cancel_terminate_or_run_beside_as_the_policy_says() throws InterruptedException {
        assertThat(overlapping(Overlap.BUFFER_ONE, 36))
                .containsExactly("10s submitted", "25s executed", "25s submitted for 20s", "40s executed");
        assertThat(overlapping(Overlap.BUFFER_ALL, 26))
                .containsExactly("10s submitted", "25s executed", "25s submitted for 20s", "40s executed");
        assertThat(overlapping(Overlap.CANCEL_OTHER, 26))
                .containsExactly("10s submitted", "20s error: cancelled", "20s submitted", "35s executed");
        assertThat(overlapping(Overlap.TERMINATE_OTHER, 26))
                .containsExactlyInAnyOrder("10s submitted", "20s submitted", "20s error: cancelled", "35s executed");
        assertThat(overlapping(Overlap.ALLOW_ALL, 26))
                .containsExactly("10s submitted", "20s submitted", "25s executed", "35s executed");
    }

    @Test
    @Spec("GT33")
    void what_is_to_be_tried_again_does_not_begin_when_a_later_fire_takes_its_place_at_once()
            throws InterruptedException {
        started()
                .add(Schedule.named("a")
                        .trigger(Trigger.every(Duration.ofSeconds(10)).until(at(20)))
                        .body(context -> {
                            seen.add(EventTrail.since(
                                            FireContext.of(context).fire().at()) + " #" + context.attempt());
                            if (seen.size() == 1) {
                                throw new IOException("by design");
                            }
                            return null;
                        })
                        .policy(p -> p.overlap(Overlap.TERMINATE_OTHER)
                                .retry(RetryPolicy.retries(1).delay(Duration.ofSeconds(10)))));

        advance(30);

        assertThat(seen).containsExactly("10s #1", "20s #1");
        assertThat(trail.fires())
                .startsWith(
                        "0ms a added",
                        "10s a submitted",
                        "10s a error: failed, again at 20s",
                        "20s a submitted for 10s, attempt 2",
                        "20s a error: not-run",
                        "20s a submitted",
                        "20s a executed");
    }

    /** What a schedule does that runs for 15 s at 10 s and 20 s. */
    private List<String> overlapping(Overlap overlap, long seconds) throws InterruptedException {
        var fresh = new FiringTest();
        fresh.started();
        fresh.scheduler.add(Schedule.named("a")
                .trigger(Trigger.every(Duration.ofSeconds(10)).until(fresh.at(20)))
                .body(context -> {
                    context.sleep(Duration.ofSeconds(15));
                    return null;
                })
                .policy(p -> p.overlap(overlap)));
        fresh.advance(seconds);
        fresh.advance(60);
        var lines = fresh.trail.fires();
        fresh.close();
        return lines.stream()
                .filter(line -> !line.contains("added") && !line.contains("removed"))
                .map(line -> line.replace(" a ", " "))
                .toList();
    }

    @Test
    @Spec({"GT56", "X-009", "PR-009"})
    void a_failed_attempt_is_repeated_later_with_the_same_fire_id() throws InterruptedException {
        started()
                .add(Schedule.named("a")
                        .at(at(1))
                        .body(context -> {
                            seen.add(FireContext.of(context).fire().id() + " " + context.attempt());
                            if (context.attempt() < 3) {
                                throw new IOException("disk is busy");
                            }
                            return "done";
                        })
                        .policy(p ->
                                p.retry(RetryPolicy.retries(5).delay(MINUTE).backoff(2))));

        advance(200);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added",
                        "1s a submitted",
                        "1s a error: failed, again at 1m1s",
                        "1m1s a submitted for 1s, attempt 2",
                        "1m1s a error: failed, again at 3m1s",
                        "3m1s a submitted for 1s, attempt 3",
                        "3m1s a executed: done",
                        "3m1s a removed");
        assertThat(seen)
                .containsExactly("a@2026-01-01T00:00:01Z 1", "a@2026-01-01T00:00:01Z 2", "a@2026-01-01T00:00:01Z 3");
    }

    @Test
    @Spec({"GT56", "GT55", "X-003"})
    void every_fire_ends_with_an_outcome_also_on_timeouts_and_errors() throws InterruptedException {
        started();
        scheduler.add(sleeping("slow", MINUTE, Duration.ofHours(1)).policy(p -> p.timeout(SECOND)));
        scheduler.add(Schedule.named("broken").at(at(60)).action(() -> {
            throw new StackOverflowError("by design");
        }));

        advance(61);

        assertThat(trail.fires())
                .contains("1m slow submitted", "1m1s slow error: timed-out", "1m broken error: failed");
    }

    @Test
    @Spec({"L-005", "GT33"})
    void what_is_broken_is_quarantined_and_keeps_nobody_else_from_running() throws InterruptedException {
        started();
        scheduler.addExecutor("there", JobExecutor.virtualThreads());
        scheduler.add(every("orphan", SECOND).executor("there"));
        scheduler.add(every("good", SECOND));
        scheduler.removeExecutor("there");

        advance(2);

        assertThat(scheduler.schedule("orphan").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(scheduler.why("orphan")).contains("there is no executor \"there\"");
        assertThat(scheduler.health().level()).isEqualTo(Health.Level.WARNING);
        assertThat(trail.fires()).contains("1s good executed", "2s good executed");
    }

    @Test
    @Spec({"GT11", "PR-004"})
    void a_fixed_delay_counts_from_the_end_of_the_run() throws InterruptedException {
        started();
        scheduler.add(Schedule.named("a")
                .trigger(Trigger.every(Duration.ofSeconds(10)).afterCompletion())
                .body(context -> {
                    context.sleep(Duration.ofSeconds(3));
                    return null;
                }));

        advance(40);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added",
                        "10s a submitted",
                        "13s a executed",
                        "23s a submitted",
                        "26s a executed",
                        "36s a submitted",
                        "39s a executed");
    }

    @Test
    @Spec({"PR-005", "GT32"})
    void a_clock_that_is_set_forward_or_back_is_noticed_at_once() throws InterruptedException {
        started().add(every("a", Duration.ofHours(1)));

        time.setClock(Duration.ofHours(1));
        time.awaitIdle();
        advance(0);
        assertThat(trail.fires()).containsExactly("0ms a added", "1h a submitted", "1h a executed");

        time.setClock(Duration.ofHours(-1));
        advance(3600);
        assertThat(trail.fires()).isEmpty();
        advance(3600);
        assertThat(trail.fires()).containsExactly("2h a submitted", "2h a executed");
    }

    @Test
    @Spec({"L-009", "L-010", "GT36"})
    void a_run_by_hand_changes_neither_phase_nor_pause() throws InterruptedException {
        started().add(every("a", MINUTE));
        advance(30);
        scheduler.pause("a");
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();

        assertThat(fired.await().state()).isEqualTo(State.SUCCEEDED);
        assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.PAUSED);
        scheduler.resume("a");
        advance(30);
        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added",
                        "30s a modified: paused",
                        "30s a submitted manually",
                        "30s a executed",
                        "30s a modified: resumed",
                        "1m a submitted",
                        "1m a executed");
    }

    @Test
    @Spec({"L-009", "S-007"})
    void a_run_by_hand_beyond_the_instances_is_refused() throws InterruptedException {
        started().add(sleeping("a", MINUTE, MINUTE));
        scheduler.runNow("a");

        assertThatThrownBy(() -> scheduler.runNow("a"))
                .isInstanceOf(MaxInstancesException.class)
                .hasMessageContaining("At most 1 fires of \"a\"");
    }

    @Test
    @Spec("S-007")
    void a_workflow_is_run_and_its_failure_is_that_of_the_fire() throws InterruptedException {
        var good = Workflow.named("good");
        good.action("one", context -> context.sleep(SECOND));
        var bad = Workflow.named("bad");
        bad.action("two", () -> {
            throw new IOException("no");
        });
        started();
        scheduler.add(Schedule.named("good").at(at(1)).workflow(good));
        scheduler.workflow("bad", () -> bad);
        scheduler.add(Schedule.named("bad").at(at(1)).job("bad"));

        advance(3);

        assertThat(trail.fires()).contains("1s bad error: failed");
        assertThat(seen).isEmpty();
        assertThat(scheduler.schedules()).isEmpty();
    }

    @Test
    @Spec("K-011")
    void what_is_wrong_with_a_schedule_is_said_when_it_is_added() throws InterruptedException {
        started().action("count", Integer.class, (number, context) -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.add(Schedule.named("a").at(at(1))))
                .withMessage(
                        "The schedule \"a\" cannot be kept. It runs something, but was given nothing. Give it a job,"
                                + " an action or a workflow.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.add(Schedule.named("a").job("cuont", 1)))
                .withMessageContaining("there is none named \"cuont\". Known names: count.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.add(Schedule.named("a").job("count", "one")))
                .withMessageContaining("works on a java.lang.Integer, but the payload is a java.lang.String");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.add(every("a", SECOND).executor("there")))
                .withMessageContaining("wants the executor \"there\", but there is none. Known aliases: default");
    }

    @Test
    void an_outcome_can_be_waited_for_no_longer_than_one_likes() throws InterruptedException {
        started().add(sleeping("a", MINUTE, MINUTE));
        FiredJob fired = scheduler.runNow("a");

        assertThat(fired.await(Duration.ZERO)).isEmpty();
        advance(60);
        assertThat(fired.await()).isInstanceOf(JobOutcome.Succeeded.class);
    }
}
