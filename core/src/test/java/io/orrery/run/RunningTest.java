package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.outcome.RunFailedException;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.InvalidPlanException;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How a run begins, goes on, and what its caller gets. */
class RunningTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec({"A-053", "GB-31"})
    void run_blocks_and_start_gives_a_handle() throws InterruptedException {
        var time = ManualTime.stopped();
        var w = Workflow.named("w");
        var job = w.action("job", takes(5));

        try (var run = w.start(RunOptions.defaults().time(time))) {
            time.awaitIdle();

            assertThat(run.await(ms(0))).isEmpty();
            assertThat(run.snapshot().state()).isEqualTo(RunState.RUNNING);

            time.advance(ms(5));

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(outcome(run.snapshot(), job)).isInstanceOf(Succeeded.class);
        }
    }

    @Test
    @Spec({"A-053", "GB-26"})
    void a_patient_caller_stops_waiting_and_the_run_goes_on() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("job", takes(5));
        var patience = new ArrayList<Object>();

        var report = stage.run(w, run -> {
            try {
                patience.add(run.await(ms(3)));
                patience.add(run.await(ms(3)).isPresent());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(patience).containsExactly(java.util.Optional.empty(), true);
        assertThat(report.succeeded()).isTrue();
    }

    @Test
    @Spec({"A-054", "GB-09"})
    void all_jobs_without_requirements_start_at_once_in_order_of_declaration() throws InterruptedException {
        var w = Workflow.named("w");
        var last = w.action("last", takes(1));
        w.action("b", takes(1));
        w.action("a", takes(1));
        last.requires(w.action("c", takes(1)));

        stage.run(w);

        assertThat(stage.trail("begins"))
                .containsExactly("0 run begins", "0 b begins", "0 a begins", "0 c begins", "1 last begins");
    }

    @Test
    @Spec({"A-054", "A-058", "GB-14"})
    void a_plan_that_cannot_be_run_is_refused_before_anything_starts() {
        var w = Workflow.named("w");
        var a = w.action("a", () -> stage.note("a ran"));
        var b = w.action("b", () -> {}).requires(a);
        w.action("free", () -> stage.note("free ran"));
        a.requires(b);

        assertThatThrownBy(() -> w.run(stage.options()))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("a")
                .hasMessageContaining("b");
        assertThat(stage.trail()).isEmpty();
    }

    @Test
    @Spec("A-055")
    void successors_start_when_the_last_of_what_they_require_has_ended() throws InterruptedException {
        var w = Workflow.named("w");
        var quick = w.action("quick", takes(1));
        var slow = w.action("slow", takes(3));
        w.action("join", takes(1)).requires(quick, slow);

        stage.run(w);

        assertThat(stage.trail("join")).containsExactly("3 join begins", "4 join succeeded");
    }

    @Test
    @Spec({"A-057", "GB-32"})
    void a_failure_in_a_job_is_told_by_the_report_and_thrown_on_demand_as_the_very_object()
            throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.action("flop", fails(1, boom));

        RunReport report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome(report, flop)).isEqualTo(new Failed(boom));
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(RunFailedException.class)
                .cause()
                .isSameAs(boom);
    }

    @Test
    @Spec({"A-057", "A-065"})
    void only_non_critical_failures_are_a_success() throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.action("flop", fails(1, boom)).critical(false);
        var next = w.action("next", takes(1)).requires(flop);

        var report = stage.run(w);

        assertThat(report.orThrow()).isSameAs(report);
        assertThat(outcome(report, flop)).isEqualTo(new Failed(boom));
        assertThat(outcome(report, next)).isInstanceOf(Succeeded.class);
    }

    @Test
    @Spec({"A-057", "A-070", "A-071"})
    void a_run_out_of_time_is_told_by_its_state_and_reason_and_thrown_as_a_timeout() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(2));
        w.action("slow", takes(3));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.why()).isEqualTo("timed out after 2ms");
        assertThatThrownBy(report::orThrow).hasCauseInstanceOf(TimeoutException.class);
    }

    @Test
    @Spec({"A-059", "GB-10"})
    void of_several_failures_the_first_is_the_cause_and_the_others_are_suppressed() throws InterruptedException {
        var w = Workflow.named("w");
        var early = new Exception("early");
        var other = new Exception("other");
        w.action("early", fails(1, early)).critical(false);
        w.action("one", fails(2, boom));
        w.action("two", fails(2, other));

        var report = stage.run(w);

        assertThat(report.failures()).extracting(job -> job.id()).containsExactly("one", "two", "early");
        assertThatExceptionOfType(RunFailedException.class)
                .isThrownBy(report::orThrow)
                .satisfies(thrown -> {
                    assertThat(thrown).cause().isSameAs(boom);
                    assertThat(thrown.getSuppressed()).containsExactlyInAnyOrder(early, other);
                });
    }

    @Test
    @Spec({"A-060", "GB-03"})
    void a_workflow_runs_again_as_if_for_the_first_time() throws InterruptedException {
        var w = Workflow.named("w");
        var first = w.job("first", stage.tidy(takes(1)));
        w.action("second", takes(1)).requires(first);

        stage.run(w);
        List<String> once = stage.trail();
        var again = stage.run(w);

        assertThat(again.succeeded()).isTrue();
        assertThat(stage.trail()).hasSize(2 * once.size());
        assertThat(stage.trail("shutdown")).containsExactly("2 shutdown of first", "4 shutdown of first");
    }

    @Test
    @Spec({"A-060", "GB-03"})
    void one_plan_is_run_by_several_runs_at_once_each_with_its_own_results() throws InterruptedException {
        var numbers = new AtomicInteger();
        var w = Workflow.named("w");
        var number = w.job("number", ctx -> {
            ctx.sleep(ms(3));
            return numbers.incrementAndGet();
        });
        var same = w.job("same", number, n -> n);
        var runs = new ArrayList<Run>();

        stage.play(() -> {
            runs.add(Run.start(w.plan(), stage.options()));
            runs.add(Run.start(w.plan(), stage.options()));
        });

        assertThat(stage.time.elapsed()).isEqualTo(ms(3));
        for (Run run : runs) {
            assertThat(run.await().result(same)).isEqualTo(run.await().result(number));
        }
        assertThat(runs.get(0).await().result(same))
                .isNotEqualTo(runs.get(1).await().result(same));
        assertThat(runs.get(0).id()).isNotEqualTo(runs.get(1).id()).hasSize(26);
    }

    @Test
    @Spec({"A-061", "GB-28"})
    void edits_during_a_run_leave_it_alone_and_hold_for_the_next_one() throws InterruptedException {
        var w = Workflow.named("w");
        var first = w.action("first", takes(5));
        var second = w.action("second", takes(1)).requires(first);

        var report = stage.run(
                w,
                run -> stage.at(2, () -> {
                    second.dropRequirement(first);
                    w.action("third", takes(1));
                    w.remove(second);
                }));

        assertThat(report.plan().size()).isEqualTo(2);
        assertThat(stage.trail("second")).containsExactly("5 second begins", "6 second succeeded");
        assertThat(stage.run(w).plan().jobs()).extracting(job -> job.id()).containsExactly("first", "third");
    }

    @Test
    @Spec({"A-062", "GB-08"})
    void a_job_in_line_whose_requirements_end_one_after_the_other_starts_once() throws InterruptedException {
        var w = Workflow.named("w").window(2);
        var flop = w.action("flop", fails(3, boom)).critical(false);
        var done = w.action("done", takes(3));
        var long1 = w.action("long1", takes(5));
        w.action("long2", takes(5));
        w.action("target", takes(1)).requires(flop, done);
        w.action("other", takes(1)).requires(flop, done, long1);

        assertThat(stage.run(w).succeeded()).isTrue();
        assertThat(stage.trail("target")).containsExactly("3 target queued", "8 target begins", "9 target succeeded");
        assertThat(stage.trail("other")).containsExactly("8 other begins", "9 other succeeded");
    }

    @Test
    @Spec({"A-063", "GB-15"})
    void a_job_that_cancels_itself_has_failed_and_its_successors_start() throws InterruptedException {
        var w = Workflow.named("w");
        var own = w.action("own", ctx -> {
                    throw new CancellationException("by myself");
                })
                .critical(false);
        var interrupted = w.action("interrupted", ctx -> {
                    Thread.currentThread().interrupt();
                    ctx.sleep(ms(1));
                })
                .critical(false);
        var next = w.action("next", takes(1)).requires(own, interrupted);

        var report = stage.run(w);

        assertThat(outcome(report, own)).isInstanceOf(Failed.class);
        assertThat(outcome(report, interrupted))
                .isInstanceOfSatisfying(
                        Failed.class, one -> assertThat(one.cause()).isInstanceOf(InterruptedException.class));
        assertThat(outcome(report, next)).isInstanceOf(Succeeded.class);
    }

    @Test
    @Spec({"A-064", "GB-34"})
    void an_error_that_breaks_the_machine_ends_the_run_in_order_and_is_then_rethrown() throws InterruptedException {
        var fatal = new OutOfMemoryError("for a test");
        var w = Workflow.named("w");
        w.job("fatal", stage.tidy(fails(2, fatal))).critical(false);
        w.job("other", stage.tidy(takes(9)));
        var thrown = new AtomicReference<Throwable>();

        stage.play(() -> {
            try {
                w.run(stage.options());
            } catch (Throwable e) {
                thrown.set(e);
            }
        });

        assertThat(thrown.get()).isSameAs(fatal);
        assertThat(stage.trail("2 "))
                .contains("2 fatal failed", "2 other cancelled", "2 shutdown of fatal", "2 shutdown of other")
                .endsWith("2 run failed");
    }

    @Test
    @Spec("A-064")
    void any_other_throwable_is_a_failure_like_others() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("assert", fails(1, new AssertionError("no"))).critical(false);
        w.action("overflow", fails(1, new StackOverflowError())).critical(false);

        assertThat(stage.run(w).succeeded()).isTrue();
    }

    @Test
    @Spec({"A-064", "GB-34"})
    void a_caller_that_is_interrupted_has_the_run_cancelled_in_order_and_stays_interrupted()
            throws InterruptedException {
        var w = Workflow.named("w");
        w.job("job", stage.tidy(takes(9)));
        var report = new AtomicReference<RunReport>();
        var interrupted = new AtomicReference<Boolean>();

        stage.play(() -> {
            var caller = Thread.currentThread();
            stage.at(4, () -> stage.time.interrupt(caller));
            report.set(w.run(stage.options()));
            interrupted.set(Thread.interrupted());
        });

        assertThat(report.get().state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.get().why()).isEqualTo("cancelled: the calling thread was interrupted");
        assertThat(interrupted.get()).isTrue();
        assertThat(stage.trail("shutdown")).containsExactly("4 shutdown of job");
    }
}
