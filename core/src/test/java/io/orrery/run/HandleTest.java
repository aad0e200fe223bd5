package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What others can do with a run while it goes on. */
@Spec("GB-31")
class HandleTest {
    private final Stage stage = new Stage();

    @Test
    void a_run_that_is_cancelled_before_its_first_job_starts_runs_nothing_and_ends_in_order()
            throws InterruptedException {
        var w = Workflow.named("w");
        var job = w.job("job", stage.tidy(takes(9)));

        var report = stage.run(w, run -> run.cancel("changed my mind"));

        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(outcome(report, job)).isEqualTo(new NotRun("changed my mind"));
        assertThat(report.summary().elapsed()).isEqualTo(ms(0));
        assertThat(stage.trail()).startsWith("0 run begins").endsWith("0 run cancelled");
    }

    @Test
    void only_the_first_reason_counts_and_none_after_the_end() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("job", takes(9));

        stage.play(() -> {
            var run = w.start(stage.options());
            stage.at(2, () -> {
                run.cancel("first");
                run.cancel("second");
            });
            assertThat(run.awaitUninterruptibly().why()).isEqualTo("cancelled: first");
            run.cancel("third");
            assertThat(run.snapshot().why()).isEqualTo("cancelled: first");
        });
    }

    @Test
    void closing_a_run_cancels_it_and_waits_for_its_end() throws InterruptedException {
        var w = Workflow.named("w");
        w.job("job", stage.tidy(takes(9)));
        var report = new AtomicReference<RunReport>();

        stage.play(() -> {
            var run = w.start(stage.options());
            try (run) {
                run.snapshot();
            }
            report.set(run.snapshot());
        });

        assertThat(report.get().why()).isEqualTo("cancelled: closed");
        assertThat(stage.trail("job cancelled", "shutdown")).hasSize(2);
    }

    @Test
    void nothing_new_starts_during_a_pause_also_inside_and_all_goes_on_afterwards() throws InterruptedException {
        var outer = Workflow.named("outer");
        var a = outer.action("a", takes(3));
        outer.action("b", takes(1)).requires(a);
        var inner = Workflow.named("inner");
        var x = inner.action("x", takes(4));
        inner.action("y", takes(1)).requires(x);
        outer.add(inner);
        outer.action("made", ctx -> {
            var made = Workflow.named("fan");
            var p = made.action("p", takes(4));
            made.action("q", takes(1)).requires(p);
            ctx.run(made);
        });

        var report = stage.run(outer, run -> {
            stage.at(2, run::pause);
            stage.at(9, run::resume);
        });

        assertThat(report.succeeded()).isTrue();
        assertThat(stage.trail("paused", "resumed", "b begins", "y begins", "q begins"))
                .containsExactly(
                        "2 run paused", "9 run resumed", "9 b begins", "9 inner/y begins", "9 made/fan/q begins");
    }

    @Test
    void timeouts_go_on_during_a_pause_and_a_paused_run_can_be_cancelled() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(5));
        var a = w.action("a", takes(1));
        w.action("b", takes(1)).requires(a);

        var timedOut = stage.run(w, run -> stage.at(1, run::pause));
        var cancelled = stage.run(w, run -> {
            stage.at(1, run::pause);
            stage.at(3, () -> run.cancel("enough"));
        });

        assertThat(timedOut.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void a_second_pause_and_a_resume_without_a_pause_do_nothing() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("a", takes(9));

        stage.run(w, run -> {
            stage.at(1, run::resume);
            stage.at(2, run::pause);
            stage.at(3, run::pause);
            stage.at(4, run::resume);
            stage.at(5, run::resume);
        });

        assertThat(stage.trail("paused", "resumed")).containsExactly("2 run paused", "4 run resumed");
    }

    @Test
    @Spec({"A-046", "GB-06", "GB-30"})
    void a_snapshot_from_another_thread_shows_every_state() throws InterruptedException {
        var time = ManualTime.stopped();
        var outer = Workflow.named("outer").window(5);
        var done = outer.action("done", takes(1));
        var running = outer.action("running", ctx -> {
            ctx.progress(0.5, "half way");
            ctx.sleep(ms(9));
        });
        var inner = Workflow.named("inner");
        var x = inner.action("x", takes(9));
        var nested = outer.add(inner);
        var retrying = outer.action("retrying", fails(1, new Exception("boom")))
                .retry(RetryPolicy.retries(1).delay(ms(9)));
        var long1 = outer.action("long1", takes(9));
        outer.action("long2", takes(9));
        outer.action("long3", takes(9));
        var queued = outer.action("queued", takes(9));
        var waiting = outer.action("waiting", takes(1)).requires(running, done);
        var idle = outer.action("idle", takes(1)).requires(waiting);

        try (var run = outer.start(RunOptions.defaults().time(time))) {
            time.advance(ms(1));
            var snapshot = snapshotFromAnotherThread(run);

            assertThat(snapshot.state()).isEqualTo(RunState.RUNNING);
            assertThat(snapshot.summary().elapsed()).isEqualTo(ms(1));
            assertThat(List.of(running, nested, x, long1))
                    .extracting(job -> snapshot.job(job).state())
                    .containsOnly(State.RUNNING);
            assertThat(snapshot.job(done).state()).isEqualTo(State.SUCCEEDED);
            assertThat(snapshot.job(retrying).state()).isEqualTo(State.RETRYING);
            assertThat(snapshot.job(queued).state()).isEqualTo(State.QUEUED);
            assertThat(snapshot.job(waiting).state()).isEqualTo(State.WAITING);
            assertThat(snapshot.job(idle).state()).isEqualTo(State.IDLE);
            assertThat(snapshot.job(running).progress().orElseThrow().text()).isEqualTo("half way");
            assertThat(snapshot.outcome(running)).isEmpty();
        }
    }

    private static RunReport snapshotFromAnotherThread(Run run) throws InterruptedException {
        var snapshot = new AtomicReference<RunReport>();
        Thread.ofPlatform().start(() -> snapshot.set(run.snapshot())).join();
        return snapshot.get();
    }

    @Test
    void a_snapshot_does_not_change_any_more_and_that_of_an_ended_run_is_its_report() throws InterruptedException {
        var time = ManualTime.stopped();
        var w = Workflow.named("w");
        var job = w.action("job", takes(2));

        try (var run = w.start(RunOptions.defaults().time(time))) {
            time.awaitIdle();
            var early = run.snapshot();
            run.pause();
            assertThat(run.snapshot().state()).isEqualTo(RunState.PAUSED);
            time.advance(ms(2));

            assertThat(early.job(job).state()).isEqualTo(State.RUNNING);
            assertThat(run.snapshot()).isSameAs(run.await());
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_not_the_run() throws InterruptedException {
        var release = new CountDownLatch(1);
        var w = Workflow.named("w");
        w.action("job", release::await);
        var run = w.start();

        Thread.currentThread().interrupt();
        assertThatThrownBy(run::await).isInstanceOf(InterruptedException.class);

        release.countDown();
        assertThat(run.await().succeeded()).isTrue();
    }
}
