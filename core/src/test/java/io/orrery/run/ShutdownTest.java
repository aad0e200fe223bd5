package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last phase of a run: every body gets to clean up. */
@Spec({"A-090", "A-091", "GB-16"})
class ShutdownTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.skipping();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());

    private interface Work {
        void with(JobContext context) throws Exception;
    }

    /** A body that notes its shutdown, with its path and the number of attempts it had. */
    private final class Noting implements JobBody<String> {
        private final Work work;
        private final Work cleaning;

        Noting(Work work, Work cleaning) {
            this.work = work;
            this.cleaning = cleaning;
        }

        @Override
        public String run(JobContext context) throws Exception {
            log.add("run " + context.path());
            work.with(context);
            return "done";
        }

        @Override
        public void shutdown(JobContext context) throws Exception {
            log.add("shut " + context.path() + " " + context.attempt());
            cleaning.with(context);
        }
    }

    private JobBody<String> noting(Work work) {
        return new Noting(work, context -> {});
    }

    private JobBody<String> cleaning(Work work) {
        return new Noting(context -> {}, work);
    }

    @Test
    void it_follows_a_run_that_ends_well_after_all_jobs_have_ended() {
        var flow = Workflow.named("flow");
        var first = flow.job("first", noting(context -> {}));
        flow.job("second", noting(context -> {})).requires(first);

        flow.run(options).orThrow();

        assertThat(log).hasSize(4).startsWith("run first", "run second").contains("shut first 1", "shut second 1");
    }

    @Test
    @Spec("GB-14")
    void it_follows_every_other_end_and_reaches_every_job_whatever_became_of_it() {
        for (var state : List.of(RunState.FAILED, RunState.TIMED_OUT, RunState.CANCELLED)) {
            log.clear();
            RunReport report = stopped(state);

            assertThat(report.state()).isEqualTo(state);
            assertThat(log)
                    .contains("shut quick 1", "shut slow 1", "shut endless 1", "shut bad 2", "shut waiting 0")
                    .hasSize(5 + 5);
            assertThat(log.subList(5, 10)).allMatch(line -> line.startsWith("shut"));
        }
    }

    private RunReport stopped(RunState state) {
        var clock = ManualTime.stopped();
        var flow = Workflow.named("flow");
        flow.job("quick", noting(context -> {}));
        var slow = flow.job("slow", noting(context -> context.sleep(HOUR)));
        flow.job("endless", noting(context -> context.sleep(HOUR))).forever(true);
        flow.job("bad", noting(context -> {
                    throw new IllegalStateException("no");
                }))
                .critical(state == RunState.FAILED)
                .retry(RetryPolicy.retries(1).delay(SECOND));
        flow.job("waiting", noting(context -> {})).requires(slow);
        if (state == RunState.TIMED_OUT) {
            flow.timeout(SECOND.multipliedBy(2));
        }
        Run run = flow.start(RunOptions.defaults().time(clock));
        try {
            clock.advance(SECOND.multipliedBy(2));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        run.cancel("enough");
        return run.awaitUninterruptibly();
    }

    @Test
    @Spec("GB-14")
    void it_begins_when_all_that_was_told_to_stop_has_stopped_and_ends_before_the_run() {
        var flow = Workflow.named("flow").shutdownTimeout(HOUR);
        flow.action("bad", context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no");
        });
        Work lingering = context -> {
            try {
                context.sleep(HOUR);
            } catch (InterruptedException e) {
                context.sleep(SECOND.multipliedBy(3));
            }
        };
        Work slow = context -> {
            context.log("tidying");
            context.sleep(SECOND.multipliedBy(4));
        };
        flow.job("slow", new Noting(lingering, slow));

        flow.run(options);

        assertThat(trail.lines())
                .endsWith(
                        "1s run run stopping: failed, critical job bad failed: no",
                        "4s slow cancelled: bad failed, late value done after 1",
                        "4s slow says tidying",
                        "8s run run finished: failed");
    }

    @Test
    @Spec("A-096")
    void it_is_called_by_all_at_once_in_order_of_declaration_within_one_deadline() {
        var flow = Workflow.named("flow").shutdownTimeout(SECOND.multipliedBy(3));
        for (String label : List.of("a", "b", "c")) {
            flow.job(label, cleaning(context -> {
                assertThat(context.deadline()).contains(time.instant().plus(SECOND.multipliedBy(3)));
                context.sleep(SECOND.multipliedBy(2));
            }));
        }

        RunReport report = flow.run(options).orThrow();

        assertThat(report.warnings()).isEmpty();
        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(log).contains("shut a 1", "shut b 1", "shut c 1");
    }

    @Test
    @Spec({"A-092", "A-086"})
    void a_nested_workflow_is_shut_down_once_when_its_own_run_ends() {
        var inner = Workflow.named("inner");
        inner.job("i1", noting(context -> {}));
        var outer = Workflow.named("outer");
        var first = outer.job("o1", noting(context -> {}));
        var nested = outer.add(inner).requires(first);
        outer.job("o2", noting(context -> {})).requires(nested);

        outer.run(options).orThrow();

        assertThat(log.subList(0, 4)).containsExactly("run o1", "run inner/i1", "shut inner/i1 1", "run o2");
        assertThat(log.subList(4, log.size())).containsExactlyInAnyOrder("shut o1 1", "shut o2 1");
    }

    @Test
    @Spec({"A-088", "A-091"})
    void a_nested_workflow_that_never_ran_is_shut_down_with_the_outer_one() {
        var innermost = Workflow.named("innermost");
        innermost.job("deep", noting(context -> {}));
        var inner = Workflow.named("inner");
        inner.add(innermost);
        inner.job("i1", noting(context -> {}));
        var outer = Workflow.named("outer");
        var bad = outer.action("bad", () -> {
            throw new IllegalStateException("no");
        });
        outer.add(inner).requires(bad);

        outer.run(options);

        assertThat(log).containsExactlyInAnyOrder("shut inner/innermost/deep 0", "shut inner/i1 0");
    }

    @Test
    void each_run_has_one_that_of_a_run_made_on_the_fly_and_of_every_attempt_included() {
        var inner = Workflow.named("inner");
        inner.job("work", noting(context -> {
            if (log.size() < 3) {
                throw new IllegalStateException("again");
            }
        }));
        var flow = Workflow.named("flow");
        flow.add(inner).retries(1);
        flow.action("maker", context -> {
            context.sleep(SECOND);
            var spontaneous = Workflow.named("spontaneous");
            spontaneous.job("spark", noting(within -> {}));
            context.run(spontaneous);
            log.add("maker goes on");
        });

        flow.run(options).orThrow();

        assertThat(log)
                .containsExactly(
                        "run inner/work",
                        "shut inner/work 1",
                        "run inner/work",
                        "shut inner/work 1",
                        "run maker/spontaneous/spark",
                        "shut maker/spontaneous/spark 1",
                        "maker goes on");
    }

    @Test
    @Spec("A-095")
    void what_it_throws_is_reported_and_changes_no_verdict() {
        var failure = new IllegalStateException("can't close");
        var inner = Workflow.named("inner");
        inner.job("work", cleaning(context -> {
            throw failure;
        }));
        var flow = Workflow.named("flow");
        flow.add(inner);

        RunReport report = flow.run(options).orThrow();

        assertThat(report.warnings())
                .containsExactly("shutdown of inner/work failed: java.lang.IllegalStateException: can't close");
        RunReport inside = report.job(flow.jobs().getFirst()).nested().orElseThrow();
        assertThat(inside.succeeded()).isTrue();
        assertThat(inside.summary().notes().shutdown()).containsExactly(new ShutdownProblem("inner/work", failure));
        assertThat(trail.lines())
                .contains("0ms inner/work shutdown of inner/work failed: java.lang.IllegalStateException: can't close");
    }

    @Test
    @Spec("A-094")
    void one_that_takes_too_long_is_interrupted_and_reported() {
        var flow = Workflow.named("flow").shutdownTimeout(SECOND);
        flow.job("slow", cleaning(context -> {
            try {
                context.sleep(HOUR);
            } catch (InterruptedException e) {
                log.add("interrupted");
            }
        }));
        flow.job("quick", cleaning(context -> {}));

        RunReport report = flow.run(options).orThrow();

        assertThat(log).contains("shut quick 1", "interrupted");
        assertThat(report.elapsed()).isEqualTo(SECOND);
        assertThat(report.warnings()).containsExactly("shutdown of slow did not return in time");
    }

    @Test
    @Spec("A-094")
    void it_takes_one_second_at_most_unless_told_otherwise() {
        var flow = Workflow.named("flow");
        flow.job("slow", cleaning(context -> context.sleep(HOUR)));

        assertThat(flow.run(options).elapsed()).isEqualTo(SECOND);
    }

    @Test
    void one_that_hangs_is_given_up_after_the_grace_period_and_named() throws InterruptedException {
        Signal released = time.signal();
        var flow = Workflow.named("flow").shutdownTimeout(SECOND).cancelGrace(SECOND.multipliedBy(2));
        flow.job("deaf", cleaning(context -> released.awaitUninterruptibly()));

        RunReport report = flow.run(options).orThrow();

        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(3));
        assertThat(report.warnings())
                .containsExactly(
                        "shutdown of deaf had not stopped when the grace period was over",
                        "shutdown of deaf did not return in time");
        time.awaitIdle(); // the thread that told of the end is about to end
        assertThat(time.threads()).extracting(Thread::getName).containsExactly("flow/deaf!shutdown");
        released.set();
    }

    @Test
    void class_bodies_choose_between_a_shutdown_that_knows_and_one_that_does_not() {
        class Simple implements JobBody<Integer> {
            @Override
            public Integer run(JobContext context) {
                return 1;
            }

            @Override
            public void shutdown() {
                log.add("simple");
            }
        }
        class Heir extends Simple {}
        var flow = Workflow.named("flow");
        flow.job("simple", new Simple());
        flow.job("heir", new Heir());

        flow.run(options).orThrow();

        assertThat(log).containsExactly("simple", "simple");
    }

    @Test
    @Spec("A-096")
    void it_sees_how_its_job_and_others_ended_and_tells_listeners() {
        var flow = Workflow.named("flow");
        var first = flow.job("first", () -> 20);
        flow.job("second", cleaning(context -> {
                    assertThat(context.outcome(flow.jobs().getLast())).contains(new JobOutcome.Succeeded("done"));
                    log.add(context.label() + " sees " + context.result(first) + " " + context.cancelled() + " "
                            + context.runId().length());
                    context.progress(0.5, "half");
                    context.log("bye");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> context.run(flow))
                            .withMessageContaining("light housekeeping");
                }))
                .label("the second");

        RunReport report = flow.run(options).orThrow();

        assertThat(report.warnings()).isEmpty();
        assertThat(log).contains("the second sees 20 false 26");
        assertThat(trail.lines()).contains("0ms second says bye");
    }

    @Test
    void bodies_without_one_cost_no_thread() {
        var threads = new ArrayList<String>();
        var flow = Workflow.named("flow");
        flow.job("callable", () -> 1);
        flow.job("lambda", context -> 2);
        flow.action("action", () -> {});
        flow.barrier("barrier");
        flow.job("class", new JobBody<Integer>() {
            @Override
            public Integer run(JobContext context) {
                return 3;
            }
        });
        flow.job("with", cleaning(context -> time.threads().forEach(thread -> threads.add(thread.getName()))));

        flow.run(RunOptions.defaults().time(time)).orThrow();

        assertThat(threads).containsExactly("flow/with!shutdown");
    }

    @Test
    @Spec("A-093")
    void every_run_has_its_own_also_when_the_same_workflow_runs_again() {
        var flow = Workflow.named("flow");
        flow.job("job", cleaning(context -> {}));

        flow.run(options).orThrow();
        flow.run(options).orThrow();

        assertThat(log).containsExactly("run job", "shut job 1", "run job", "shut job 1");
    }

    @Test
    @Spec("A-093")
    void closing_a_run_again_and_again_makes_no_further_one() {
        var flow = Workflow.named("flow");
        flow.job("job", cleaning(context -> {}));

        Run run = flow.start(options);
        run.cancel("enough");
        run.close();
        run.close();

        assertThat(log).filteredOn(line -> line.startsWith("shut")).hasSize(1);
    }

    @Test
    void an_empty_run_has_nothing_to_shut_down_and_no_thread_is_started() {
        RunReport report = Workflow.named("empty").run(RunOptions.defaults().time(TimeSource.system()));

        assertThat(report.succeeded()).isTrue();
    }
}
