package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@Spec("GB-31")
class CancelTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.stopped();
    private final RunOptions options = RunOptions.defaults().time(time);

    private static Workflow slow() {
        var flow = Workflow.named("flow");
        flow.action("slow", context -> context.sleep(HOUR));
        return flow;
    }

    @Test
    @Spec("GB-06")
    void the_reason_is_in_the_verdict_and_in_every_job_that_did_not_end_by_itself() throws InterruptedException {
        var flow = slow();
        var failure = new IllegalStateException("again");
        flow.action("done", () -> {});
        flow.action("retrying", () -> {
                    throw failure;
                })
                .retry(RetryPolicy.retries(1).delay(HOUR));
        flow.forever("forever", context -> context.sleep(HOUR));
        flow.action("next", () -> {}).requires(flow.jobs().getFirst());

        Run run = flow.start(options);
        time.advance(SECOND);
        run.cancel("the user said so");
        RunReport report = run.await();

        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.why()).isEqualTo("cancelled: the user said so");
        assertThat(report.elapsed()).isEqualTo(SECOND);
        assertThat(report.jobs().stream().map(job -> job.outcome().orElseThrow()))
                .containsExactly(
                        new JobOutcome.Cancelled("the user said so", null, null),
                        new JobOutcome.Succeeded(null),
                        new JobOutcome.Cancelled("the user said so", failure, null),
                        new JobOutcome.Cancelled("the user said so", null, null),
                        new JobOutcome.NotRun("the user said so"));
    }

    @Test
    @Spec({"A-087", "GB-05"})
    void all_that_is_nested_ends_before_the_run_does() throws InterruptedException {
        var order = new ArrayList<String>();
        var inner = Workflow.named("inner");
        inner.action("deep", context -> {
            try {
                context.sleep(HOUR);
            } finally {
                order.add("deep ended");
            }
        });
        var outer = Workflow.named("outer");
        var nested = outer.add(inner);

        Run run = outer.start(options);
        run.cancel("enough");
        RunReport report = run.await();
        order.add("run ended");

        assertThat(order).containsExactly("deep ended", "run ended");
        assertThat(report.job(nested).nested().map(RunReport::why)).contains("cancelled: enough");
        time.awaitIdle();
        assertThat(time.threads()).isEmpty();
    }

    @Test
    void the_first_reason_counts_when_it_is_cancelled_twice() throws InterruptedException {
        Run run = slow().start(options);

        run.cancel("first");
        run.cancel("second");

        assertThat(run.await().why()).isEqualTo("cancelled: first");
    }

    @Test
    void it_is_without_effect_after_the_end() throws InterruptedException {
        var flow = Workflow.named("flow");
        flow.action("quick", () -> {});
        Run run = flow.start(options);
        RunReport report = run.await();

        run.cancel("too late");
        run.close();

        assertThat(run.await()).isSameAs(report);
        assertThat(run.snapshot()).isSameAs(report);
        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void a_run_that_is_cancelled_before_its_start_took_effect_starts_nothing() throws InterruptedException {
        var started = new ArrayList<String>();
        var flow = Workflow.named("flow");
        flow.action("job", () -> started.add("job"));
        var trail = new EventTrail();
        var starter = Workflow.named("starter");
        var made = new AtomicReference<Run>();
        starter.action("starter", () -> {
            Run run = flow.start(options.listener(trail)); // manual time stands while this body does
            run.cancel("changed my mind");
            made.set(run);
        });

        starter.start(options).await();

        assertThat(made.get().await().why()).isEqualTo("cancelled: changed my mind");
        assertThat(started).isEmpty();
        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms run run stopping: cancelled, cancelled: changed my mind",
                        "0ms job not run: changed my mind after 0",
                        "0ms run run finished: cancelled");
    }

    @Test
    @Spec({"A-064", "GB-34"})
    void a_caller_who_is_interrupted_in_run_gets_a_report_of_the_cancelled_run_and_stays_interrupted()
            throws InterruptedException {
        var started = new CountDownLatch(1);
        var flow = Workflow.named("flow");
        flow.action("job", () -> {
            started.countDown();
            new CountDownLatch(1).await();
        });
        var report = new AtomicReference<RunReport>();
        var stillInterrupted = new AtomicReference<Boolean>();
        Thread caller = Thread.ofPlatform().start(() -> {
            report.set(flow.run());
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });

        started.await();
        caller.interrupt();
        caller.join();

        assertThat(report.get().state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.get().why()).isEqualTo("cancelled: the calling thread was interrupted");
        assertThat(stillInterrupted.get()).isTrue();
    }

    @Test
    void a_caller_who_was_interrupted_before_runs_nothing_to_its_end() {
        Thread.currentThread().interrupt();

        RunReport report = slow().run(options);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void an_interrupt_ends_await_but_not_the_run() throws InterruptedException {
        Run run = slow().start(options);

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(run::await);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> run.await(HOUR));

        assertThat(run.snapshot().state()).isEqualTo(RunState.RUNNING);
        time.advance(HOUR);
        assertThat(run.await().succeeded()).isTrue();
    }

    @Test
    void waiting_uninterruptibly_keeps_the_interrupt_for_later() throws InterruptedException {
        Run run = slow().start(options);
        time.advance(HOUR);

        Thread.currentThread().interrupt();

        assertThat(run.awaitUninterruptibly().succeeded()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_resource_of_a_try_statement_is_cancelled_and_waited_for() throws InterruptedException {
        var order = new ArrayList<String>();
        var flow = Workflow.named("flow");
        flow.action("slow", context -> {
            try {
                context.sleep(HOUR);
            } finally {
                order.add("job ended");
            }
        });
        Run started;
        try (Run run = flow.start(options)) {
            started = run;
            order.add("leaving");
        }
        order.add("left");

        assertThat(order).containsExactly("leaving", "job ended", "left");
        assertThat(started.await().why()).isEqualTo("cancelled: closed");
    }

    @Test
    void patience_ends_the_wait_and_not_the_run() {
        var skipping = ManualTime.skipping();
        var waits = new ArrayList<Optional<RunState>>();
        var waiter = Workflow.named("waiter");
        waiter.action("waiter", () -> {
            Run run = slow().start(options.time(skipping));
            waits.add(run.await(Duration.ZERO).map(RunReport::state));
            waits.add(run.await(HOUR.dividedBy(2)).map(RunReport::state));
            waits.add(run.await(HOUR).map(RunReport::state));
        });

        waiter.run(options.time(skipping)).orThrow();

        assertThat(waits).containsExactly(Optional.empty(), Optional.empty(), Optional.of(RunState.SUCCEEDED));
    }

    @Test
    void an_empty_run_is_over_at_once() throws InterruptedException {
        Run run = Workflow.named("empty").start(options);

        run.cancel("too late");

        assertThat(run.await().succeeded()).isTrue();
        assertThat(run.plan().name()).isEqualTo("empty");
    }
}
