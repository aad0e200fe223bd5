package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Work;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a definition says, and what a scheduler makes of it. */
class DefinitionsTest extends SchedulerFixture {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static Schedule full() {
        return Schedule.named("invoice-42")
                .name("Invoice 42")
                .cron("30 2 * * *")
                .zone(PARIS)
                .job("send", 42)
                .tags("money", "night")
                .store("other")
                .executor("pool")
                .policy(p -> p.grace(MINUTE)
                        .misfire(Misfire.RUN_ONCE)
                        .coalesce(Coalesce.EARLIEST)
                        .catchUp(7)
                        .maxInstances(3)
                        .overlap(Overlap.BUFFER_ALL)
                        .retry(RetryPolicy.retries(2).delay(SECOND))
                        .timeout(MINUTE)
                        .priority(5)
                        .onLost(OnLost.FAIL));
    }

    private Scheduler withParts() throws InterruptedException {
        started().action("send", Integer.class, (number, context) -> {});
        scheduler.addStore("other", ScheduleStore.inMemory());
        scheduler.addExecutor("pool", JobExecutor.platformThreads(1));
        return scheduler;
    }

    @Test
    @Spec({"K-001", "K-004", "I-001"})
    void all_that_a_definition_says_is_in_the_snapshot() throws InterruptedException {
        ScheduleInfo info = withParts().add(full());

        Schedule definition = info.definition();
        assertThat(info.id()).isEqualTo("invoice-42");
        assertThat(info.name()).isEqualTo("Invoice 42");
        assertThat(definition.work()).isEqualTo(new Work.Named("send", 42));
        assertThat(definition.work().text()).isEqualTo("send");
        assertThat(definition.trigger().type()).isEqualTo("cron");
        assertThat(definition.trigger().describe()).isEqualTo("at 02:30 every day");
        assertThat(definition.zone()).contains(PARIS);
        assertThat(definition.executor()).isEqualTo("pool");
        assertThat(definition.store()).isEqualTo("other");
        assertThat(definition.tags()).containsExactlyInAnyOrder("money", "night");
        assertThat(info.state()).isEqualTo(ScheduleState.SCHEDULED);
        assertThat(info.nextFire()).contains(at(90 * 60));
        assertThat(info.isPaused()).isFalse();
        assertThat(info.isPending()).isFalse();
        assertThat(info.isSubmitted()).isFalse();
        assertThat(info.running()).isEmpty();
        assertThat(info.waiting()).isEmpty();
        SchedulePolicy policy = definition.policy();
        assertThat(policy).isEqualTo(full().policy());
        assertThat(policy.grace()).contains(MINUTE);
        assertThat(policy.misfire()).isEqualTo(Misfire.RUN_ONCE);
        assertThat(policy.coalesce()).isEqualTo(Coalesce.EARLIEST);
        assertThat(policy.maxInstances()).isEqualTo(3);
        assertThat(policy.timeout()).contains(MINUTE);
        assertThat(policy.priority()).isEqualTo(5);
        assertThat(policy.retry().retries()).isEqualTo(2);
    }

    @Test
    @Spec("I-001")
    void a_snapshot_says_what_has_become_of_the_last_fire_and_stays_as_it_was() throws InterruptedException {
        started().add(Schedule.named("a").every(MINUTE).body(context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no paper");
        }));
        advance(60);
        ScheduleInfo running = scheduler.schedule("a").orElseThrow();
        advance(10);
        ScheduleInfo after = scheduler.schedule("a").orElseThrow();

