package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.StoreException;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One that is broken keeps none of the others from being fired. */
@Spec("GT33")
class IsolationTest extends SchedulerFixture {

    private final Set<String> broken = ConcurrentHashMap.newKeySet(); // methods of the store that throw

    /** A memory store of which methods can be broken. */
    private ScheduleStore breakable() {
        ScheduleStore real = ScheduleStore.inMemory();
        return (ScheduleStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduleStore.class}, (self, method, arguments) -> {
                    if (broken.contains(method.getName())) {
                        throw new StoreException("the disk is gone. Bring it back.", new IllegalStateException("gone"));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @Spec({"L-001", "L-005"})
    void a_store_that_fails_is_asked_again_later_and_the_others_go_on() throws InterruptedException {
        scheduler.addStore("weak", breakable());
        started().add(every("a", SECOND).store("weak"));
        scheduler.add(every("b", SECOND));
        time.awaitIdle();
        broken.add("take");
        advance(4);

        assertThat(trail.fires())
                .contains("1s b executed", "4s b executed")
                .noneMatch(line -> line.contains("a submitted"));
        assertThat(scheduler.why("a"))
                .contains("its store fails since 2026-01-01T00:00:01Z and is asked again at 2026-01-01T00:00:11Z")
                .contains("the disk is gone");
        assertThat(scheduler.health().level()).isEqualTo(Health.Level.FAILED);

        broken.clear();
        advance(8);
        assertThat(trail.fires()).contains("11s a submitted, 10 coalesced", "12s a executed", "12s b executed");
        assertThat(scheduler.health().level()).isEqualTo(Health.Level.OK);
    }

    @Test
    @Spec("L-005")
    void an_end_that_cannot_be_written_is_written_when_the_store_is_back() throws InterruptedException {
        scheduler.addStore("weak", breakable());
        started().add(Schedule.named("a").at(at(1)).store("weak").action(() -> {}));
        scheduler.add(every("b", SECOND));
        time.awaitIdle();
        broken.add("complete");
        advance(3);
        assertThat(trail.fires())
                .contains("1s a submitted", "3s b executed")
                .noneMatch(line -> line.contains("a executed"));

        broken.clear();
        advance(10);
        assertThat(trail.fires()).containsSubsequence("11s a executed", "11s a removed");
    }

    /** Throws at whatever it is to run. */
    private static class Thrower implements JobExecutor {
        @Override
        public void open(TimeSource time) {}

        @Override
        public void execute(Attempt attempt) {
            throw new IllegalStateException("no room, by design");
        }

        @Override
        public int room() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Test
    @Spec({"L-002", "X-003", "GT55"})
    void what_an_executor_throws_is_the_failure_of_that_fire_and_no_time_is_lost() throws InterruptedException {
        scheduler.addExecutor("thrower", new Thrower());
        started().add(every("a", SECOND).executor("thrower"));
        scheduler.add(every("b", SECOND));
        advance(2);

        assertThat(trail.fires())
                .contains(
                        "1s a submitted",
                        "1s a error: failed",
                        "1s b executed",
                        "2s a submitted",
                        "2s a error: failed",
                        "2s b executed");
        assertThat(scheduler.schedule("a").orElseThrow().history().note())
                .contains("the executor threw java.lang.IllegalStateException: no room, by design");
    }

    @Test
    @Spec({"GT30", "L-001"})
    void a_schedule_whose_executor_is_gone_is_quarantined_and_goes_on_when_it_is_back() throws InterruptedException {
        scheduler.addExecutor("there", JobExecutor.inline());
        started().add(every("a", SECOND).executor("there"));
        scheduler.removeExecutor("there");
        advance(3);
        assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(scheduler.health().checks())
                .anyMatch(check -> check.message().equals("quarantined: a"));

        scheduler.addExecutor("there", JobExecutor.inline());
        scheduler.resume("a");
        advance(2);
        assertThat(trail.fires())
                .contains("3s a modified: resumed", "3s a executed")
                .endsWith("4s a submitted", "4s a executed", "5s a submitted", "5s a executed");
    }

    @Test
    @Spec({"L-004", "GT32"})
    void a_pass_that_takes_long_makes_nothing_later_than_it_has_to_be() throws InterruptedException {
        started().addExecutor("inline", JobExecutor.inline());
        scheduler.add(Schedule.named("long").at(at(1)).executor("inline").body(context -> {
            context.sleep(Duration.ofSeconds(5));
            return null;
        }));
        scheduler.add(every("a", Duration.ofSeconds(4)));
        advance(12);

        assertThat(trail.fires())
                .containsSubsequence(
                        "1s long submitted",
                        "6s long executed",
                        "6s a submitted for 4s",
                        "8s a submitted",
                        "12s a submitted");
    }

    @Test
    @Spec({"L-004", "GT32"})
    void a_store_that_answers_slowly_makes_nothing_later_than_it_has_to_be() throws InterruptedException {
        var isSlow = new AtomicBoolean();
        ScheduleStore real = ScheduleStore.inMemory();
        scheduler.addStore("slow", (ScheduleStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduleStore.class}, (self, method, arguments) -> {
                    if (method.getName().equals("take") && isSlow.getAndSet(false)) {
                        time.sleep(Duration.ofSeconds(5));
                    }
                    return method.invoke(real, arguments);
                }));
        started().add(every("a", Duration.ofSeconds(4)).store("slow"));
        scheduler.add(every("b", Duration.ofHours(1)).store("slow"));
        scheduler.add(every("c", Duration.ofSeconds(4)));
        advance(1);
        isSlow.set(true);
        scheduler.resume("b");
        advance(12);

        assertThat(trail.fires())
                .containsSubsequence("6s a submitted for 4s", "8s a submitted", "12s a submitted")
                .contains("4s c submitted");
    }

    @Test
    @Spec("L-001")
    void a_store_that_does_not_answer_keeps_no_other_one_waiting_and_is_waited_for_at_shutdown() throws Exception {
        Signal answer = time.signal();
        ScheduleStore real = FaultyStore.shared();
        scheduler.addStore("dead", FaultyStore.around((self, method, arguments) -> {
            if (method.getName().equals("take")) {
                answer.awaitUninterruptibly();
            }
            return FaultyStore.called(real, method, arguments);
        }));
        started().add(every("a", SECOND));
        advance(3);
        assertThat(trail.fires()).contains("1s a executed", "2s a executed", "3s a executed");

        Thread closing = time.start(Thread.ofVirtual(), scheduler::shutdown);
        advance(1);
        assertThat(closing.isAlive()).isTrue();
        answer.set();
        closing.join();
    }

    @Test
    @Spec("L-005")
    void who_is_asked_by_a_store_and_would_have_that_removed_is_told_so_instead_of_waiting_for_itself()
            throws InterruptedException {
        var told = new ArrayList<String>();
        ScheduleStore real = ScheduleStore.inMemory();
        scheduler.addStore("other", FaultyStore.around((self, method, arguments) -> {
            if (method.getName().equals("take") && told.isEmpty()) {
                for (Runnable end : List.<Runnable>of(
                        () -> scheduler.removeStore("other"), scheduler::shutdown, scheduler::close)) {
                    told.add(String.valueOf(catchThrowable(end::run).getMessage()));
                }
            }
            return FaultyStore.called(real, method, arguments);
        }));
        started().add(every("a", SECOND).store("other"));
        advance(1);

        assertThat(told)
                .hasSize(3)
                .allMatch(line ->
                        line.startsWith("What the store \"other\" waits for, such as the next time of a trigger,"))
                .first(STRING)
                .endsWith("but it would remove a store. Do that in another thread, or in a job.");
        assertThat(trail.fires()).contains("1s a executed");
    }

    @Test
    @Spec("X-004")
    void a_failed_run_does_not_keep_alive_what_it_worked_on() throws InterruptedException {
        var worked = new AtomicReference<WeakReference<Object>>();
        started().add(Schedule.named("a").every(SECOND).action(() -> {
            byte[] much = new byte[1 << 20];
            worked.set(new WeakReference<>(much));
            throw new IllegalStateException("failed with " + much.length);
        }));
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();
        assertThat(fired.await().failure()).isPresent();

        while (worked.get().get() != null) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(scheduler.schedule("a").orElseThrow().history().outcome()).isEqualTo("failed");
    }

    /** Cannot even be put into words. */
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words, by design");
        }
    }

    @Test
    @Spec({"X-003", "L-001"})
    void a_failure_that_cannot_be_put_into_words_ends_its_fire_like_any_other() throws InterruptedException {
        started().add(Schedule.named("a").every(SECOND).action(() -> {
            throw new Unspeakable();
        }));
        advance(2);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added", "1s a submitted", "1s a error: failed", "2s a submitted", "2s a error: failed");
        assertThat(scheduler.schedule("a").orElseThrow().history().note()).contains(Unspeakable.class.getName());
    }

    @Test
    @Spec("E-001")
    void a_listener_that_throws_on_what_cannot_be_put_into_words_hears_the_next() throws InterruptedException {
        var heard = new CopyOnWriteArrayList<ScheduleEvent.Kind>();
        scheduler.listen(
                event -> {
                    heard.add(event.kind());
                    throw new IllegalStateException("thrown by design");
                },
                ScheduleEvent.Kind.TASK_EXECUTED);
        started().add(Schedule.named("a").every(SECOND).body(context -> new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no words, by design");
            }
        }));
        scheduler.add(every("b", SECOND));
        advance(2);

        assertThat(heard).hasSize(4);
    }

    @Test
    @Spec("X-002")
    void an_executor_that_cannot_be_closed_keeps_nothing_else_from_being_shut_down() throws InterruptedException {
        scheduler.addExecutor("stuck", new Thrower() {
            @Override
            public void close() {
                throw new IllegalStateException("cannot be closed, by design");
            }
        });
        started().addStore("other", breakable());
        scheduler.shutdown();

        assertThat(trail.lines()).endsWith("0ms scheduler shutdown");
        scheduler.awaitShutdown();
        assertThat(scheduler.start()).isSameAs(scheduler);
    }
}
