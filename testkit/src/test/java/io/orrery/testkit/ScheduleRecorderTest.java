package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.Executed;
import io.orrery.schedule.ScheduleEvent.Kind;
import io.orrery.schedule.ScheduleEvent.SchedulerPaused;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScheduleRecorderTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @RegisterExtension
    final OrreryExtension orrery = OrreryExtension.stoppedAt(Instant.parse("2026-03-01T00:00:00Z"));

    @Test
    void a_month_of_schedules_takes_no_time(Scheduler scheduler, ManualTime time, ScheduleRecorder recorder)
            throws InterruptedException {
        scheduler.add(Schedule.named("report").cron("0 6 * * mon").action(() -> {}));

        time.advance(Duration.ofDays(31));

        assertThat(recorder.fired("report"))
                .extracting(Instant::toString)
                .containsExactly(
                        "2026-03-02T06:00:00Z",
                        "2026-03-09T06:00:00Z",
                        "2026-03-16T06:00:00Z",
                        "2026-03-23T06:00:00Z",
                        "2026-03-30T06:00:00Z");
        recorder.timedTrail()
                .assertOrder(
                        "2026-03-01T00:00:00Z report added",
                        "2026-03-30T06:00:00Z report submitted",
                        "2026-03-30T06:00:00Z report executed");
    }

    @Test
    void each_thing_that_can_happen_to_a_schedule_has_its_words(
            Scheduler scheduler, ManualTime time, ScheduleRecorder recorder) throws InterruptedException {
        scheduler.add(Schedule.named("a")
                .every(MINUTE)
                .body(context -> {
                    context.sleep(Duration.ofSeconds(90));
                    return "done";
                })
                .policy(p -> p.grace(MINUTE)));
        time.advance(Duration.ofSeconds(150));
        scheduler.pause();
        time.advance(Duration.ofMinutes(10).plusSeconds(45));
        scheduler.resume();
        time.awaitIdle();
        scheduler.pause("a");
        time.advance(Duration.ofSeconds(90));
        scheduler.runNow("a");
        time.advance(Duration.ofSeconds(10));
        scheduler.remove("a");
        time.advance(Duration.ofMinutes(2));

        recorder.trail("a")
                .assertLines(
                        "a added",
                        "a submitted",
                        "a skipped 2026-03-01T00:02:00Z: too many of its fires run",
                        "a executed: done",
                        "a submitted for 2026-03-01T00:13:00Z, standing for 10 more",
                        "a modified: paused",
                        "a executed: done",
                        "a submitted by hand",
                        "a removed",
                        "a executed: done");
        assertThat(recorder.fired("a")).hasSize(2);
    }

    @Test
    void why_something_was_not_run_is_in_its_words(Scheduler scheduler, ManualTime time, ScheduleRecorder recorder)
            throws InterruptedException {
        scheduler.add(Schedule.named("late").every(MINUTE).action(() -> {}).policy(p -> p.grace(Duration.ZERO)));
        scheduler.add(Schedule.named("many")
                .every(MINUTE)
                .action(() -> {})
                .policy(p -> p.coalesce(Coalesce.ALL).catchUp(1).maxInstances(9)));
        scheduler.add(Schedule.named("flaky")
                .at(Instant.parse("2026-03-01T01:00:00Z"))
                .action(() -> {
                    throw new IOException("disk is busy");
                })
                .policy(p -> p.retry(RetryPolicy.retries(1).delay(MINUTE))));
        scheduler.pause();
        time.advance(Duration.ofSeconds(130));
        scheduler.resume();
        time.awaitIdle();

        recorder.trail("late")
                .assertLines("late added", "late missed 2 from 2026-03-01T00:01:00Z to 2026-03-01T00:02:00Z: too late");
        recorder.trail("many").assertOrder("many missed 2026-03-01T00:01:00Z: too many were due");
        time.advance(Duration.ofHours(1));
        recorder.trail("flaky")
                .assertLines(
                        "flaky added",
                        "flaky submitted",
                        "flaky failed, again at 2026-03-01T01:01:00Z",
                        "flaky submitted for 2026-03-01T01:00:00Z, attempt 2",
                        "flaky failed",
                        "flaky removed");
        assertThat(recorder.fired("flaky")).hasSize(1);
    }

    @Test
    @Spec({"E-001", "E-002"})
    void all_seventeen_kinds_of_events_are_told(Scheduler scheduler, ManualTime time, ScheduleRecorder recorder)
            throws InterruptedException {
        live(scheduler, time);

        Set<Kind> kinds = recorder.events().stream().map(ScheduleEvent::kind).collect(Collectors.toSet());
        assertThat(kinds).isEqualTo(EnumSet.allOf(Kind.class));
        recorder.trail()
                .assertOrder(
                        "scheduler shut down",
                        "executor default added",
                        "store default added",
                        "scheduler started",
                        "store other added",
                        "executor inline added",
                        "scheduler paused",
                        "scheduler resumed",
                        "b removed",
                        "store default emptied",
                        "store other removed",
                        "executor inline removed",
                        "scheduler shut down");
        assertThat(recorder.events()).allMatch(event -> event.origin().node().startsWith("test-"));
    }

    /** All that can happen. */
    private static void live(Scheduler scheduler, ManualTime time) throws InterruptedException {
        scheduler.shutdown();
        scheduler.start();
        scheduler.addStore("other", ScheduleStore.inMemory());
        scheduler.addExecutor("inline", JobExecutor.inline());
        scheduler.add(Schedule.named("a").every(MINUTE).body(context -> {
            context.sleep(Duration.ofSeconds(70));
            throw new IOException("disk is busy");
        }));
        scheduler.add(Schedule.named("b").every(MINUTE).action(() -> {}).policy(p -> p.grace(Duration.ZERO)));
        time.advance(Duration.ofSeconds(150));
        scheduler.pause();
        time.advance(Duration.ofSeconds(95));
        scheduler.resume();
        time.awaitIdle();
        scheduler.pause("a");
        scheduler.remove("b");
        scheduler.removeAll("default");
        scheduler.removeStore("other");
        scheduler.removeExecutor("inline");
        scheduler.shutdownNow();
    }

    @Test
    void a_test_in_real_time_waits_for_events(ScheduleRecorder recorder) throws InterruptedException {
        Scheduler real = Scheduler.named("real").time(TimeSource.system()).open();
        try (real) {
            real.listen(recorder);
            real.start();
            real.add(Schedule.named("once").body(context -> "done"));

            assertThat(recorder.await(Executed.class, "once").value()).isEqualTo("done");
            real.pause();
            recorder.await(
                    SchedulerPaused.class, event -> event.origin().alias().isEmpty());
        }
        recorder.clear();
        assertThat(recorder.events()).isEmpty();
    }
}
