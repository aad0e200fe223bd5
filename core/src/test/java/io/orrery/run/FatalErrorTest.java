package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@Spec({"A-064", "GB-34"})
class FatalErrorTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.skipping();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Error broken = new OutOfMemoryError("broken");

    /** Sleeps for an hour, and notes that it was interrupted and shut down. */
    private final class Sleeper implements JobBody<String> {
        @Override
        public String run(JobContext context) throws Exception {
            try {
                context.sleep(HOUR);
            } catch (InterruptedException e) {
                log.add(context.path() + " stopped");
                throw e;
            }
            return "rested";
        }

        @Override
        public void shutdown() {
            log.add("shut down");
        }
    }

    private Job<?> breaking(Workflow flow) {
        return flow.action("breaking", context -> {
            context.sleep(SECOND);
            throw broken;
        });
    }

    @Test
    void the_run_is_stopped_and_shut_down_in_order_and_the_very_error_thrown_to_the_caller()
            throws InterruptedException {
        var flow = Workflow.named("flow");
        flow.job("sleeper", new Sleeper());
        var next = flow.action("next", () -> log.add("next")).requires(breaking(flow));

        Run run = flow.start(options);

        assertThat(catchThrowable(run::await)).isSameAs(broken);
        assertThat(log).containsExactly("sleeper stopped", "shut down");
        RunReport report = run.snapshot();
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.why()).isEqualTo("critical job breaking failed: broken");
        assertThat(report.outcome(next)).contains(new JobOutcome.NotRun("breaking failed"));
        assertThat(time.elapsed()).isEqualTo(SECOND);
        time.awaitIdle();
        assertThat(time.threads()).isEmpty();
    }

    @Test
    void run_throws_it_and_so_does_every_way_to_wait() {
        var flow = Workflow.named("flow");
        breaking(flow);

        assertThat(catchThrowable(() -> flow.run(options))).isSameAs(broken);
        Run run = flow.start(options);
        assertThat(catchThrowable(run::await)).isSameAs(broken);
        assertThat(catchThrowable(run::awaitUninterruptibly)).isSameAs(broken);
        assertThat(catchThrowable(() -> run.await(HOUR))).isSameAs(broken);
        assertThat(catchThrowable(run::close)).isNull();
    }

    @Test
    void it_stops_the_run_also_from_a_job_that_is_not_critical_and_is_never_tried_again() {
        var flow = Workflow.named("flow");
        flow.job("sleeper", new Sleeper());
        breaking(flow).critical(false).retries(5);

        assertThat(catchThrowable(() -> flow.run(options))).isSameAs(broken);
        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms sleeper started #1",
                        "0ms breaking started #1",
                        "1s breaking failed: broken after 1",
                        "1s run run stopping: failed, job breaking failed: broken",
                        "1s sleeper cancelled: breaking failed after 1",
                        "1s run run finished: failed");
    }

    @Test
    void it_comes_first_among_what_ends_at_one_instant() {
        var flow = Workflow.named("flow");
        var other = flow.action("other", context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no");
        });
        breaking(flow).critical(false);
        other.critical(false);
        flow.action("next", () -> log.add("next")).requires(other);

        assertThat(catchThrowable(() -> flow.run(options))).isSameAs(broken);
        assertThat(log).isEmpty();
    }

    @Test
    void from_a_nested_run_it_stops_all_runs_around_it_critical_or_not() {
        var inner = Workflow.named("inner");
        breaking(inner).critical(false);
        inner.job("sleeper", new Sleeper());
        var outer = Workflow.named("outer");
        outer.add(inner).critical(false);
        outer.job("sleeper", new Sleeper());

        assertThat(catchThrowable(() -> outer.run(options))).isSameAs(broken);
        assertThat(log).containsExactly("inner/sleeper stopped", "shut down", "sleeper stopped", "shut down");
        assertThat(time.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void from_a_run_made_on_the_fly_it_is_thrown_into_the_job_that_made_it() {
        var flow = Workflow.named("flow");
        flow.job("sleeper", new Sleeper());
        var maker = flow.action("maker", context -> {
                    var inner = Workflow.named("inner");
                    breaking(inner).critical(false);
                    context.run(inner);
                    log.add("maker goes on");
                })
                .critical(false);

        Run run = flow.start(options);

        assertThat(catchThrowable(run::await)).isSameAs(broken);
        assertThat(run.snapshot().outcome(maker)).contains(new JobOutcome.Failed(broken));
        assertThat(log).containsExactly("sleeper stopped", "shut down");
    }

    @Test
    void it_is_thrown_also_when_it_comes_from_a_shutdown() {
        var inner = Workflow.named("inner");
        inner.job("cleaner", new JobBody<Integer>() {
            @Override
            public Integer run(JobContext context) {
                return 1;
            }

            @Override
            public void shutdown() {
                throw broken;
            }
        });
        var outer = Workflow.named("outer");
        outer.add(inner);
        outer.job("sleeper", new Sleeper());

        assertThat(catchThrowable(() -> outer.run(options))).isSameAs(broken);
        assertThat(log).containsExactly("sleeper stopped", "shut down");
        assertThat(catchThrowable(() -> inner.run(options))).isSameAs(broken);
    }

    @Test
    void it_is_thrown_also_when_it_comes_after_the_verdict() {
        var flow = Workflow.named("flow").timeout(SECOND);
        flow.action("job", context -> {
            try {
                context.sleep(HOUR);
            } catch (InterruptedException e) {
                throw broken;
            }
        });

        Run run = flow.start(options);

        assertThat(catchThrowable(run::await)).isSameAs(broken);
        assertThat(run.snapshot().state()).isEqualTo(RunState.TIMED_OUT);
    }

    @Test
    void other_errors_are_failures_of_one_job() {
        for (Error error : List.of(new StackOverflowError(), new AssertionError("no"), new LinkageError("no"))) {
            var flow = Workflow.named("flow");
            var bad = flow.action("bad", () -> {
                        throw error;
                    })
                    .critical(false);
            var next = flow.job("next", () -> "next").requires(bad);

            RunReport report = flow.run(options).orThrow();

            assertThat(report.outcome(bad)).contains(new JobOutcome.Failed(error));
            assertThat(report.result(next)).isEqualTo("next");
        }
    }

    @Test
    void a_real_stack_overflow_fails_its_job_only() {
        var flow = Workflow.named("flow");
        var deep = flow.job("deep", () -> depth(0)).critical(false);

        RunReport report = flow.run(options).orThrow();

        assertThat(report.outcome(deep).orElseThrow().failure()).get().isInstanceOf(StackOverflowError.class);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int depth(int level) {
        return 1 + depth(level + 1);
    }

    @Test
    void an_exception_that_can_not_tell_its_message_is_a_failure_like_any_other() {
        class Mute extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        }
        var flow = Workflow.named("flow");
        flow.action("bad", () -> {
            throw new Mute();
        });

        RunReport report = flow.run(RunOptions.defaults().time(time));

        assertThat(report.why()).isEqualTo("critical job bad failed: Mute");
    }
}
