package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.State;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scheduler is made of, when its parts come and go, and what it cannot be part of. */
class PartsTest extends SchedulerFixture {

    @TempDir
    Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    @Spec("S-015")
    void it_has_a_thread_of_its_own_whoever_starts_it_and_a_try_statement_ends_it() throws InterruptedException {
        var thread = new AtomicReference<Thread>();
        Scheduler other = open(Scheduler.named("other").executor(JobExecutor.inline()));
        try (other) {
            Thread.ofVirtual().start(other::start).join();
            other.add(Schedule.named("a").action(() -> thread.set(Thread.currentThread())));
            time.awaitIdle();
        }

        assertThat(thread.get().getName()).isEqualTo("other/loop of default");
        assertThat(thread.get().isDaemon()).isTrue();
        assertThat(thread.get().isVirtual()).isFalse();
        assertThat(other.state()).isEqualTo(SchedulerState.STOPPED);
        thread.get().join();
    }

    @Test
    @Spec({"S-009", "S-015"})
    void who_needs_it_may_start_it_inside_of_another_start() throws InterruptedException {
        started();
        scheduler.start();
        scheduler.start();
        assertThat(scheduler.shutdown()).isFalse();
        assertThat(scheduler.shutdownNow()).isFalse();
        scheduler.add(every("a", SECOND));
        advance(1);

        assertThat(trail.fires()).containsExactly("0ms a added", "1s a submitted", "1s a executed");
        assertThat(scheduler.shutdown()).isTrue();
    }

    @Test
    @Spec("S-013")
    void one_that_is_shut_down_as_soon_as_it_has_started_ends() {
        for (int i = 0; i < 2_000; i++) {
            scheduler.start();
            assertThat(scheduler.shutdown()).isTrue();
        }
    }

    @Test
    @Spec({"S-010", "S-014"})
    void what_needs_it_to_run_is_refused_while_it_is_stopped() {
        List<Runnable> needy = List.of(
                scheduler::shutdown,
                scheduler::shutdownNow,
                scheduler::pause,
                scheduler::resume,
                () -> scheduler.runNow("a"),
                () -> scheduler.pause("a"));
        for (Runnable one : needy) {
            assertThatIllegalStateException()
                    .isThrownBy(one::run)
                    .withMessage("Scheduler is not running: \"test\". Start it first.");
        }
    }

    @Test
    @Spec("S-012")
    void what_is_due_soon_after_the_start_can_be_held_back_until_others_have_started() throws InterruptedException {
        Scheduler careful = open(Scheduler.named("careful").startupDelay(Duration.ofSeconds(5)));
        try (careful) {
            careful.add(Schedule.named("past").at(at(-100)).action(() -> {}));
            careful.add(Schedule.named("soon").at(at(1)).action(() -> {}));
            careful.add(Schedule.named("later").at(at(7)).action(() -> {}));
            careful.start();
            careful.add(Schedule.named("after-the-start").at(at(2)).action(() -> {}));
            advance(10);

            assertThat(trail.fires().stream().filter(line -> line.contains("submitted")))
                    .containsExactlyInAnyOrder(
                            "2s after-the-start submitted",
                            "5s past submitted",
                            "5s soon submitted",
                            "7s later submitted");
        }
    }

    @Test
    @Spec({"S-016", "S-011"})
    void a_part_that_is_added_or_removed_while_it_runs_counts_at_once() throws InterruptedException {
        started();
        scheduler.addStore("late", ScheduleStore.inMemory());
        scheduler.addExecutor("pool", JobExecutor.virtualThreads(1));
        scheduler.add(every("a", SECOND).store("late").executor("pool"));
        advance(1);
        scheduler.removeStore("late");
        advance(5);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms store added late",
                        "0ms executor added pool",
                        "0ms a added",
                        "1s a submitted",
                        "1s a executed",
                        "1s store removed late");
        assertThat(scheduler.schedules()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.removeStore("late"))
                .withMessage("There is no store with the alias \"late\". Known aliases: default.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.addExecutor("pool", JobExecutor.inline()))
                .withMessage("This scheduler already has an executor by the alias of \"pool\"."
                        + " Choose another alias, or remove that one first.");
    }

    @Test
    @Spec({"S-017", "D-008", "X-006"})
    void after_a_restart_its_executors_work_again_and_a_memory_store_is_empty() throws InterruptedException {
        scheduler.addExecutor("pool", JobExecutor.platformThreads(2));
        started().add(every("a", SECOND).executor("pool"));
        scheduler.shutdown();
        scheduler.start();

        assertThat(scheduler.schedules()).isEmpty();
        scheduler.add(Schedule.named("b").executor("pool").action(() -> seen.add("b")));
        advance(2);
        assertThat(seen).containsExactly("b");
    }

    @Test
    @Spec("S-007")
    void it_cannot_be_part_of_what_a_schedule_keeps() throws InterruptedException {
        scheduler.addStore("files", ScheduleStore.inFolder(folder));
        started().action("keep", Scheduler.class, (kept, context) -> {});

        assertThat(scheduler).isNotInstanceOf(Serializable.class);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> scheduler.add(Schedule.named("a").store("files").job("keep", scheduler)))
                .withMessageContaining("The schedule \"a\" cannot be kept.")
                .withMessageContaining("io.orrery.schedule.scheduler.Scheduler");
    }

    @Test
    @Spec("S-007")
    void its_exceptions_say_which_schedule_and_why() throws InterruptedException {
        started().add(Schedule.named("a").every(MINUTE).body(context -> {
            context.sleep(MINUTE);
            return null;
        }));
        scheduler.runNow("a");

        assertThatThrownBy(() -> scheduler.runNow("a"))
                .isInstanceOf(MaxInstancesException.class)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("At most 1 fires of \"a\" run at once, and so many do. Wait for one to end, or raise its"
                        + " maxInstances.");
        assertThatThrownBy(() -> scheduler.why("zz"))
                .isInstanceOf(NoSuchScheduleException.class)
                .hasMessageContaining("\"zz\"");
        assertThatThrownBy(() -> scheduler.add(every("a", SECOND)))
                .isInstanceOf(ScheduleConflictException.class)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Spec("GT36")
    void a_run_by_hand_ends_for_who_waits_for_it_though_its_store_was_removed() throws InterruptedException {
        started().addStore("other", ScheduleStore.inMemory());
        scheduler.add(Schedule.named("a").at(at(1_000)).store("other").body(context -> {
            context.sleep(MINUTE);
            return "done";
        }));
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();
        scheduler.removeStore("other");
        advance(60);

        assertThat(fired.await().state()).isEqualTo(State.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ScheduleStore.class,
                JobExecutor.class,
                PayloadCodec.class,
                LifecycleJob.class,
                ScheduleListener.class
            })
    void what_others_implement_has_ten_methods_at_most(Class<?> spi) {
        assertThat(spi.getMethods())
                .filteredOn(method -> Modifier.isAbstract(method.getModifiers()))
                .hasSizeBetween(1, 10);
    }
}
