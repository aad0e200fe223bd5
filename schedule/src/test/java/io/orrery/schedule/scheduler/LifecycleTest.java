package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Spec("G-002")
class LifecycleTest extends SchedulerFixture {

    private static final Schedule PUMP = Schedule.named("pump").lifecycle("pump");

    @TempDir
    Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    /** Tells what happens to it; a tick may fail or take long. */
    private final class Pump implements LifecycleJob {
        private final String who;
        private int ticks;

        Pump(String who) {
            this.who = who;
        }

        @Override
        public void setup(FireContext session) {
            see("set up");
        }

        @Override
        public void tick(FireContext session, Instant due) throws Exception {
            see("tick " + ++ticks + (due.equals(time.instant()) ? "" : " for " + EventTrail.since(due)));
            if (ticks == 2) {
                session.sleep(Duration.ofMillis(2500));
            }
            if (ticks == 3) {
                throw new IllegalStateException("by design");
            }
        }

        @Override
        public void cleanup() {
            see("clean");
        }

        private void see(String what) {
            seen.add(EventTrail.since(time.instant()) + " " + who + what);
        }
    }

    private List<String> seen() {
        List<String> lines = List.copyOf(seen);
        seen.clear();
        return lines;
    }

    @Test
    @Spec("G-001")
    void it_is_set_up_ticks_one_after_the_other_and_is_cleaned_up_at_the_shutdown() throws InterruptedException {
        started().lifecycle("pump", Trigger.every(SECOND), () -> new Pump(""));
        scheduler.add(PUMP);
        time.advance(Duration.ofMillis(6500));

        scheduler.shutdown();

        assertThat(seen())
                .containsExactly(
                        "0ms set up",
                        "1s tick 1",
                        "2s tick 2",
                        "4.5s tick 3 for 4s",
                        "5s tick 4",
                        "6s tick 5",
                        "6.5s clean");
        assertThat(trail.fires())
                .contains("1s pump/tick submitted", "1s pump/tick executed", "4.5s pump/tick error: failed")
                .endsWith("6.5s pump error: cancelled");
    }

    @Test
    void one_that_fails_to_set_up_is_cleaned_up_and_set_up_anew() throws InterruptedException {
        started().lifecycle("pump", Trigger.every(SECOND), () -> new LifecycleJob() {
            @Override
            public void setup(FireContext session) {
                seen.add("set up");
                if (seen.size() == 1) {
                    throw new IllegalStateException("by design");
                }
            }

            @Override
            public void tick(FireContext session, Instant due) {
                seen.add("tick");
            }

            @Override
            public void cleanup() {
                seen.add("clean");
            }
        });
        scheduler.add(PUMP);
        time.advance(Duration.ofMillis(2500));

        assertThat(seen()).containsExactly("set up", "clean", "set up", "tick");
    }

    @Test
    @Spec({"K-014", "K-015"})
    void a_pause_and_a_removal_end_it() throws InterruptedException {
        started().lifecycle("pump", Trigger.every(SECOND), () -> new Pump(""));
        scheduler.add(PUMP);
        time.advance(Duration.ofMillis(1500));

        scheduler.pause("pump");
        advance(10);
        assertThat(seen()).containsExactly("0ms set up", "1s tick 1", "1.5s clean");
        assertThat(scheduler.schedule("pump").orElseThrow().state()).isEqualTo(ScheduleState.PAUSED);

        scheduler.resume("pump");
        advance(2);
        assertThat(seen()).containsExactly("12.5s set up", "13.5s tick 1");

        scheduler.remove("pump");
        advance(10);
        assertThat(seen()).containsExactly("13.5s clean");
        assertThat(scheduler.schedules()).isEmpty();
        assertThat(trail.fires()).endsWith("13.5s pump error: cancelled", "13.5s pump removed");
    }

    @Test
    @Spec("M-005")
    void on_a_shared_store_one_process_has_it_and_another_one_takes_over_when_that_one_shuts_down()
            throws InterruptedException {
        try (Scheduler one = sharing("one");
                Scheduler two = sharing("two")) {
            one.add(PUMP);
            two.add(PUMP);
            time.advance(Duration.ofMillis(3500));
            assertThat(seen()).containsExactly("0ms one set up", "1s one tick 1", "2s one tick 2");
            one.shutdown();
            assertThat(seen()).containsExactly("3.5s one clean");

            advance(3);
            assertThat(seen()).hasSize(3).first().asString().contains("two set up");
            assertThat(two.schedule("pump").orElseThrow().running()).hasSize(1);
        }
        assertThat(seen()).hasSize(1);
    }

    @Test
    @Spec("M-005")
    void a_process_that_pauses_it_ends_it_wherever_it_runs() throws InterruptedException {
        try (Scheduler one = sharing("one");
                Scheduler two = sharing("two")) {
            one.add(PUMP);
            time.advance(Duration.ofMillis(1500));
            seen();

            two.pause("pump");
            advance(10);

            assertThat(seen().getLast()).contains("one clean");
            assertThat(two.schedule("pump").orElseThrow().isSubmitted()).isFalse();
        }
    }

    /** One that has looked around already. */
    private Scheduler sharing(String node) throws InterruptedException {
        Scheduler sharing = open(Scheduler.named(node).node(node).store(ScheduleStore.inFolder(folder)))
                .lifecycle("pump", Trigger.every(SECOND), () -> new Pump(node + " "))
                .start();
        time.awaitIdle();
        return sharing;
    }

    @Test
    void a_trigger_that_does_not_fire_by_itself_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler.lifecycle("pump", Trigger.manual(), () -> new Pump("")))
                .withMessage(
                        "A lifecycle ticks by itself, but \"only when asked for\" does not. Give it an interval or a"
                                + " cron expression.");
    }
}
