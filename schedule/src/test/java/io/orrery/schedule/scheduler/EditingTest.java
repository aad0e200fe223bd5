package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditingTest extends SchedulerFixture {

    @Test
    @Spec({"K-008", "GT20", "GT22", "S-012"})
    void adding_what_is_there_changes_nothing_and_adding_something_else_is_refused_or_done_as_wanted()
            throws InterruptedException {
        started().action("tick", () -> {});
        Schedule ten = Schedule.named("a").every(Duration.ofSeconds(10)).job("tick");
        scheduler.add(ten);
        advance(5);

        assertThat(scheduler.add(ten).next()).isEqualTo(at(10));
        assertThatThrownBy(() -> scheduler.add(ten.name("other")))
                .isInstanceOf(ScheduleConflictException.class)
                .hasMessageContaining("An id stands for one schedule, but \"a\" is taken")
                .hasMessageContaining("OnConflict.REPLACE, KEEP or UPDATE");
        assertThat(scheduler.add(ten.name("other"), OnConflict.KEEP).name()).isEqualTo("a");
        assertThat(scheduler.add(ten.name("other"), OnConflict.UPDATE).next()).isEqualTo(at(10));
        assertThat(scheduler.schedule("a").orElseThrow().name()).isEqualTo("other");
        assertThat(scheduler.add(ten.name("third"), OnConflict.REPLACE).next()).isEqualTo(at(15));
        time.awaitIdle();
        assertThat(trail.fires()).containsExactly("0ms a added", "5s a modified: definition", "5s a added");
    }

    @Test
    @Spec({"S-012", "GT20"})
    void what_conflicts_before_the_start_is_said_at_once() {
        scheduler.add(every("a", SECOND));

        assertThatThrownBy(() -> scheduler.add(every("a", MINUTE)))
                .isInstanceOf(ScheduleConflictException.class)
                .hasMessageContaining("which waits for the start");
        scheduler.remove("a");
        assertThat(scheduler.schedules()).isEmpty();
    }

    @Test
    @Spec({"S-012", "GT20"})
    void what_conflicts_with_what_a_store_has_keeps_it_from_starting(@TempDir Path folder) {
        Schedule ten = Schedule.named("a").every(Duration.ofSeconds(10)).job("tick");
        try (Scheduler first = onFolder(folder).start()) {
            first.add(ten);
        }
        try (Scheduler second = onFolder(folder)) {
            second.add(ten.every(MINUTE));

            assertThatThrownBy(second::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot start with what was added to it")
                    .hasMessageContaining("\"a\" is taken, in the store \"default\"");
            assertThat(second.state()).isEqualTo(SchedulerStatus.SchedulerState.STOPPED);
            second.add(ten.every(MINUTE), OnConflict.UPDATE);
            assertThat(second.start().schedule("a").orElseThrow().definition().trigger())
                    .hasToString("interval[0:01:00]");
        }
    }

    private Scheduler onFolder(Path folder) {
        return open(Scheduler.named("durable").store(ScheduleStore.inFolder(folder)))
                .action("tick", () -> {});
    }

    @Test
    @Spec({"K-013", "K-011", "K-016"})
    void an_update_keeps_the_next_time_and_a_new_trigger_counts_from_now() throws InterruptedException {
        started().add(every("a", MINUTE));
        advance(30);

        assertThat(scheduler
                        .update("a", schedule -> schedule.name("b").tags("x"))
                        .orElseThrow()
                        .next())
                .isEqualTo(at(60));
        assertThat(scheduler
                        .reschedule("a", Trigger.every(Duration.ofSeconds(10)))
                        .orElseThrow()
                        .next())
                .isEqualTo(at(40));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        scheduler.update("a", schedule -> Schedule.named("c").job("d")))
                .withMessageContaining("The id and the store of a schedule stay");
        assertThatThrownBy(() -> scheduler.update("zz", schedule -> schedule))
                .isInstanceOf(NoSuchScheduleException.class)
                .hasMessageContaining("there is none with the id \"zz\"");
        assertThat(scheduler.schedule("a").orElseThrow().name()).isEqualTo("b");
    }

    @Test
    @Spec({"K-014", "AP-007", "K-002"})
    void what_was_missed_in_a_pause_is_not_made_up_for() throws InterruptedException {
        started().add(every("a", MINUTE));
        scheduler.add(Schedule.named("ends")
                .trigger(Trigger.every(MINUTE).until(at(120)))
                .action(() -> {}));
        advance(60);
        scheduler.pause("a");
        scheduler.pause("ends");
        advance(90);
        assertThat(scheduler.schedule("a").orElseThrow().isPaused()).isTrue();

        assertThat(scheduler.resume("a").orElseThrow().next()).isEqualTo(at(180));
        assertThat(scheduler.resume("ends")).isEmpty();
        assertThat(scheduler.schedule("ends")).isEmpty();
        time.awaitIdle();
        assertThat(trail.fires())
                .containsSubsequence("2m30s a modified: resumed", "2m30s ends modified: resumed", "2m30s ends removed");
    }

    @Test
    @Spec({"K-014", "S-014"})
    void all_can_be_paused_and_resumed_but_what_is_quarantined_stays_so() throws InterruptedException {
        scheduler.addExecutor("there", JobExecutor.inline());
        scheduler.addStore("other", ScheduleStore.inMemory());
        started().add(every("a", MINUTE));
        scheduler.add(every("b", MINUTE).store("other"));
        scheduler.add(every("orphan", SECOND).executor("there"));
        scheduler.removeExecutor("there");
        advance(30);
        scheduler.pauseAll();
        scheduler.add(every("later", MINUTE));
        advance(90);
        assertThat(ids(ScheduleQuery.all().state(ScheduleState.PAUSED))).isEqualTo("[a, b]");
        assertThat(trail.fires()).noneMatch(line -> line.contains("a submitted") || line.contains("b submitted"));

        scheduler.resumeAll();
        advance(60);

        assertThat(scheduler.schedule("orphan").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(trail.fires()).contains("3m a submitted", "3m b submitted", "2m30s later submitted");
    }

    @Test
    @Spec({"K-006", "T-007"})
    void the_first_time_can_be_another_than_the_triggers() throws InterruptedException {
        started().add(every("a", MINUTE).firstAt(at(5)));
        scheduler.add(every("p", MINUTE).paused());
        scheduler.add(Schedule.named("past").at(at(-100)).action(() -> {}));
        advance(60);

        assertThat(trail.fires())
                .contains("5s a submitted", "1m a submitted", "0ms past submitted for -1m40s")
                .doesNotContain("1m p submitted");
    }

    @Test
    @Spec({"K-015", "GT36"})
    void removing_lets_what_runs_end() throws InterruptedException {
        started().add(Schedule.named("a").at(at(1)).body(context -> {
            context.sleep(SECOND);
            return "late";
        }));
        scheduler.add(every("b", MINUTE));
        scheduler.add(every("c", MINUTE));
        advance(1);
        scheduler.remove("a");
        advance(5);
        scheduler.removeAll();
        time.awaitIdle();

        assertThat(scheduler.schedules()).isEmpty();
        assertThat(trail.lines())
                .containsSubsequence(
                        "1s a submitted", "1s a removed", "2s a executed: late", "6s all tasks removed default");
        assertThatThrownBy(() -> scheduler.remove("a")).isInstanceOf(NoSuchScheduleException.class);
    }

    @Test
    @Spec("L-009")
    void a_run_by_hand_can_be_the_last_one() throws InterruptedException {
        started().add(every("a", MINUTE));
        scheduler.runNowAndFinish("a");
        advance(200);

        assertThat(trail.fires())
                .containsExactly("0ms a added", "0ms a submitted manually", "0ms a executed", "0ms a removed");
    }

    @Test
    @Spec({"L-011", "I-001", "I-002", "I-003"})
    void schedules_are_found_sorted_and_previewed_without_being_changed() throws InterruptedException {
        started().add(every("b", MINUTE).name("Backup").tags("night"));
        scheduler.add(Schedule.named("a").cron("30 2 * * *").action(() -> {}));
        scheduler.add(
                Schedule.named("m").trigger(Trigger.manual()).action(() -> {}).paused());

        assertThat(scheduler.schedules().stream().map(info -> info.id())).containsExactly("b", "a", "m");
        assertThat(ids(ScheduleQuery.all().text(" BACK "))).isEqualTo("[b]");
        assertThat(ids(ScheduleQuery.all().state(ScheduleState.PAUSED))).isEqualTo("[m]");
        assertThat(ids(ScheduleQuery.all().tag("night"))).isEqualTo("[b]");
        assertThat(ids(ScheduleQuery.all().trigger("CRON"))).isEqualTo("[a]");
        assertThat(ids(ScheduleQuery.all()
                        .executor("default")
                        .store("default")
                        .sortedBy(ScheduleQuery.Order.ID)
                        .descending()))
                .isEqualTo("[m, b, a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleQuery.Order.of("colour"))
                .withMessageContaining("sorted by one of id, name, next_run_time");

        Preview preview = scheduler.preview("b", 2).orElseThrow();
        assertThat(preview.times()).containsExactly(at(60), at(120));
        assertThat(preview.exhausted()).isFalse();
        assertThat(scheduler.preview("m", 1).orElseThrow().exhausted()).isTrue();
        assertThat(scheduler.preview("zz", 1)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.preview("b", 51))
                .withMessageContaining("count must be between 1 and 50, but is 51");
        assertThat(scheduler.timeline(2, 3).rows().stream()
                        .map(row -> row.schedule().id()))
                .containsExactly("b", "b", "a");
        assertThat(scheduler.timeline(2, 3).total()).isEqualTo(4);
        assertThat(scheduler.why("m")).isEqualTo("\"m\": it is paused: resume(\"m\").");
        assertThat(scheduler.why("b")).isEqualTo("\"b\" fires at 2026-01-01T00:01:00Z.");
        assertThat(scheduler.schedule("b").orElseThrow().next()).isEqualTo(at(60));
    }

    private String ids(ScheduleQuery query) {
        return scheduler.schedules(query).stream()
                .map(info -> info.id())
                .toList()
                .toString();
    }

    @Test
    @Spec({"I-004", "I-005"})
    void the_status_counts_what_there_is() throws InterruptedException {
        started().add(every("a", MINUTE));
        scheduler.add(every("b", MINUTE).paused());
        advance(10);

        SchedulerStatus status = scheduler.status();
        assertThat(status.count()).isEqualTo(2);
        assertThat(status.count(ScheduleState.PAUSED)).isEqualTo(1);
        assertThat(status.since().uptime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(status.parts().stores()).containsExactly("default");
        assertThat(status.parts().times()).containsEntry("startup_delay", Duration.ZERO);
        assertThat(scheduler.health().level()).isEqualTo(Health.Level.OK);
        assertThat(scheduler).hasToString("test (running, 1 scheduled)");
    }

    @Test
    @Spec({"S-001", "S-002", "S-003", "S-004", "S-005"})
    void it_is_configured_by_maps_or_properties_and_unknown_keys_are_refused() throws InterruptedException {
        var properties = new Properties();
        properties.setProperty("orrery.timezone", "Europe/Paris");
        properties.setProperty("orrery.identity", "node-1");
        properties.setProperty("orrery.task_defaults.coalesce", "no");
        properties.setProperty("orrery.task_defaults.max-instances", "3");
        properties.setProperty("orrery.task_defaults.mistrigger_grace_time", "1.5");
        properties.setProperty("orrery.stores.durable.type", "memory");
        properties.setProperty("orrery.executors.pool.type", "threadpool");
        properties.setProperty("orrery.executors.pool.max_workers", "2");
        properties.setProperty("other.key", "is not ours");
        Scheduler configured = open(Scheduler.named("x").configure(properties));
        configured.start();
        configured.add(every("a", MINUTE).store("durable").executor("pool"));

        var policy = configured.schedule("a").orElseThrow().definition().policy();
        assertThat(policy.coalesce()).isEqualTo(Coalesce.ALL);
        assertThat(policy.maxInstances()).isEqualTo(3);
        assertThat(policy.grace()).contains(Duration.ofMillis(1500));
        assertThat(policy.overlap()).isEqualTo(Overlap.SKIP);
        assertThat(configured.status().node()).isEqualTo("node-1");
        assertThat(configured.status().parts().executors()).containsExactly("default", "pool");
        configured.close();
    }

    @Test
    @Spec({"S-001", "S-004"})
    void all_that_is_wrong_with_a_configuration_is_said_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scheduler.named("x")
                        .configure(Map.of(
                                "tiemzone",
                                "UTC",
                                "event_loop",
                                "x",
                                "task_defaults",
                                Map.of("max_instances", "many"),
                                "stores",
                                Map.of("a", Map.of("typ", "memory"), "b", 7, "c", Map.of("type", "file")))))
                .withMessageContainingAll(
                        "There is no key \"tiemzone\"",
                        "\"event_loop\": There is no event loop",
                        "\"task_defaults.max_instances\" is \"many\": It must be a whole number",
                        "Cannot create store \"a\": either its type or its class must be given",
                        "A store of type file is in a directory, but none is given",
                        "Expected a ScheduleStore or a map for stores.b, got a Integer instead");
        assertThat(Scheduler.named("y")
                        .configure(Map.of(
                                "stores",
                                Map.of("a", ScheduleStore.inMemory()),
                                "executors",
                                Map.of("b", JobExecutor.platformThreads(1)))))
                .isNotNull();
    }

    @Test
    @Spec({"S-010", "GT36"})
    void a_run_by_hand_that_waits_to_be_tried_again_ends_as_it_was_when_its_schedule_is_removed()
            throws InterruptedException {
        started()
                .add(Schedule.named("a")
                        .at(at(1_000))
                        .policy(p -> p.retry(RetryPolicy.retries(3).delay(MINUTE)))
                        .action(() -> {
                            throw new IllegalStateException("by design");
                        }));
        FiredJob fired = scheduler.runNow("a");
        advance(90);
        assertThat(trail.fires()).contains("1m a error: failed, again at 2m");

        scheduler.remove("a");

        assertThat(fired.await().failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("by design"));
    }

    @Test
    @Spec("GT36")
    void a_run_by_hand_that_waits_to_be_tried_again_ends_as_it_was_when_a_later_fire_takes_its_place()
            throws InterruptedException {
        started()
                .add(Schedule.named("a")
                        .at(at(30))
                        .policy(p -> p.overlap(Overlap.TERMINATE_OTHER)
                                .retry(RetryPolicy.retries(3).delay(MINUTE)))
                        .action(() -> {
                            throw new IllegalStateException("by design");
                        }));
        FiredJob fired = scheduler.runNow("a");
        advance(30);

        assertThat(fired.await().failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasMessage("by design"));
    }
}