        assertThat(running.running()).containsExactly("a@2026-01-01T00:01:00Z");
        assertThat(running.isSubmitted()).isTrue();
        assertThat(after.isSubmitted()).isFalse();
        assertThat(after.history().previous()).isEqualTo(at(60));
        assertThat(after.history().outcome()).isEqualTo("failed");
        assertThat(after.history().ended()).isEqualTo(at(61));
        assertThat(after.history().lateness()).isZero();
        assertThat(after.history().note()).contains("no paper");
        assertThat(running.history().outcome()).isEmpty();
    }

    @Test
    @Spec("K-001")
    void without_an_id_it_gets_one_and_without_a_name_its_id_is_the_name() {
        Schedule unnamed = Schedule.unnamed();

        assertThat(unnamed.id())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(Schedule.unnamed().id());
        assertThat(unnamed.name()).isEqualTo(unnamed.id());
        assertThat(unnamed.store()).isEqualTo("default");
        assertThat(unnamed.executor()).isEqualTo("default");
    }

    @Test
    @Spec("K-003")
    void it_says_its_name_its_trigger_and_when_it_fires_next() throws InterruptedException {
        Schedule tea = every("a", MINUTE).name("Tea");
        assertThat(scheduler.add(tea)).hasToString("Tea (trigger: every 1m, pending)");
        started();

        assertThat(scheduler.schedule("a").orElseThrow())
                .hasToString("Tea (trigger: every 1m, from 2026-01-01 00:01:00 Z, next run at: 2026-01-01T00:01:00Z)");
        scheduler.pause("a");
        assertThat(scheduler.schedule("a").orElseThrow())
                .hasToString("Tea (trigger: every 1m, from 2026-01-01 00:01:00 Z, paused)");
        assertThat(full()).hasToString("Invoice 42 (send, at 02:30 every day)");
    }

    @Test
    @Spec({"K-003", "GT22"})
    void definitions_are_compared_by_all_that_they_say() {
        assertThat(full().says(full())).isTrue();
        assertThat(full().says(full().name("other"))).isFalse();
        assertThat(full().says(full().cron("31 2 * * *"))).isFalse();
        assertThat(full().says(full().job("send", 43))).isFalse();
        assertThat(full().says(full().policy(p -> p.priority(6)))).isFalse();
        assertThat(full().says(full().tags("more"))).isFalse();
    }

    @Test
    @Spec({"K-005", "GT35"})
    void what_its_policy_leaves_open_comes_from_the_defaults() throws InterruptedException {
        Scheduler other = open(Scheduler.named("other")
                .defaults(p -> p.maxInstances(4).grace(SECOND).coalesce(Coalesce.ALL)));
        try (other) {
            other.start();
            SchedulePolicy policy = other.add(every("a", MINUTE).policy(p -> p.maxInstances(2)))
                    .definition()
                    .policy();

            assertThat(policy.maxInstances()).isEqualTo(2);
            assertThat(policy.grace()).contains(SECOND);
            assertThat(policy.coalesce()).isEqualTo(Coalesce.ALL);
            assertThat(other.update("a", schedule -> schedule.policy(SchedulePolicy.unset()))
                            .orElseThrow()
                            .definition()
                            .policy()
                            .maxInstances())
                    .isEqualTo(4);
        }
    }

    @Test
    @Spec({"K-005", "T-001", "T-007"})
    void a_date_without_a_moment_is_never_too_late() throws InterruptedException {
        started();
        scheduler.pause();
        scheduler.add(Schedule.named("now").action(() -> {}));
        scheduler.add(every("late", MINUTE).policy(p -> p.grace(SECOND)));
        advance(1_000_000);
        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.fires())
                .contains("11d13h46m40s now submitted for 0ms", "11d13h46m40s now executed")
                .noneMatch(line -> line.contains("late submitted"));
    }

    @Test
    @Spec("K-009")
    void a_definition_is_a_value_that_many_schedulers_can_have() throws InterruptedException {
        Schedule tea = every("a", MINUTE);
        started().add(tea);
        Scheduler other = open(Scheduler.named("other"));
        try (other) {
            other.start();
            advance(30);
            other.add(tea);

            assertThat(scheduler.add(tea).nextFire()).contains(at(60));
            assertThat(other.schedule("a").orElseThrow().nextFire()).contains(at(90));
            assertThat(tea.registered()).isEmpty();
        }
    }

    @Test
    @Spec({"K-012", "GT21"})
    void what_will_never_fire_is_removed_at_once_and_told_or_kept_as_finished() throws InterruptedException {
        advance(100);
        Trigger over = Trigger.every(MINUTE).from(at(0)).until(at(60));

        ScheduleInfo gone = started().add(Schedule.named("gone").trigger(over).action(() -> {}));
        scheduler.add(Schedule.named("kept").trigger(over).action(() -> {}).keptWhenFinished());
        time.awaitIdle();

        assertThat(gone.state()).isEqualTo(ScheduleState.FINISHED);
        assertThat(trail.fires()).containsExactly("1m40s gone added", "1m40s gone removed", "1m40s kept added");
        assertThat(scheduler.schedule("gone")).isEmpty();
        assertThat(scheduler.why("kept")).isEqualTo("\"kept\": its trigger has no time left.");
    }

    @Test
    @Spec({"K-002", "GT21"})
    void six_states_are_told_apart_and_why_says_what_each_waits_for() throws InterruptedException {
        scheduler.addExecutor("there", JobExecutor.inline());
        scheduler.add(every("pending", SECOND));
        assertThat(scheduler.why("pending"))
                .isEqualTo("\"pending\": the scheduler is stopped: start() it; it is added when the scheduler starts.");
        assertThat(state("pending")).isEqualTo(ScheduleState.PENDING);
        started();
        scheduler.add(every("scheduled", MINUTE));
        scheduler.add(every("paused", MINUTE).paused());
        scheduler.add(Schedule.named("finished").at(at(1)).action(() -> {}).keptWhenFinished());
        scheduler.add(
                Schedule.named("at-shutdown").trigger(Trigger.atShutdown()).action(() -> {}));
        scheduler.add(every("quarantined", SECOND).executor("there"));
        scheduler.removeExecutor("there");
        advance(1);

        for (ScheduleState state : Arrays.asList(ScheduleState.values()).subList(1, 6)) {
            assertThat(state(state.word())).isEqualTo(state);
        }
        assertThat(scheduler.why("paused")).contains("it is paused: resume(\"paused\")");
        assertThat(scheduler.why("at-shutdown")).contains("it fires when the scheduler shuts down");
        assertThat(scheduler.why("quarantined")).contains("it is quarantined: there is no executor \"there\"");
    }

    private ScheduleState state(String id) {
        return scheduler.schedule(id).orElseThrow().state();
    }

    @Test
    @Spec({"K-015", "K-008"})
    void an_id_is_unique_in_all_stores_and_found_without_naming_one() throws InterruptedException {
        withParts().add(every("a", MINUTE).store("other"));
        scheduler.add(every("b", MINUTE));

        for (OnConflict what : OnConflict.values()) {
            assertThatThrownBy(() -> scheduler.add(every("a", SECOND), what))
                    .isInstanceOf(ScheduleConflictException.class)
                    .hasMessageContaining("\"a\" is taken, in the store \"other\"");
        }
        assertThat(scheduler.schedule("a").orElseThrow().definition().store()).isEqualTo("other");
        assertThat(scheduler.schedule("zz")).isEmpty();
        scheduler.removeAll("other");
        time.awaitIdle();
        assertThat(trail.lines()).endsWith("0ms all tasks removed other");
        assertThat(scheduler.schedules()).hasSize(1);
    }

    @Test
    @Spec({"K-014", "K-013"})
    void a_pause_remembers_nothing_but_the_phase() throws InterruptedException {
        started().add(every("a", Duration.ofMinutes(10)));
        advance(60);
        scheduler.pause("a");
        scheduler.reschedule("a", Trigger.every(Duration.ofMinutes(7)));

        assertThat(state("a")).isEqualTo(ScheduleState.PAUSED);
        advance(3600);
        assertThat(scheduler.resume("a").orElseThrow().nextFire()).contains(at(60 + 9 * 420));
        assertThat(scheduler.resume("a").orElseThrow().nextFire()).contains(at(60 + 9 * 420));
        time.awaitIdle();
        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added", "1m a modified: paused", "1m a modified: trigger", "1h1m a modified: resumed");
    }
}
