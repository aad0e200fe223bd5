package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunFailedException;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.Plan;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Spec({"A-061", "GB-28"})
class SpontaneousRunTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.skipping();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);

    private static Workflow sleeping(String name, Duration duration) {
        var flow = Workflow.named(name);
        flow.action("nap", context -> context.sleep(duration));
        return flow;
    }

    private static Workflow failing(String name, RuntimeException failure) {
        var flow = Workflow.named(name);
        flow.action("bad", () -> {
            throw failure;
        });
        return flow;
    }

    @Test
    void how_many_jobs_there_are_can_be_decided_when_the_run_goes_on() {
        var flow = Workflow.named("flow");
        var count = flow.job("count", () -> 5);
        var sum = flow.job("sum", context -> {
                    var fan = Workflow.named("fan").window(2);
                    var parts = IntStream.range(0, context.result(count))
                            .mapToObj(i -> fan.job("part", inner -> {
                                inner.sleep(SECOND);
                                return i * i;
                            }))
                            .toList();
                    RunReport report = context.run(fan).orThrow();
                    return parts.stream().mapToInt(report::result).sum();
                })
                .requires(count);

        assertThat(flow.run(options).orThrow().result(sum)).isEqualTo(30);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void it_is_told_and_reported_inside_its_job() {
        var flow = Workflow.named("flow");
        var maker = flow.action("maker", context -> {
            context.run(sleeping("one", SECOND));
            context.run(sleeping("two", SECOND));
        });

        RunReport report = flow.run(options).orThrow();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms maker started #1",
                        "0ms maker/one run started: one",
                        "0ms maker/one/nap started #1",
                        "1s maker/one/nap succeeded after 1",
                        "1s maker/one run stopping: succeeded, all jobs have ended",
                        "1s maker/one run finished: succeeded",
                        "1s maker/two run started: two",
                        "1s maker/two/nap started #1",
                        "2s maker/two/nap succeeded after 1",
                        "2s maker/two run stopping: succeeded, all jobs have ended",
                        "2s maker/two run finished: succeeded",
                        "2s maker succeeded after 1",
                        "2s run run stopping: succeeded, all jobs have ended",
                        "2s run run finished: succeeded");
        assertThat(report.job(maker).spontaneousRuns())
                .extracting(inner -> inner.summary().identity().path())
                .containsExactly("maker/one", "maker/two");
        assertThat(report.find("maker/two/nap").flatMap(JobReport::start)).contains(SECOND);
    }

    @Test
    void a_failure_in_it_is_not_the_job_s() {
        var failure = new IllegalStateException("inside");
        var flow = Workflow.named("flow");
        var maker = flow.job(
                "maker", context -> context.run(failing("inner", failure)).state());

        RunReport report = flow.run(options);

        assertThat(report.orThrow().result(maker)).isEqualTo(RunState.FAILED);
        assertThat(report.failures()).extracting(JobReport::path).containsExactly("maker/inner/bad");
    }

    @Test
    void or_throw_makes_a_failure_in_it_the_job_s() {
        var failure = new IllegalStateException("inside");
        var flow = Workflow.named("flow");
        var maker = flow.action(
                "maker", context -> context.run(failing("inner", failure)).orThrow());

        RunReport report = flow.run(options);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.outcome(maker).flatMap(JobOutcome::failure))
                .get()
                .isInstanceOf(RunFailedException.class)
                .extracting(Throwable::getCause)
                .isEqualTo(failure);
    }

    @Test
    @Spec("GB-05")
    void it_is_cancelled_with_its_job_and_has_ended_before_the_job_goes_on() {
        var order = new ArrayList<String>();
        var inner = Workflow.named("inner");
        inner.action("work", context -> {
            try {
                context.sleep(HOUR);
            } catch (InterruptedException e) {
                order.add("inner stopped, cancelled " + context.cancelled());
                throw e;
            }
        });
        var flow = Workflow.named("flow").timeout(SECOND);
        var maker = flow.action("maker", context -> {
            try {
                context.run(inner);
            } catch (InterruptedException e) {
                order.add("maker interrupted");
                throw e;
            }
        });

        RunReport report = flow.run(options);

        assertThat(order).containsExactly("inner stopped, cancelled true", "maker interrupted");
        RunReport inside = report.job(maker).spontaneousRuns().getFirst();
        assertThat(inside.state()).isEqualTo(RunState.CANCELLED);
        assertThat(inside.why()).isEqualTo("cancelled: its job was stopped");
        assertThat(report.outcome(maker)).contains(new JobOutcome.Cancelled("run timed out", null, null));
        assertThat(time.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void the_timeout_of_its_job_stops_it() {
        var flow = Workflow.named("flow");
        var maker = flow.action("maker", context -> context.run(sleeping("inner", HOUR)))
                .timeout(SECOND)
                .critical(false);

        RunReport report = flow.run(options);

        assertThat(report.outcome(maker)).contains(new JobOutcome.TimedOut(SECOND, null));
        assertThat(report.find("maker/inner/nap").flatMap(JobReport::outcome))
                .contains(new JobOutcome.Cancelled("its job was stopped", null, null));
        assertThat(time.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void the_timeout_of_the_outer_run_is_its_deadline_too() {
        var flow = Workflow.named("flow").timeout(SECOND);
        var seen = new ArrayList<Duration>();
        flow.action("maker", context -> {
            var inner = Workflow.named("inner").timeout(HOUR);
            inner.action(
                    "asker",
                    within -> seen.add(
                            Duration.between(time.instant(), within.deadline().orElseThrow())));
            context.run(inner);
        });

        flow.run(options).orThrow();

        assertThat(seen).containsExactly(SECOND);
    }

    @Test
    @Spec("GB-11")
    void a_straggler_in_it_keeps_nobody_longer_than_its_grace_period_and_is_named() {
        Signal released = time.signal();
        var flow = Workflow.named("flow").timeout(SECOND).cancelGrace(Duration.ofSeconds(5));
        var maker = flow.action("maker", context -> {
            var inner = Workflow.named("inner").cancelGrace(Duration.ofSeconds(2));
            inner.action("stubborn", () -> released.awaitUninterruptibly());
            context.run(inner);
        });

        RunReport report = flow.run(options);

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.outcome(maker)).contains(new JobOutcome.Cancelled("run timed out", null, null));
        assertThat(report.warnings())
                .containsExactly("maker/inner/stubborn had not stopped when the grace period was over");
        released.set();
    }

    @Test
    @Spec("GB-11")
    void a_job_that_was_told_to_stop_and_swallowed_it_can_not_begin_another_run() {
        var flow = Workflow.named("flow").timeout(SECOND);
        var seen = new ArrayList<String>();
        var maker = flow.action("maker", context -> {
            swallowingSleep(context);
            try {
                context.run(sleeping("inner", HOUR));
            } catch (InterruptedException e) {
                seen.add("refused");
            }
        });

        RunReport report = flow.run(options);

        assertThat(seen).containsExactly("refused");
        assertThat(report.job(maker).spontaneousRuns()).isEmpty();
        assertThat(time.elapsed()).isEqualTo(SECOND);
    }

    private static void swallowingSleep(JobContext context) {
        try {
            context.sleep(HOUR);
        } catch (InterruptedException e) {
            // told to stop, and goes on all the same
        }
    }

    @Test
    void a_run_that_is_cancelled_before_it_was_begun_begins_and_ends_and_starts_nothing() {
        var flow = Workflow.named("flow");
        flow.action("maker", context -> {
            Thread.currentThread().interrupt();
            try {
                context.run(sleeping("inner", HOUR));
            } catch (InterruptedException e) {
                context.log("interrupted");
            }
        });

        flow.run(options).orThrow();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms maker started #1",
                        "0ms maker/inner run started: inner",
                        "0ms maker/inner run stopping: cancelled, cancelled: its job was stopped",
                        "0ms maker/inner/nap not run: its job was stopped after 0",
                        "0ms maker/inner run finished: cancelled",
                        "0ms maker says interrupted",
                        "0ms maker succeeded after 1",
                        "0ms run run stopping: succeeded, all jobs have ended",
                        "0ms run run finished: succeeded");
    }

    @Test
    void a_plan_will_do_and_can_be_run_many_times() {
        var inner = Workflow.named("inner");
        var number = inner.job("number", context -> context.path());
        Plan<RunReport> plan = inner.plan();
        var flow = Workflow.named("flow");
        var maker = flow.job(
                "maker",
                context -> List.of(
                        context.run(plan).result(number), context.run(plan).result(number)));

        assertThat(flow.run(options).orThrow().result(maker))
                .containsExactly("maker/inner/number", "maker/inner#2/number");
    }

    @Test
    void it_can_be_nested_in_another_one_and_see_the_jobs_of_all_around() {
        var flow = Workflow.named("flow");
        var top = flow.job("top", () -> "top");
        var maker = flow.job("maker", context -> {
                    var one = Workflow.named("one");
                    var mid = one.job("mid", () -> "mid");
                    var deeper = one.job("deeper", within -> {
                                var two = Workflow.named("two");
                                var leaf = two.job(
                                        "leaf",
                                        inner -> inner.result(top) + " " + inner.result(mid) + " " + inner.path());
                                return within.run(two).orThrow().result(leaf);
                            })
                            .requires(mid);
                    return context.run(one).orThrow().result(deeper);
                })
                .requires(top);

        assertThat(flow.run(options).orThrow().result(maker)).isEqualTo("top mid maker/one/deeper/two/leaf");
    }

    @Test
    void each_attempt_of_its_job_makes_its_own() {
        var flow = Workflow.named("flow");
        var maker = flow.action("maker", context -> {
                    context.run(sleeping("inner", SECOND)).orThrow();
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retries(1);

        RunReport report = flow.run(options).orThrow();

        assertThat(report.job(maker).spontaneousRuns())
                .extracting(RunReport::state)
                .containsExactly(RunState.SUCCEEDED, RunState.SUCCEEDED);
    }

    @Test
    void several_of_one_name_have_paths_of_their_own() {
        var flow = Workflow.named("flow");
        var maker = flow.action("maker", context -> {
            context.run(sleeping("fan", SECOND));
            context.run(sleeping("fan", SECOND));
        });

        RunReport report = flow.run(options).orThrow();

        assertThat(report.job(maker).spontaneousRuns())
                .extracting(run -> run.jobs().getFirst().path())
                .containsExactly("maker/fan/nap", "maker/fan#2/nap");
    }
}
