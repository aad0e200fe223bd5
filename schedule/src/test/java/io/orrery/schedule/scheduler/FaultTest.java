package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is not even an exception, and what can never be written, keeps nobody from being fired either. */
@Spec("GT33")
class FaultTest extends SchedulerFixture {

    private final FaultyStore faulty = new FaultyStore(time);

    @Test
    @Spec({"L-001", "L-005"})
    void a_store_that_throws_errors_is_asked_again_later_and_the_others_go_on() throws InterruptedException {
        List<String> stores = IntStream.range(0, 9).mapToObj(i -> "weak" + i).toList();
        stores.forEach(alias -> scheduler.addStore(alias, faulty.inMemory()));
        started();
        stores.forEach(alias -> scheduler.add(every("in-" + alias, SECOND).store(alias)));
        scheduler.add(every("b", SECOND));
        time.awaitIdle();
        faulty.broken.add("take");
        advance(4);
        assertThat(trail.fires().stream().filter(line -> line.contains("executed")))
                .containsExactly("1s b executed", "2s b executed", "3s b executed", "4s b executed");

        faulty.broken.clear();
        advance(8);
        assertThat(trail.fires())
                .containsAll(stores.stream()
                        .map(alias -> "11s in-" + alias + " executed")
                        .toList());
    }

    @Test
    @Spec("GT34")
    void errors_of_a_store_do_not_end_the_renewal_of_leases() throws InterruptedException {
        var renewed = ConcurrentHashMap.<String>newKeySet();
        ScheduleStore real = ScheduleStore.inMemory();
        scheduler.addStore("shared", FaultyStore.around((self, method, arguments) -> {
            if (method.getName().equals("renew") && renewed.add(EventTrail.since(time.instant()))) {
                throw new NoClassDefFoundError("a class of the driver, by design");
            }
            return method.getName().equals("isLocal") ? (Object) false : FaultyStore.called(real, method, arguments);
        }));
        started();
        advance(11);

        assertThat(renewed).hasSize(3);
    }

    @Test
    @Spec("T-009")
    void what_cannot_be_counted_from_the_end_of_a_run_is_quarantined_and_the_run_has_ended()
            throws InterruptedException {
        try (var zone = new FadingZone()) {
            started().add(Schedule.named("a").trigger(FadingZone.trigger(at(1))).action(() -> {
                zone.fade();
                time.sleep(SECOND);
            }));
            scheduler.add(every("b", SECOND));
            advance(3);

            assertThat(trail.fires())
                    .containsSubsequence("1s a submitted", "2s a executed")
                    .anyMatch(line -> line.startsWith("2s a modified: quarantined: its next time cannot be found"))
                    .contains("3s b executed");
            assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
            assertThat(scheduler.schedule("a").orElseThrow().running()).isEmpty();
            assertThat(scheduler.shutdown()).isTrue();
        }
    }

    @Test
    @Spec({"L-005", "GT33"})
    void a_trigger_that_fails_quarantines_its_schedule_and_the_others_go_on() throws InterruptedException {
        try (var zone = new FadingZone()) {
            started().add(Schedule.named("a").trigger(FadingZone.trigger(at(1))).action(() -> {}));
            scheduler.add(every("b", SECOND));
            zone.fade();
            advance(3);

            assertThat(trail.fires())
                    .anyMatch(line -> line.startsWith("1s a modified: quarantined: its next time cannot be found"))
                    .contains("1s b executed", "2s b executed", "3s b executed")
                    .noneMatch(line -> line.contains("a submitted"));
            assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        }
    }

    @Test
    @Spec("GT55")
    void a_condition_of_a_retry_that_throws_an_error_ends_its_fire_as_failed() throws InterruptedException {
        RetryPolicy retry = RetryPolicy.retries(1).on(ending -> {
            throw new AssertionError("by design");
        });
        started()
                .add(Schedule.named("a")
                        .every(SECOND)
                        .action(() -> {
                            throw new IllegalStateException("by design");
                        })
                        .policy(policy -> policy.retry(retry)));
        advance(2);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added", "1s a submitted", "1s a error: failed", "2s a submitted", "2s a error: failed");
    }

    @Test
    @Spec("L-005")
    void an_end_whose_words_a_store_refuses_is_written_without_them() throws InterruptedException {
        scheduler.addStore("weak", faulty.inMemory());
        started().add(Schedule.named("a").every(MINUTE).store("weak").action(() -> {
            throw new IllegalStateException("poison");
        }));
        faulty.poison.add("poison");
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();

        assertThat(fired.await().state()).isEqualTo(State.FAILED);
        assertThat(scheduler.schedule("a").orElseThrow().history().outcome()).isEqualTo("failed");
        assertThat(scheduler.schedule("a").orElseThrow().history().note())
                .contains("how it ended could not be written")
                .contains("a value is refused");
    }

