package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.JobOutcome.Skipped;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

/** What becomes of jobs and runs, situation by situation. */
class OutcomeRulesTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec({"GB-06", "GB-29"})
    void a_job_that_exceeds_its_own_timeout_has_timed_out_and_fails_the_run_if_critical() throws InterruptedException {
        var w = Workflow.named("w");
        var slow = w.action("slow", takes(10)).timeout(ms(3));

        var report = stage.run(w);

        assertThat(outcome(report, slow)).isEqualTo(new TimedOut(ms(3), null));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.why()).isEqualTo("critical job slow timed out after 3ms");
        assertThat(stage.trail())
                .containsExactly(
                        "0 run begins",
                        "0 slow begins",
                        "3 slow timed-out",
                        "3 run stops: critical job slow timed out after 3ms",
                        "3 run failed");
    }

    @Test
    void a_timeout_counts_as_a_failure_for_conditions_and_a_run_goes_on_if_it_is_not_critical()
            throws InterruptedException {
        var w = Workflow.named("w");
        var slow = w.action("slow", takes(10)).timeout(ms(3)).critical(false);
        var after = w.action("after", takes(1)).requires(slow);
        var mend = w.action("mend", takes(1)).requires(Condition.failed(slow));
        var use = w.action("use", takes(1)).requires(Condition.succeeded(slow));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(outcome(report, after)).isInstanceOf(Succeeded.class);
        assertThat(outcome(report, mend)).isInstanceOf(Succeeded.class);
        assertThat(outcome(report, use)).isEqualTo(new Skipped("slow timed out"));
    }

    @Test
    @Spec({"A-067", "GB-06", "GB-32"})
    void the_timeout_of_a_run_cancels_what_runs_and_leaves_the_rest_unrun() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(5));
        var running = w.action("running", takes(10));
        var waiting = w.action("waiting", takes(1)).requires(running);

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.why()).isEqualTo("timed out after 5ms");
        assertThat(outcome(report, running)).isEqualTo(new Cancelled("run timed out", null, null));
        assertThat(outcome(report, waiting)).isEqualTo(new NotRun("run timed out"));
    }

    @Test
    @Spec({"A-066", "GB-06"})
    void a_critical_failure_cancels_what_runs_and_what_waits_to_be_retried_and_leaves_the_rest_unrun()
            throws InterruptedException {
        var w = Workflow.named("w").window(3);
        var flop = w.action("flop", fails(5, boom));
        var running = w.action("running", takes(10));
        var retrying = w.action("retrying", fails(1, new Exception("first try")))
                .retry(RetryPolicy.retries(1).delay(ms(10)));
        var busy = w.action("busy", takes(10));
        var queued = w.action("queued", takes(10));
        var waiting = w.action("waiting", takes(10)).requires(running);

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome(report, flop)).isEqualTo(new Failed(boom));
        assertThat(outcome(report, running)).isEqualTo(new Cancelled("flop failed", null, null));
        assertThat(outcome(report, busy)).isEqualTo(new Cancelled("flop failed", null, null));
        assertThat(outcome(report, retrying))
                .isInstanceOfSatisfying(
                        Cancelled.class, one -> assertThat(one.lastFailure()).hasMessage("first try"));
        assertThat(outcome(report, queued)).isEqualTo(new NotRun("flop failed"));
        assertThat(outcome(report, waiting)).isEqualTo(new NotRun("flop failed"));
    }

    @Test
    void a_job_in_line_for_its_second_attempt_when_the_run_stops_is_cancelled_and_keeps_its_failure()
            throws InterruptedException {
        var w = Workflow.named("w").window(1);
        var again = w.action("again", fails(1, boom)).retries(1);
        w.action("flop", fails(2, new Exception("flop")));

        var report = stage.run(w);

        assertThat(outcome(report, again)).isEqualTo(new Cancelled("flop failed", boom, null));
    }

    @Test
    @Spec({"A-078", "GB-06"})
    void forever_jobs_are_cancelled_when_all_finite_ones_are_done_and_the_run_has_succeeded()
            throws InterruptedException {
        var w = Workflow.named("w");
        var tick = w.forever("tick", takes(1_000_000));
        w.action("work", takes(7));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.summary().elapsed()).isEqualTo(ms(7));
        assertThat(outcome(report, tick)).isEqualTo(new Cancelled("run finished", null, null));
    }

    @Test
    @Spec("A-066")
    void a_critical_forever_job_that_fails_by_itself_fails_the_run() throws InterruptedException {
        var w = Workflow.named("w");
        var tick = w.forever("tick", fails(3, boom));
        var work = w.action("work", takes(7));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome(report, tick)).isEqualTo(new Failed(boom));
        assertThat(outcome(report, work)).isEqualTo(new Cancelled("tick failed", null, null));
    }

    @Test
    @Spec({"GB-31", "GB-06"})
    void cancelling_from_outside_cancels_what_runs_with_the_reason_given() throws InterruptedException {
        var w = Workflow.named("w");
        var running = w.action("running", takes(10));
        var waiting = w.action("waiting", takes(10)).requires(running);

        var report = stage.run(w, run -> stage.at(4, () -> run.cancel("deploy is frozen")));

        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.why()).isEqualTo("cancelled: deploy is frozen");
        assertThat(outcome(report, running)).isEqualTo(new Cancelled("deploy is frozen", null, null));
        assertThat(outcome(report, waiting)).isEqualTo(new NotRun("deploy is frozen"));
        assertThat(report.summary().elapsed()).isEqualTo(ms(4));
    }

    @Test
    @Spec({"A-068", "A-072", "GB-35"})
    void what_comes_after_cancellation_is_kept_as_a_note_and_changes_nothing() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("work", takes(1));
        var value = w.job("value", lingers(2, ctx -> "too late")).forever(true);
        var failure = w.job("failure", lingers(3, ctx -> {
                    throw boom;
                }))
                .forever(true);
        var nothing = w.job("nothing", lingers(2, ctx -> null)).forever(true);

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.why()).isEqualTo("all jobs have ended");
        assertThat(outcome(report, value)).isEqualTo(new Cancelled("run finished", null, new Late.Value("too late")));
        assertThat(outcome(report, failure)).isEqualTo(new Cancelled("run finished", null, new Late.Failure(boom)));
        assertThat(outcome(report, nothing)).isEqualTo(new Cancelled("run finished", null, null));
        assertThat(report.warnings())
                .anyMatch(warning -> warning.contains("value"))
                .anyMatch(warning -> warning.contains("failure") && warning.contains("boom"));
        assertThat(report.summary().elapsed()).isEqualTo(ms(4));
    }

    @Test
    void a_late_value_of_a_job_that_timed_out_is_a_note_too() throws InterruptedException {
        var w = Workflow.named("w");
        var slow = w.job("slow", lingers(2, ctx -> "late")).timeout(ms(3)).critical(false);

        var report = stage.run(w);

        assertThat(outcome(report, slow)).isEqualTo(new TimedOut(ms(3), new Late.Value("late")));
        assertThat(report.job(slow).end()).contains(ms(5));
    }

    @Test
    @Spec({"A-081", "GB-36"})
    void only_forever_jobs_run_until_the_timeout_or_a_cancellation() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(20));
        w.forever("first", takes(5));
        var tick = w.forever("tick", takes(1_000_000));

        var timedOut = stage.run(w);
        var cancelled = stage.run(w, run -> stage.at(9, () -> run.cancel("enough")));

        assertThat(timedOut.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(outcome(timedOut, tick)).isEqualTo(new Cancelled("run timed out", null, null));
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);
        assertThat(cancelled.summary().elapsed()).isEqualTo(ms(9));
    }

    @Test
    @Spec({"A-054", "A-057"})
    void a_workflow_without_jobs_succeeds_at_once() throws InterruptedException {
        var report = stage.run(Workflow.named("empty").timeout(ms(1)));

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(stage.trail())
                .containsExactly("0 run begins", "0 run stops: all jobs have ended", "0 run succeeded");
    }

    @Test
    @Spec({"A-055", "A-059", "GB-10"})
    void of_what_happens_at_one_instant_critical_failures_come_first_then_ends_in_order_of_declaration()
            throws InterruptedException {
        var w = Workflow.named("w");
        var done = w.action("done", takes(5));
        var harmless = w.action("harmless", fails(5, new Exception("harmless"))).critical(false);
        var first = w.action("first", fails(5, boom));
        var second = w.action("second", fails(5, new Exception("second")));
        var next = w.action("next", takes(1)).requires(done);

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(outcome(report, first)).isEqualTo(new Failed(boom));
        assertThat(outcome(report, second)).isInstanceOf(Failed.class);
        assertThat(outcome(report, done)).isInstanceOf(Succeeded.class);
        assertThat(outcome(report, harmless)).isInstanceOf(Failed.class);
        assertThat(outcome(report, next)).isEqualTo(new NotRun("first failed"));
        assertThat(stage.trail("5 "))
                .containsExactly(
                        "5 first failed",
                        "5 run stops: critical job first failed: boom",
                        "5 next not-run",
                        "5 second failed",
                        "5 done succeeded",
                        "5 harmless failed",
                        "5 run failed");
    }

    @Test
    @Spec("A-055")
    void the_last_end_and_a_critical_failure_at_one_instant_are_a_failure() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("last", takes(5));
        w.forever("tick", fails(5, boom));

        assertThat(stage.run(w).state()).isEqualTo(RunState.FAILED);
    }

    @Test
    @Spec("A-056")
    void an_end_at_the_very_moment_of_a_timeout_wins() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(5));
        var job = w.action("job", takes(5)).timeout(ms(5));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(outcome(report, job)).isInstanceOf(Succeeded.class);
    }
}
