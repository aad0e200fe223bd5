package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.RetryPolicy;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

/** Attempts after the first one. */
@Spec("GB-29")
class RetryTest {
    private final Stage stage = new Stage();

    @Test
    void a_failed_job_is_tried_again_and_its_last_value_counts() throws InterruptedException {
        var w = Workflow.named("w");
        var flaky = w.job("flaky", ctx -> {
                    if (ctx.attempt() < 3) {
                        throw new Exception("attempt " + ctx.attempt());
                    }
                    return "at last";
                })
                .retries(2);

        var report = stage.run(w);

        assertThat(report.result(flaky)).isEqualTo("at last");
        assertThat(report.job(flaky).attempts()).isEqualTo(3);
        assertThat(stage.trail("flaky"))
                .containsExactly(
                        "0 flaky begins",
                        "0 flaky retries after 0",
                        "0 flaky begins again",
                        "0 flaky retries after 0",
                        "0 flaky begins again",
                        "0 flaky succeeded");
    }

    @Test
    void when_no_retry_is_left_the_last_failure_counts() throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.action("flop", ctx -> {
                    throw new Exception("attempt " + ctx.attempt());
                })
                .retries(2);

        var report = stage.run(w);

        assertThat(outcome(report, flop))
                .isInstanceOfSatisfying(
                        Failed.class, one -> assertThat(one.cause()).hasMessage("attempt 3"));
        assertThat(report.why()).isEqualTo("critical job flop failed: attempt 3");
    }

    @Test
    void delays_grow_by_the_factor_up_to_the_cap() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("flop", fails(1, new Exception("boom")))
                .retry(RetryPolicy.retries(4).delay(ms(2)).backoff(2).maxDelay(ms(7)));

        stage.run(w);

        assertThat(stage.trail("flop begins"))
                .containsExactly(
                        "0 flop begins",
                        "3 flop begins again",
                        "8 flop begins again",
                        "16 flop begins again",
                        "24 flop begins again");
    }

    @Test
    void jitter_spreads_a_delay_over_its_fraction_and_no_further() {
        var policy = RetryPolicy.retries(9).delay(ms(100)).jitter(0.2);

        assertThat(policy.delayAfter(1, 0)).isEqualTo(ms(80));
        assertThat(policy.delayAfter(1, 0.5)).isEqualTo(ms(100));
        assertThat(policy.delayAfter(1, 0.75)).isEqualTo(ms(110));
    }

    @Test
    void an_attempt_that_times_out_is_tried_again_with_a_fresh_timeout() throws InterruptedException {
        var w = Workflow.named("w");
        var slow = w.action("slow", ctx -> ctx.sleep(ms(ctx.attempt() == 1 ? 9 : 4)))
                .timeout(ms(5))
                .retries(1);

        var report = stage.run(w);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.job(slow).end()).contains(ms(9));
    }

    @Test
    void a_job_that_was_given_up_is_not_tried_again_since_its_thread_is_still_there() throws InterruptedException {
        var w = Workflow.named("w").cancelGrace(ms(2));
        var stuck = w.job("stuck", lingers(9, ctx -> null))
                .timeout(ms(3))
                .retries(5)
                .critical(false);

        var report = stage.run(w);

        assertThat(report.job(stuck).attempts()).isEqualTo(1);
        assertThat(outcome(report, stuck)).isEqualTo(new TimedOut(ms(3), new JobOutcome.Late.Straggler()));
    }

    @Test
    void only_what_the_policy_wants_is_tried_again() throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.action("flop", fails(1, new Exception("fatal")))
                .critical(false)
                .retry(RetryPolicy.retries(5)
                        .on(ending -> ending instanceof Failed failed
                                && "transient".equals(failed.cause().getMessage())));
        var odd = w.action("odd", fails(1, new Exception("boom")))
                .critical(false)
                .retry(RetryPolicy.retries(5).on(ending -> {
                    throw new IllegalStateException("a broken policy");
                }));

        var report = stage.run(w);

        assertThat(report.job(flop).attempts()).isEqualTo(1);
        assertThat(report.job(odd).attempts()).isEqualTo(1);
        assertThat(outcome(report, odd).failure().orElseThrow().getSuppressed())
                .singleElement()
                .asString()
                .contains("a broken policy");
    }

    @Test
    void successors_wait_for_the_last_attempt() throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.action("flop", fails(1, new Exception("boom")))
                .critical(false)
                .retry(RetryPolicy.retries(1).delay(ms(3)));
        w.action("next", takes(1)).requires(flop);

        stage.run(w);

        assertThat(stage.trail("next begins")).containsExactly("5 next begins");
    }
}
