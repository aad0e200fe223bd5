package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.ContextAction;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.InvalidPlanException;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows as jobs of workflows. */
class NestingTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec("A-082")
    void a_nested_workflow_is_a_job_whose_result_is_its_report() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var x = inner.job("x", () -> 42);
        var nested = outer.add(inner);
        var after = outer.job("after", nested, report -> report.result(x) + 1);

        RunReport report = stage.run(outer);

        assertThat(report.result(after)).isEqualTo(43);
        assertThat(report.result(nested).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.result(x)).isEqualTo(42);
        assertThat(stage.trail())
                .containsExactly(
                        "0 run begins",
                        "0 inner begins",
                        "0 run inner begins",
                        "0 inner/x begins",
                        "0 inner/x succeeded",
                        "0 run inner stops: all jobs have ended",
                        "0 run inner succeeded",
                        "0 inner succeeded",
                        "0 after begins",
                        "0 after succeeded",
                        "0 run stops: all jobs have ended",
                        "0 run succeeded");
    }

    /** What the failure of a job becomes, by whether the job and the nested workflow are critical. */
    @ParameterizedTest
    @CsvSource({
        "false, false, SUCCEEDED, SUCCEEDED",
        "false, true,  SUCCEEDED, SUCCEEDED",
        "true,  false, FAILED,    SUCCEEDED",
        "true,  true,  FAILED,    FAILED"
    })
    @Spec({"A-083", "A-005"})
    void a_failure_rises_as_far_as_everything_on_its_way_is_critical(
            boolean jobIsCritical, boolean nestedIsCritical, RunState inside, RunState outside)
            throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("flop", fails(1, boom)).critical(jobIsCritical);
        var nested = outer.add(inner).critical(nestedIsCritical);
        var next = outer.action("next", takes(1)).requires(nested);

        var report = stage.run(outer);

        assertThat(report.state()).isEqualTo(outside);
        assertThat(report.job(nested).nested().orElseThrow().state()).isEqualTo(inside);
        if (outside == RunState.FAILED) {
            assertThatThrownBy(report::orThrow).cause().isSameAs(boom);
            assertThat(report.summary().failure().path()).isEqualTo("inner/flop");
            assertThat(outcome(report, nested)).isEqualTo(new Failed(boom));
        } else {
            assertThat(outcome(report, next)).isInstanceOf(Succeeded.class);
        }
    }

    @Test
    @Spec("A-084")
    void the_timeout_of_a_nested_run_is_a_timeout_of_its_job() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner").timeout(ms(3));
        var x = inner.action("x", takes(9));
        var nested = outer.add(inner);

        var report = stage.run(outer);

        assertThat(outcome(report, nested)).isEqualTo(new TimedOut(ms(3), null));
        assertThat(outcome(report, x)).isEqualTo(new Cancelled("run timed out", null, null));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.why()).isEqualTo("critical job inner timed out after 3ms");
    }

    @Test
    @Spec("A-084")
    void the_timeout_of_a_nested_run_that_is_not_critical_changes_nothing_outside() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner").timeout(ms(3));
        inner.action("x", takes(9));
        outer.add(inner).critical(false);

        assertThat(stage.run(outer).succeeded()).isTrue();
    }

    @Test
    @Spec("A-085")
    void what_is_wrong_inside_is_refused_with_the_whole_before_anything_starts() {
        var outer = Workflow.named("outer");
        outer.action("first", () -> stage.note("first ran"));
        var inner = Workflow.named("inner");
        var a = inner.action("a", takes(1));
        a.requires(inner.action("b", takes(1)).requires(a));
        outer.add(inner).critical(false);

        assertThatThrownBy(() -> outer.run(stage.options()))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("inner/a");
        assertThat(stage.trail()).isEmpty();
    }

    @Test
    @Spec("A-086")
    void timeout_and_shutdown_of_a_nested_run_concern_only_its_own_jobs() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner").timeout(ms(3));
        inner.job("x", stage.tidy(takes(9)));
        outer.add(inner).critical(false);
        outer.job("y", stage.tidy(takes(5)));

        stage.run(outer);

        assertThat(stage.trail("cancelled", "shutdown"))
                .containsExactly("3 inner/x cancelled", "3 shutdown of inner/x", "5 shutdown of y");
    }

    @Test
    @Spec({"A-087", "A-088", "GB-05"})
    void a_failure_outside_stops_what_is_nested_at_any_depth_and_waits_for_it() throws InterruptedException {
        var outer = Workflow.named("outer");
        var middle = Workflow.named("middle");
        var inner = Workflow.named("inner");
        var x = inner.job("x", stage.tidy(lingersAction(2)));
        var y = inner.job("y", stage.tidy(takes(1))).requires(x);
        var nested = middle.add(inner);
        var top = outer.add(middle);
        outer.action("flop", fails(3, boom));

        var report = stage.run(outer);

        assertThat(report.summary().elapsed()).isEqualTo(ms(5));
        assertThat(outcome(report, x)).isEqualTo(new Cancelled("flop failed", null, null));
        assertThat(outcome(report, y)).isEqualTo(new NotRun("flop failed"));
        assertThat(outcome(report, nested)).isEqualTo(new Cancelled("flop failed", null, null));
        assertThat(outcome(report, top)).isEqualTo(new Cancelled("flop failed", null, null));
        assertThat(stage.trail("5 "))
                .containsSubsequence(
                        "5 middle/inner/x cancelled",
                        "5 shutdown of middle/inner/x",
                        "5 run middle/inner cancelled",
                        "5 middle/inner cancelled",
                        "5 run middle cancelled",
                        "5 middle cancelled",
                        "5 run failed")
                .contains("5 shutdown of middle/inner/y");
    }

    private static ContextAction lingersAction(long lag) {
        var body = lingers(lag, ctx -> null);
        return body::run;
    }

    @Test
    @Spec({"A-087", "GB-05"})
    void a_timeout_or_a_cancellation_outside_or_the_end_of_all_finite_jobs_leaves_no_orphan_inside()
            throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", ctx -> {
            try {
                ctx.sleep(ms(1_000_000));
            } finally {
                stage.note("x over");
            }
        });
        outer.add(inner).forever(true);
        outer.action("work", takes(4));

        stage.run(outer);
        stage.run(outer, run -> stage.at(2, () -> run.cancel("enough")));
        stage.run(outer.timeout(ms(3)));

        assertThat(stage.trail("x over", "run succeeded", "run cancelled", "run timed-out"))
                .containsExactly(
                        "4 x over", "4 run succeeded", "6 x over", "2 run cancelled", "9 x over", "3 run timed-out");
    }

    @Test
    @Spec("A-088")
    void a_nested_workflow_that_never_started_has_its_jobs_shut_down_by_the_outer_run() throws InterruptedException {
        var outer = Workflow.named("outer");
        var flop = outer.action("flop", fails(1, boom));
        var inner = Workflow.named("inner");
        inner.job("x", stage.tidy(takes(1)));
        outer.add(inner).requires(flop);

        stage.run(outer);

        assertThat(stage.trail("shutdown")).containsExactly("1 shutdown of inner/x");
    }

    @Test
    void jobs_of_a_nested_workflow_that_never_started_are_not_run_and_say_why() throws InterruptedException {
        var outer = Workflow.named("outer");
        var flop = outer.action("flop", fails(1, boom));
        var inner = Workflow.named("inner");
        var x = inner.action("x", takes(1));
        var nested = outer.add(inner).requires(flop);

        var report = stage.run(outer);

        assertThat(outcome(report, nested)).isEqualTo(new NotRun("flop failed"));
        assertThat(outcome(report, x)).isEqualTo(new NotRun("flop failed"));
        assertThat(report.job(nested).nested().orElseThrow().stats().count(State.NOT_RUN))
                .isEqualTo(1);
    }

    @Test
    @Spec({"A-089", "GB-40"})
    void events_of_nested_jobs_carry_the_whole_path() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", takes(1));
        outer.add(inner);

        stage.run(outer);

        assertThat(stage.trail("x")).containsExactly("0 inner/x begins", "1 inner/x succeeded");
    }

    @Test
    void a_nested_run_that_failed_while_it_was_told_to_stop_keeps_the_failure_as_a_note() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner").shutdownTimeout(ms(9));
        inner.job("flop", stage.tidy(fails(2, boom), takes(3)));
        var nested = outer.add(inner).critical(false);
        outer.action("other", fails(4, new Exception("other")));

        var report = stage.run(outer);

        assertThat(outcome(report, nested)).isEqualTo(new Cancelled("other failed", null, new Late.Failure(boom)));
    }

    @Test
    @Spec("GB-29")
    void a_nested_workflow_can_be_retried_and_each_attempt_is_a_run_of_its_own() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var tries = new AtomicInteger();
        inner.job("x", () -> {
            if (tries.incrementAndGet() < 3) {
                throw boom;
            }
            return "third time lucky";
        });
        var nested = outer.add(inner).retries(2);

        var report = stage.run(outer);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.records().runs(0))
                .extracting(RunReport::state)
                .containsExactly(RunState.FAILED, RunState.FAILED, RunState.SUCCEEDED);
        assertThat(report.job(nested).attempts()).isEqualTo(3);
    }
}
