package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent.Executed;
import io.orrery.schedule.ScheduleEvent.Failed;
import io.orrery.schedule.ScheduleEvent.Kind;
import io.orrery.schedule.ScheduleEvent.MaxInstances;
import io.orrery.schedule.ScheduleEvent.Missed;
import io.orrery.schedule.ScheduleEvent.Origin;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.ScheduleEvent.Submitted;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.Skip;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told, with what, in what order, and what happens to those who listen badly. */
class EventsTest extends SchedulerFixture {

    private <E> List<E> events(Class<E> type) {
        return trail.events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    @Spec({"E-002", "L-008"})
    void events_say_all_that_there_is_to_say() throws InterruptedException {
        started().add(Schedule.named("good").every(MINUTE).body(context -> "done"));
        scheduler.pause();
        advance(150);
        scheduler.resume();
        time.awaitIdle();
        String node = scheduler.status().node();

        Submitted submitted = events(Submitted.class).getFirst();
        assertThat(submitted.origin()).isEqualTo(new Origin(at(150), "test", node, "default"));
        assertThat(submitted.schedule()).contains("good");
        assertThat(submitted.fire().at()).isEqualTo(at(120));
        assertThat(submitted.fire().coalesced()).isEqualTo(1);
        assertThat(submitted.fire().manual()).isFalse();
        assertThat(submitted.fire().id()).isEqualTo("good@2026-01-01T00:02:00Z");
        Executed executed = events(Executed.class).getFirst();
        assertThat(executed.fire()).isEqualTo(submitted.fire());
        assertThat(executed.started()).isEqualTo(at(150));
        assertThat(executed.value()).isEqualTo("done");
        scheduler.runNow("good");
        time.awaitIdle();
        assertThat(events(Submitted.class).getLast().fire()).isEqualTo(Fire.manual("good", at(150)));
    }

    @Test
    @Spec({"E-002", "L-002"})
    void failures_and_what_was_not_run_are_told_with_the_reason() throws InterruptedException {
        started().add(Schedule.named("bad").at(at(1)).body(context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no paper");
        }));
        scheduler.add(Schedule.named("long").every(MINUTE).body(context -> {
            context.sleep(Duration.ofSeconds(90));
            return null;
        }));
        scheduler.add(every("strict", MINUTE).policy(p -> p.grace(Duration.ZERO)));
        advance(125);
        scheduler.pause();
        advance(125);
        scheduler.resume();
        time.awaitIdle();

        Failed failed = events(Failed.class).getFirst();
        assertThat(failed.started()).isEqualTo(at(1));
        assertThat(failed.origin().at()).isEqualTo(at(2));
        assertThat(failed.retryAt()).isNull();
        assertThat(failed.outcome()).isInstanceOf(JobOutcome.Failed.class);
        assertThat(failed.outcome().failure().orElseThrow()).hasMessage("no paper");
        assertThat(events(MaxInstances.class).getFirst().skip())
                .isEqualTo(new Skip(at(120), at(120), 1, Skip.Reason.OVERLAP));
        assertThat(events(Missed.class).getFirst().skip())
                .isEqualTo(new Skip(at(180), at(240), 2, Skip.Reason.TOO_LATE));
    }

    @Test
    @Spec({"L-003", "X-008"})
    void a_submission_is_told_before_its_end_also_where_the_loop_runs_the_job() throws InterruptedException {
        started().addExecutor("inline", JobExecutor.inline());
        scheduler.add(Schedule.named("a").at(at(1)).executor("inline").action(() -> {}));
        advance(1);

        assertThat(trail.fires()).containsExactly("0ms a added", "1s a submitted", "1s a executed", "1s a removed");
    }

    @Test
    @Spec("E-004")
    void each_fire_of_a_backlog_is_told_when_it_ends() throws InterruptedException {
        started()
                .add(Schedule.named("a")
                        .every(MINUTE)
                        .body(context -> {
                            context.sleep(SECOND);
                            return null;
                        })
                        .policy(p -> p.coalesce(Coalesce.ALL)));
        scheduler.pause();
        advance(190);
        trail.lines();
        scheduler.resume();
        advance(3);

        assertThat(trail.fires())
                .containsExactly(
                        "3m10s a submitted for 1m",
                        "3m11s a executed",
                        "3m11s a submitted for 2m",
                        "3m12s a executed",
                        "3m12s a submitted for 3m",
                        "3m13s a executed");
    }

