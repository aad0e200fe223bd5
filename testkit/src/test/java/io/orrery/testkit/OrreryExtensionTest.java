package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.orrery.outcome.RunEvent.JobStarted;
import io.orrery.outcome.RunEvent.RunFinished;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

class OrreryExtensionTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static Workflow napping() {
        var workflow = Workflow.named("napping");
        workflow.action("nap", ctx -> ctx.sleep(HOUR));
        return workflow;
    }

    @Nested
    @ExtendWith(OrreryExtension.class)
    class With_time_that_skips {
        private ManualTime beforeTheTest;

        @BeforeEach
        void take(ManualTime time) {
            beforeTheTest = time;
        }

        @Test
        void an_hour_passes_in_no_time(RunOptions options, ManualTime time) {
            RunAssert.assertThat(napping().run(options)).succeeded().took(HOUR);
            assertThat(time.elapsed()).isEqualTo(HOUR);
        }

        @Test
        void all_methods_of_one_test_have_the_same_time(ManualTime time) {
            assertThat(time).isSameAs(beforeTheTest);
        }

        @Test
        void the_options_tell_the_recorder(RunOptions options, RunRecorder recorder) {
            napping().run(options);
            recorder.timedTrail()
                    .assertLines(
                            "0ms run started",
                            "0ms nap started",
                            "1h nap succeeded",
                            "1h run stopping",
                            "1h run succeeded");
        }
    }

    @Nested
    class With_time_that_stands {
        @RegisterExtension
        final OrreryExtension orrery = OrreryExtension.stopped();

        @Test
        void the_test_moves_it(RunOptions options, ManualTime time, RunRecorder recorder) throws Exception {
            try (Run run = napping().start(options)) {
                recorder.await(JobStarted.class, "nap");
                time.advance(HOUR.minusNanos(1));
                assertThat(run.await(Duration.ZERO)).isEmpty();
                assertThat(recorder.events(RunFinished.class)).isEmpty();

                time.advance(Duration.ofNanos(1));
                RunAssert.assertThat(run.await()).succeeded().took(HOUR);
            }
        }
    }

    @Test
    void a_test_that_leaves_a_run_behind_fails_and_shows_where_it_is() {
        assertThat(failures("leaves_a_run", RunOptions.class, ManualTime.class))
                .contains("left threads of a run behind", "\"nap\" is at", "Context.sleep");
    }

    @Test
    void a_scheduler_is_shut_down_after_the_test_whatever_runs() {
        assertThat(failures("leaves_a_schedule", Scheduler.class, ManualTime.class))
                .isEmpty();
    }

    @Test
    void time_that_skips_is_refused_for_a_scheduler() {
        assertThat(failures(Hasty.class, "skips", Scheduler.class))
                .contains("A scheduler needs time that stands", "OrreryExtension.stopped()");
    }

    private static String failures(String method, Class<?>... parameters) {
        return failures(Forgetful.class, method, parameters);
    }

    private static String failures(Class<?> type, String method, Class<?>... parameters) {
        var failures = new StringBuilder();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter(OrreryExtension.PATIENCE, "20")
                .selectors(selectMethod(type, method, parameters))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> failures.append(event.getPayload()));

        return failures.toString();
    }

    /** Executed by tests above, not by the build. */
    static final class Forgetful {
        @RegisterExtension
        final OrreryExtension orrery = OrreryExtension.stopped();

        @Test
        void leaves_a_run(RunOptions options, ManualTime time) throws InterruptedException {
            napping().start(options);
            time.awaitIdle();
        }

        @Test
        void leaves_a_schedule(Scheduler scheduler, ManualTime time) throws InterruptedException {
            scheduler.start();
            scheduler.add(Schedule.named("nap").body(context -> {
                context.sleep(HOUR);
                return null;
            }));
            time.awaitIdle();
        }
    }

    /** Likewise. */
    @ExtendWith(OrreryExtension.class)
    static final class Hasty {
        @Test
        void skips(Scheduler scheduler) {
            assertThat(scheduler).isNotNull();
        }
    }
}
