package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Spec("GB-31")
class PauseTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.stopped();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);

    private static State state(Run run, Job<?> job) {
        return run.snapshot().job(job).state();
    }

    @Test
    void what_runs_goes_on_and_nothing_new_starts_until_the_end_of_the_pause() throws InterruptedException {
        var flow = Workflow.named("flow");
        var first = flow.action("first", context -> context.sleep(SECOND));
        var second = flow.action("second", context -> context.sleep(SECOND)).requires(first);

        Run run = flow.start(options);
        run.pause();
        time.advance(Duration.ofHours(1));

        assertThat(run.snapshot().state()).isEqualTo(RunState.PAUSED);
        assertThat(state(run, first)).isEqualTo(State.SUCCEEDED);
        assertThat(state(run, second)).isEqualTo(State.QUEUED);
        run.resume();
        assertThat(run.snapshot().state()).isEqualTo(RunState.RUNNING);
        assertThat(state(run, second)).isEqualTo(State.RUNNING);
        time.advance(SECOND);
        assertThat(run.await().orThrow().job(second).start()).contains(Duration.ofHours(1));
    }

    @Test
    void it_holds_for_nested_and_spontaneous_runs_too() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner").window(1);
        var one = inner.action("one", context -> context.sleep(SECOND));
        var two = inner.action("two", () -> {}).requires(one);
        outer.add(inner);
        var maker = outer.job("maker", context -> {
            var spontaneous = Workflow.named("spontaneous");
            var spark = spontaneous.action("spark", within -> within.sleep(SECOND));
            var flame = spontaneous.action("flame", () -> {}).requires(spark);
            return context.run(spontaneous).orThrow().job(flame).start().orElseThrow();
        });

        Run run = outer.start(options);
        run.pause();
        time.advance(Duration.ofHours(1));
        assertThat(run.snapshot().job(one).state()).isEqualTo(State.SUCCEEDED);
        assertThat(run.snapshot().job(two).state()).isEqualTo(State.QUEUED);
        run.resume();

        RunReport report = run.await().orThrow();
        assertThat(report.job(two).start()).contains(Duration.ofHours(1));
        assertThat(report.result(maker)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void timeouts_go_on_counting() throws InterruptedException {
        var flow = Workflow.named("flow").timeout(SECOND.multipliedBy(2));
        var first = flow.action("first", context -> context.sleep(SECOND));
        var second = flow.action("second", () -> {}).requires(first);

        Run run = flow.start(options);
        run.pause();
        time.advance(SECOND.multipliedBy(2));

        RunReport report = run.await();
        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.job(second).state()).isEqualTo(State.NOT_RUN);
    }

    @Test
    void a_retry_that_is_due_waits_for_its_end() throws InterruptedException {
        var flow = Workflow.named("flow");
        var flaky = flow.action("flaky", context -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retry(RetryPolicy.retries(1).delay(SECOND));

        Run run = flow.start(options);
        run.pause();
        time.advance(SECOND.multipliedBy(3));
        assertThat(state(run, flaky)).isEqualTo(State.QUEUED);
        run.resume();

        assertThat(run.await().orThrow().job(flaky).end()).contains(SECOND.multipliedBy(3));
    }

    @Test
    void a_run_that_is_paused_can_be_cancelled_and_can_fail() throws InterruptedException {
        var flow = Workflow.named("flow");
        var first = flow.action("first", context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no");
        });
        flow.action("second", () -> {}).requires(first);

        Run cancelled = flow.start(options);
        cancelled.pause();
        cancelled.cancel("enough");
        time.awaitIdle();
        Run failing = flow.start(options);
        failing.pause();
        time.advance(SECOND);

        assertThat(cancelled.await().state()).isEqualTo(RunState.CANCELLED);
        assertThat(failing.await().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void a_run_whose_jobs_have_all_ended_ends_although_it_is_paused() throws InterruptedException {
        var flow = Workflow.named("flow");
        flow.action("only", context -> context.sleep(SECOND));

        Run run = flow.start(options);
        run.pause();
        time.advance(SECOND);

        assertThat(run.await().succeeded()).isTrue();
    }

    @Test
    void it_does_not_keep_slots_of_a_limit_from_other_runs() throws InterruptedException {
        Limit limit = Limit.named("db", 1);
        var one = Workflow.named("one");
        var holder = one.action("holder", context -> context.sleep(SECOND)).limit(limit);
        one.action("waiter", context -> context.sleep(SECOND)).limit(limit).requires(holder);
        var two = Workflow.named("two");
        var other = two.action("other", context -> context.sleep(SECOND)).limit(limit);

        Run first = one.start(options);
        first.pause();
        Run second = two.start(options);
        time.advance(SECOND);
        assertThat(state(second, other)).isEqualTo(State.RUNNING);
        time.advance(SECOND);
        first.resume();
        time.advance(SECOND);

        assertThat(second.await().orThrow().elapsed()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(first.await().orThrow().elapsed()).isEqualTo(SECOND.multipliedBy(3));
    }

    @Test
    void a_job_that_waited_in_the_line_of_a_limit_when_the_pause_began_gets_its_turn_after_it()
            throws InterruptedException {
        Limit limit = Limit.named("db", 1);
        var one = Workflow.named("one");
        one.action("holder", context -> context.sleep(SECOND)).limit(limit);
        var waiter = one.action("waiter", () -> {}).limit(limit);

        Run run = one.start(options);
        run.pause();
        time.advance(SECOND);
        assertThat(state(run, waiter)).isEqualTo(State.QUEUED);
        run.resume();

        assertThat(run.await().orThrow().job(waiter).start()).contains(SECOND);
    }

    @Test
    void pausing_or_resuming_a_run_that_has_ended_is_without_effect() throws InterruptedException {
        Run run = Workflow.named("empty").start(options);
        run.await();
        int told = trail.events().size();

        run.pause();
        run.resume();
        time.awaitIdle();

        assertThat(run.snapshot().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(trail.events()).hasSize(told);
    }
}