    @Test
    @Spec("L-005")
    void an_end_that_could_not_be_written_once_keeps_its_words() throws InterruptedException {
        var refused = new AtomicBoolean();
        ScheduleStore real = ScheduleStore.inMemory();
        scheduler.addStore("weak", FaultyStore.around((self, method, arguments) -> {
            if (method.getName().equals("complete") && refused.compareAndSet(false, true)) {
                throw new StoreException("the connection is gone. Wait.", new IllegalStateException("gone"));
            }
            return FaultyStore.called(real, method, arguments);
        }));
        started().add(Schedule.named("a").every(MINUTE).store("weak").action(() -> {
            throw new IllegalStateException("its own words");
        }));
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();

        assertThat(fired.await().state()).isEqualTo(State.FAILED);
        assertThat(refused).isTrue();
        assertThat(scheduler.schedule("a").orElseThrow().history().note()).contains("its own words");
    }

    @Test
    @Spec({"L-005", "T-009"})
    void an_end_of_which_a_store_refuses_what_is_to_come_next_is_written_as_bare_as_can_be()
            throws InterruptedException {
        scheduler.addStore("weak", faulty.inMemory());
        started()
                .add(Schedule.named("a")
                        .trigger(Trigger.every(Duration.ofMinutes(10)).afterCompletion())
                        .store("weak")
                        .action(() -> {}));
        scheduler.add(every("b", SECOND).store("weak"));
        faulty.poison.add("At[due=");
        advance(630);

        assertThat(trail.fires())
                .contains("10m a submitted", "10m20s a executed", "10m30s b executed")
                .anyMatch(line -> line.startsWith("10m20s a modified: quarantined: how it ended could not be written"));
        ScheduleInfo a = scheduler.schedule("a").orElseThrow();
        assertThat(a.running()).isEmpty();
        assertThat(a.history().outcome()).isEqualTo("succeeded");
        assertThat(a.history().note()).contains("how it ended could not be written", "Resume the schedule");
    }

    @Test
    @Spec("L-005")
    void an_end_that_a_store_refuses_whatever_it_says_keeps_no_others_back_and_is_written_when_the_store_is_mended()
            throws InterruptedException {
        scheduler.addStore("weak", faulty.inMemory());
        started().add(every("a", Duration.ofHours(10)).store("weak"));
        scheduler.add(every("b", SECOND).store("weak"));
        time.awaitIdle();
        faulty.poison.add("a@");
        FiredJob fired = scheduler.runNow("a");
        advance(120);
        assertThat(fired.await().state()).isEqualTo(State.SUCCEEDED);
        assertThat(scheduler.schedule("a").orElseThrow().running()).hasSize(1);
        trail.lines();

        advance(5);
        assertThat(trail.fires())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                        .mapToObj(second -> "2m" + second + "s b ")
                        .flatMap(line -> Stream.of(line + "submitted", line + "executed"))
                        .toList());

        faulty.poison.clear();
        advance(600);
        assertThat(scheduler.schedule("a").orElseThrow().running()).isEmpty();
        assertThat(trail.fires())
                .filteredOn(line -> line.contains(" a "))
                .singleElement()
                .asString()
                .endsWith("a executed");
    }

    @Test
    @Spec("L-005")
    void an_end_that_could_not_be_written_is_tried_again_also_while_the_scheduler_is_paused()
            throws InterruptedException {
        scheduler.addStore("weak", faulty.inMemory());
        started().add(Schedule.named("a").every(MINUTE).store("weak").action(() -> time.sleep(SECOND)));
        FiredJob fired = scheduler.runNow("a");
        faulty.broken.add("complete");
        scheduler.pause();
        advance(2);
        assertThat(fired.await(Duration.ZERO)).isEmpty();

        faulty.broken.clear();
        advance(11);
        assertThat(fired.await(Duration.ZERO))
                .hasValueSatisfying(outcome -> assertThat(outcome.state()).isEqualTo(State.SUCCEEDED));
    }

    @Test
    @Spec({"L-005", "S-017"})
    void the_few_threads_of_a_pool_do_not_wait_for_a_store_that_says_nothing() throws InterruptedException {
        scheduler.addExecutor("pool", JobExecutor.platformThreads(1));
        scheduler.addStore("weak", faulty.around(FaultyStore.shared()));
        scheduler.action("job", () -> {});
        started()
                .add(Schedule.named("a")
                        .every(Duration.ofHours(1))
                        .job("job")
                        .store("weak")
                        .executor("pool"));
        scheduler.add(every("b", SECOND).executor("pool"));
        time.awaitIdle();
        trail.lines();
        faulty.silent.add("complete");
        scheduler.runNow("a");
        advance(5);

        assertThat(trail.fires())
                .containsSubsequence("0ms a submitted manually", "1s b executed", "2s b executed", "5s b executed")
                .doesNotContain("0ms a executed");
        faulty.silent.clear();
        advance(40);
        assertThat(trail.fires()).anyMatch(line -> line.endsWith("a executed"));
    }
}