    @Test
    @Spec({"L-003", "GT40"})
    void events_of_one_schedule_come_in_the_order_in_which_they_happened() throws InterruptedException {
        started();
        for (int i = 0; i < 50; i++) {
            scheduler.add(every("s" + i, SECOND).policy(p -> p.overlap(Overlap.BUFFER_ALL)));
        }
        advance(40);

        Map<String, List<String>> kinds = new HashMap<>();
        trail.events()
                .forEach(event -> event.schedule()
                        .ifPresent(id -> kinds.computeIfAbsent(id, key -> new ArrayList<>())
                                .add(event.kind().name())));
        List<String> expected = new ArrayList<>(List.of("TASK_ADDED"));
        for (int i = 0; i < 40; i++) {
            expected.add("TASK_SUBMITTED");
            expected.add("TASK_EXECUTED");
        }
        assertThat(kinds).hasSize(50).allSatisfy((id, seen) -> assertThat(seen).isEqualTo(expected));
    }

    @Test
    @Spec({"E-003", "GT40"})
    void a_listener_that_is_slow_keeps_nobody_from_firing_and_hears_all_in_the_end() throws InterruptedException {
        var slow = new EventTrail();
        Signal go = time.signal();
        scheduler.listen(event -> {
            go.awaitUninterruptibly();
            slow.on(event);
        });
        started().add(every("a", SECOND));
        advance(20);

        assertThat(slow.events()).isEmpty();
        assertThat(trail.fires()).hasSize(41).endsWith("20s a submitted", "20s a executed");
        scheduler.remove("a");
        go.set();
        time.awaitIdle();
        assertThat(slow.fires()).hasSize(42).endsWith("20s a submitted", "20s a executed", "20s a removed");
    }

    @Test
    @Spec("GT40")
    void a_listener_that_is_much_too_slow_loses_the_newest_events_and_health_tells() throws InterruptedException {
        var slow = new EventTrail();
        Signal go = time.signal();
        started();
        ScheduleListener listener = event -> {
            go.awaitUninterruptibly();
            slow.on(event);
        };
        scheduler.listen(listener);
        for (int i = 0; i <= (EventBus.CAPACITY + EventBus.AT_ONCE) / 2; i++) {
            scheduler.pause();
            scheduler.resume();
        }
        time.awaitIdle();

        assertThat(scheduler.health().level()).isEqualTo(Health.Level.WARNING);
        assertThat(scheduler.health().checks())
                .anyMatch(check -> check.message().contains("events were lost to listeners that are too slow"));
        assertThat(scheduler.unlisten(listener)).isTrue();
        assertThat(scheduler.health().checks())
                .anyMatch(check -> check.message().contains("events were lost to listeners that are too slow"));
        go.set();
        time.awaitIdle();
        assertThat(slow.lines())
                .startsWith("0ms scheduler paused")
                .hasSizeBetween(EventBus.CAPACITY, EventBus.CAPACITY + EventBus.AT_ONCE);
    }

    @Test
    @Spec({"E-003", "E-001"})
    void a_listener_hears_the_kinds_that_it_wants_until_it_is_taken_out() throws InterruptedException {
        var only = new EventTrail();
        scheduler.listen(only, Kind.TASK_SUBMITTED, Kind.SCHEDULER_PAUSED);
        started().add(every("a", SECOND));
        advance(1);
        scheduler.pause();
        time.awaitIdle();
        assertThat(only.lines()).containsExactly("1s a submitted", "1s scheduler paused");

        assertThat(scheduler.unlisten(only)).isTrue();
        scheduler.resume();
        advance(1);
        assertThat(only.lines()).isEmpty();
    }

    @Test
    @Spec("E-001")
    void each_kind_has_a_bit_and_a_name_with_dots() {
        int all = 0;
        for (Kind kind : Kind.values()) {
            all |= kind.code();
        }
        assertThat(all).isEqualTo((1 << 17) - 1);
        assertThat(Kind.TASK_EXECUTED.code()).isEqualTo(4096);
        assertThat(Kind.SCHEDULER_STARTED.dotted()).isEqualTo("scheduler.started");
        assertThat(Kind.TASK_SUBMITTED.dotted()).isEqualTo("task.submitted");
    }
}
