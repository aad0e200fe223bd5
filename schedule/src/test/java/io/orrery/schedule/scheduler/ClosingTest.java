package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.State;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.Taken;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has ended on a node that leaves is not run again because its store could not be written just then. */
@Spec({"GT34", "GT59"})
class ClosingTest extends SchedulerFixture {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    private final FaultyStore faulty = new FaultyStore(time);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Scheduler leaving;
    private Scheduler staying;

    @BeforeEach
    void open() {
        leaving = node("leaving", faulty.around(ScheduleStore.inFolder(folder)));
        staying = node("staying", ScheduleStore.inFolder(folder));
    }

    private Scheduler node(String name, ScheduleStore store) {
        Scheduler node = open(Scheduler.named(name).lease(LEASE).store(store));
        node.job("job", context -> {
            seen.add(name + " " + context.attempt());
            context.sleep(MINUTE);
            return null;
        });
        return node.start();
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        Thread closing = time.start(Thread.ofVirtual(), () -> {
            leaving.close();
            staying.shutdownNow();
        });
        time.advance(MINUTE);
        closing.join();
    }

    /** A job that ends while its scheduler is shut down and its store cannot be written. */
    private FiredJob ends(OnLost onLost) throws InterruptedException {
        leaving.add(Schedule.named("a").trigger(Trigger.manual()).job("job").policy(policy -> policy.onLost(onLost)));
        FiredJob fired = leaving.runNow("a");
        time.awaitIdle();
        faulty.broken.add("complete");
        return fired;
    }

    @Test
    void an_end_that_could_not_be_written_at_once_is_written_while_the_scheduler_closes() throws Exception {
        FiredJob fired = ends(OnLost.RERUN);
        Thread closing = time.start(Thread.ofVirtual(), leaving::shutdown);
        advance(65);
        assertThat(fired.await(Duration.ZERO)).isEmpty();
        assertThat(closing.isAlive()).isTrue();

        faulty.broken.clear();
        advance(1);
        closing.join();

        assertThat(fired.await().state()).isEqualTo(State.SUCCEEDED);
        assertThat(staying.schedule("a").orElseThrow().history().outcome()).isEqualTo("succeeded");
        advance(60);
        assertThat(seen).containsExactly("leaving 1");
    }

    @Test
    void what_must_not_be_repeated_is_not_though_its_end_is_never_written_and_the_log_names_it() throws Exception {
        ends(OnLost.FAIL);
        try (var log = new LogLines("leaving")) {
            Thread closing = time.start(Thread.ofVirtual(), leaving::shutdown);
            advance(69);
            closing.join();

            assertThat(log.lines())
                    .contains("SEVERE of 1 fires of the store \"default\" that have ended here the ends could not be"
                            + " written: a@2026-01-01T00:00:00Z!, succeeded. They are not given back: when their"
                            + " leases have run out, onLost of their policies says what becomes of them.");
        }
        advance(120);
        assertThat(seen).containsExactly("leaving 1");
        assertThat(staying.schedule("a").orElseThrow().running()).isEmpty();
        assertThat(staying.schedule("a").orElseThrow().history().outcome()).isEqualTo("failed");
        assertThat(staying.schedule("a").orElseThrow().history().note()).isEqualTo("the node that ran it is gone");
    }

    @Test
    void what_may_be_repeated_is_as_another_attempt_if_its_end_is_never_written() throws Exception {
        ends(OnLost.RERUN);
        Thread closing = time.start(Thread.ofVirtual(), leaving::shutdown);
        advance(75);
        closing.join();
        advance(3);

        assertThat(seen).containsExactly("leaving 1", "staying 2");
    }

    @Test
    void of_many_that_have_ended_those_that_can_be_written_are() throws Exception {
        faulty.poison.add("bad");
        for (String id : List.of("bad", "good", "better")) {
            leaving.add(Schedule.named(id)
                    .trigger(Trigger.manual())
                    .job("job")
                    .policy(policy -> policy.onLost(OnLost.FAIL)));
            leaving.runNow(id);
        }
        time.awaitIdle();
        Thread closing = time.start(Thread.ofVirtual(), leaving::shutdown);
        advance(75);
        closing.join();
        advance(60);

        assertThat(seen).hasSize(3).containsOnly("leaving 1");
        assertThat(staying.schedules())
                .extracting(
                        info -> info.definition().id() + " " + info.history().outcome())
                .containsExactlyInAnyOrder("bad failed", "good succeeded", "better succeeded");
    }

    @ParameterizedTest
    @EnumSource
    @Spec("S-010")
    void a_job_that_has_shut_down_its_own_scheduler_is_not_stopped_and_not_run_again(WayOut way) throws Exception {
        staying.pause();
        leaving.job("end", context -> {
            seen.add("end " + context.attempt());
            way.leave(leaving);
            seen.add("cancelled: " + context.cancelled());
            return null;
        });
        leaving.add(Schedule.named("a").at(at(1)).job("end").policy(policy -> policy.onLost(OnLost.RERUN)));
        advance(1);
        leaving.awaitShutdown();

        leaving.start();
        advance(60);

        assertThat(seen).containsExactly("end 1", "cancelled: false");
    }

    /** How a scheduler is shut down. */
    enum WayOut {
        SHUTDOWN {
            @Override
            void leave(Scheduler scheduler) {
                scheduler.shutdown();
            }
        },
        SHUTDOWN_NOW {
            @Override
            void leave(Scheduler scheduler) {
                scheduler.shutdownNow();
            }
        };

        abstract void leave(Scheduler scheduler);
    }

    @Test
    void a_schedule_that_is_never_too_late_by_its_grace_keeps_no_other_from_running() throws Exception {
        staying.pause();
        leaving.job("note", context -> {
            seen.add(context.path());
            return null;
        });
        leaving.add(Schedule.named("a")
                .at(at(1))
                .job("note")
                .policy(policy -> policy.grace(Duration.ofDays(400_000_000_000L))));
        leaving.add(Schedule.named("b").at(at(1)).job("note"));
        leaving.add(Schedule.named("c").at(at(1)).job("note"));

        advance(1);

        assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void what_is_just_taken_when_its_store_is_removed_is_given_back_and_not_run_too() throws Exception {
        Signal taken = time.signal();
        Signal go = time.signal();
        ScheduleStore real = ScheduleStore.inFolder(folder);
        Scheduler slow = node("slow", FaultyStore.around((self, method, arguments) -> {
            Object answer = FaultyStore.called(real, method, arguments);
            if (answer instanceof Taken some && !some.leases().isEmpty()) {
                taken.set();
                go.awaitUninterruptibly();
            }
            return answer;
        }));
        leaving.pause();
        staying.pause();
        slow.add(Schedule.named("a").at(at(1)).job("job").policy(policy -> policy.onLost(OnLost.FAIL)));
        advance(1);
        assertThat(taken.isSet()).isTrue();

        Thread removing = time.start(Thread.ofVirtual(), () -> slow.removeStore(Schedule.DEFAULT));
        time.awaitIdle();
        staying.resume();
        go.set();
        removing.join();
        advance(3);

        assertThat(seen).containsExactly("staying 1");
        advance(60);
        slow.close();
    }
}
