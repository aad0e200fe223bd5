package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orrery.job.Action;
import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent.Kind;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeTest extends SchedulerFixture {

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private Schedule sleeping(String id, Duration sleep) {
        return Schedule.named(id).at(at(1)).body(context -> {
            context.sleep(sleep);
            seen.add(id);
            return null;
        });
    }

    @Test
    @Spec({"S-009", "S-010"})
    void starts_and_shutdowns_are_counted_and_only_the_outermost_ones_act() {
        assertThatIllegalStateException()
                .isThrownBy(scheduler::shutdown)
                .withMessageContaining("Scheduler is not running");

        scheduler.start().start();
        assertThat(scheduler.shutdown()).isFalse();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.RUNNING);
        assertThat(scheduler.shutdown()).isTrue();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.STOPPED);

        assertThatIllegalStateException().isThrownBy(scheduler::shutdown);
        scheduler.start();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.RUNNING);
        scheduler.close();
        scheduler.close();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.STOPPED);
    }

    @Test
    @Spec({"S-013", "X-006", "E-001"})
    void a_shutdown_waits_for_what_runs() throws InterruptedException {
        started().add(sleeping("a", Duration.ofSeconds(5)));
        advance(2);

        Thread other = Thread.ofVirtual().start(scheduler::shutdown);
        while (scheduler.state() != SchedulerState.STOPPED) {
            Thread.onSpinWait();
        }
        advance(10);
        other.join();

        assertThat(seen).containsExactly("a");
        assertThat(trail.lines())
                .containsSubsequence("6s a executed", "6s a removed")
                .last()
                .asString()
                .endsWith("scheduler shutdown");
    }

    @Test
    @Spec({"S-013", "GT36"})
    void a_shutdown_waits_until_it_is_known_what_becomes_of_an_attempt_that_has_ended() throws InterruptedException {
        Signal asked = time.signal();
        Signal answer = time.signal();
        RetryPolicy retry = RetryPolicy.retries(1).on(ending -> {
            asked.set();
            answer.awaitUninterruptibly();
            return false;
        });
        Action fails = () -> {
            throw new IllegalStateException("by design");
        };
        started().add(Schedule.named("a").at(at(1)).action(fails).policy(policy -> policy.retry(retry)));
        advance(1);
        assertThat(asked.await(Duration.ZERO)).isTrue();
        Thread other = time.start(Thread.ofVirtual(), scheduler::shutdown);
        time.awaitIdle();
        assertThat(trail.lines()).doesNotContain("1s scheduler shutdown");

        answer.set();
        other.join();
        assertThat(trail.lines()).containsSubsequence("1s a error: failed", "1s scheduler shutdown");
    }

    @Test
    @Spec({"S-013", "X-005"})
    void a_shutdown_that_does_not_wait_cancels_what_runs() throws InterruptedException {
        started().add(sleeping("a", Duration.ofSeconds(5)));
        advance(2);

        assertThat(scheduler.shutdownNow()).isTrue();

        assertThat(seen).isEmpty();
        assertThat(trail.lines()).contains("2s a error: cancelled").endsWith("2s scheduler shutdown");
    }

    @Test
    @Spec({"G-001", "T-029", "S-013"})
    void schedules_for_the_shutdown_run_then_and_one_that_fails_keeps_nobody_from_running()
            throws InterruptedException {
        started();
        scheduler.add(Schedule.named("a").trigger(Trigger.atShutdown()).action(() -> {
            throw new IllegalStateException("by design");
        }));
        scheduler.add(Schedule.named("b").trigger(Trigger.atShutdown()).action(() -> seen.add("b")));
        advance(1_000_000);
        assertThat(seen).isEmpty();

        scheduler.shutdown();

        assertThat(seen).containsExactly("b");
    }

    @Test
    @Spec({"S-014", "GT35"})
    void a_pause_is_told_once_and_ends_with_what_was_due() throws InterruptedException {
        started().add(every("a", SECOND));
        scheduler.pause();
        scheduler.pause();
        advance(3);
        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms a added",
                        "0ms scheduler paused",
                        "3s scheduler resumed",
                        "3s a submitted, 2 coalesced",
                        "3s a executed");
    }

    @Test
    @Spec("S-014")
    void started_paused_it_takes_schedules_and_runs_by_hand() throws InterruptedException {
        scheduler.startPaused();
        scheduler.add(every("a", SECOND));
        advance(5);
        scheduler.runNow("a");
        time.awaitIdle();

        assertThat(scheduler.state()).isEqualTo(SchedulerState.PAUSED);
        assertThat(trail.fires()).containsExactly("0ms a added", "5s a submitted manually", "5s a executed");
    }

    @Test
    @Spec({"S-016", "X-006", "X-008"})
    void several_stores_and_executors_are_told_apart_by_alias() throws InterruptedException {
        started();
        scheduler.addStore("other", ScheduleStore.inMemory());
        scheduler.addExecutor("pool", JobExecutor.platformThreads(1));
        scheduler.addExecutor("inline", JobExecutor.inline());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.addStore("other", ScheduleStore.inMemory()))
                .withMessageContaining("This scheduler already has a store by the alias of \"other\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.removeExecutor("none"))
                .withMessageContaining("Known aliases: default, pool, inline");
        scheduler.add(Schedule.named("in-pool")
                .store("other")
                .executor("pool")
                .at(at(1))
                .body(context -> {
                    seen.add(Thread.currentThread().getName().replaceAll("\\d", "n"));
                    return null;
                }));
        scheduler.add(Schedule.named("inline").executor("inline").at(at(2)).body(context -> {
            seen.add(Thread.currentThread().getName());
            return null;
        }));
        advance(2);

        assertThat(seen).containsExactly("orrery-pool-n", "test/loop of default");
        scheduler.removeStore("other");
        time.awaitIdle();
        assertThat(trail.lines()).contains("0ms store added other", "2s store removed other");
    }

    @Test
    @Spec({"S-017", "GT56"})
    void it_can_be_started_again_and_higher_priorities_come_first_where_threads_are_few() throws InterruptedException {
        scheduler.addExecutor("pool", JobExecutor.platformThreads(1));
        for (int round = 1; round <= 2; round++) {
            scheduler.start();
            Instant due = time.instant();
            for (String id : List.of("first", "low", "high")) {
                due = due.plusMillis(100);
                scheduler.add(Schedule.named(id)
                        .executor("pool")
                        .at(due)
                        .body(context -> {
                            context.sleep(SECOND);
                            seen.add(context.label());
                            return null;
                        })
                        .policy(p -> p.priority(id.equals("high") ? 5 : 0)));
            }
            advance(10);
            scheduler.shutdown();
        }

        assertThat(seen).containsExactly("first", "high", "low", "first", "high", "low");
    }

    @Test
    @Spec({"E-003", "GT40"})
    void a_listener_that_throws_or_is_slow_keeps_nobody_from_going_on() throws InterruptedException {
        var only = new EventTrail();
        scheduler.listen(event -> {
            throw new IllegalStateException("by design");
        });
        scheduler.listen(only, Kind.TASK_EXECUTED);
        started().add(every("a", SECOND));
        advance(2);

        assertThat(only.lines()).containsExactly("1s a executed", "2s a executed");
        assertThat(scheduler.unlisten(only)).isTrue();
        assertThat(scheduler.unlisten(only)).isFalse();
    }

    @Test
    @Spec("E-001")
    void each_kind_of_event_has_a_bit() {
        assertThat(Kind.values()).hasSize(17);
        assertThat(Kind.SCHEDULER_STARTED.code()).isEqualTo(1);
        assertThat(Kind.ALL_TASKS_REMOVED.code()).isEqualTo(256);
        assertThat(Kind.TASK_MAX_INSTANCES.code()).isEqualTo(65_536);
        assertThat(Kind.TASK_MAX_INSTANCES.dotted()).isEqualTo("task.max.instances");
    }

    @Test
    @Spec({"S-002", "I-004"})
    void a_job_may_shut_down_its_own_scheduler() throws InterruptedException {
        started().add(Schedule.named("end").at(at(1)).action(scheduler::shutdownNow));
        advance(1);
        scheduler.awaitShutdown();

        assertThat(scheduler.status().isRunning()).isFalse();
        assertThat(scheduler.status().startedAt()).isEmpty();
    }

    @Test
    @Spec({"G-001", "GT03"})
    void a_schedule_for_the_shutdown_that_does_not_end_holds_it_up_for_a_while_only() throws InterruptedException {
        started();
        scheduler.add(Schedule.named("a").trigger(Trigger.atShutdown()).body(context -> {
            context.sleep(Duration.ofDays(1));
            return null;
        }));
        scheduler.add(Schedule.named("b").trigger(Trigger.atShutdown()).action(() -> seen.add("b")));

        Thread other = time.start(Thread.ofVirtual(), scheduler::shutdown);
        advance(31);
        other.join();

        assertThat(seen).containsExactly("b");
        assertThat(trail.lines()).endsWith("30s scheduler shutdown");
    }

    @Test
    @Spec({"S-010", "GT05"})
    void a_job_that_asks_for_something_while_a_shutdown_waits_for_it_is_not_waited_for_by_itself()
            throws InterruptedException {
        started();
        List<Runnable> wishes = List.of(scheduler::pause, scheduler::shutdown, scheduler::start, scheduler::close);
        scheduler.add(Schedule.named("a").at(at(1)).body(context -> {
            context.sleep(Duration.ofSeconds(5));
            for (Runnable wish : wishes) {
                try {
                    wish.run();
                    seen.add("done");
                } catch (IllegalStateException e) {
                    seen.add("refused");
                }
            }
            return null;
        }));
        advance(2);

        Thread other = time.start(Thread.ofVirtual(), scheduler::shutdown);
        advance(10);
        other.join();

        assertThat(seen).containsExactly("refused", "refused", "refused", "done");
        assertThat(trail.lines()).contains("6s a executed").endsWith("6s scheduler shutdown");
    }

    @Test
    @Spec("GT05")
    void a_second_close_waits_for_the_first_and_a_start_for_both() throws InterruptedException {
        started().add(sleeping("a", Duration.ofSeconds(5)));
        advance(2);
        Thread first = time.start(Thread.ofVirtual(), scheduler::close);
        time.awaitIdle();
        Thread second = time.start(Thread.ofVirtual(), () -> {
            scheduler.close();
            seen.add("closed");
        });
        Thread third = time.start(Thread.ofVirtual(), scheduler::start);
        time.awaitIdle();
        assertThat(seen).isEmpty();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.STOPPED);

        advance(5);
        first.join();
        second.join();
        third.join();
        assertThat(seen).containsExactly("a", "closed");
        assertThat(scheduler.state()).isEqualTo(SchedulerState.RUNNING);
    }
}
