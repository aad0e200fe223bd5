package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.RetryPolicy;
import io.orrery.plan.InvalidPlanException;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

/** How many jobs run at once, and those that never end by themselves. */
class WindowAndForeverTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec({"A-073", "A-074"})
    void at_most_a_window_of_jobs_runs_at_once_first_come_first_served() throws InterruptedException {
        var w = Workflow.named("w").window(2);
        var a = w.action("a", takes(3));
        w.action("b", takes(1));
        w.action("after-a", takes(1)).requires(a);
        w.action("c", takes(5));
        w.action("d", takes(1));

        stage.run(w);

        assertThat(stage.trail("begins", "queued"))
                .containsExactly(
                        "0 run begins",
                        "0 a begins",
                        "0 b begins",
                        "0 c queued",
                        "0 d queued",
                        "1 c begins",
                        "3 d begins",
                        "3 after-a queued",
                        "4 after-a begins");
    }

    @Test
    @Spec({"A-073", "GB-39"})
    void without_a_window_any_number_runs_and_a_negative_window_is_refused() throws InterruptedException {
        var w = Workflow.named("w");
        for (int i = 0; i < 50; i++) {
            w.action("job", takes(1));
        }

        assertThat(stage.run(w).summary().elapsed()).isEqualTo(ms(1));
        assertThat(stage.run(w.window(0)).summary().elapsed()).isEqualTo(ms(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> w.window(-1))
                .withMessageContaining("-1")
                .withMessageContaining("0 for");
    }

    @Test
    @Spec("A-075")
    void a_nested_workflow_takes_one_slot_and_has_a_window_of_its_own() throws InterruptedException {
        var outer = Workflow.named("outer").window(1);
        var inner = Workflow.named("inner");
        inner.action("x", takes(2));
        inner.action("y", takes(2));
        outer.add(inner);
        var narrow = Workflow.named("narrow").window(1);
        narrow.action("x", takes(2));
        narrow.action("y", takes(2));
        outer.add(narrow);

        stage.run(outer);

        assertThat(stage.trail("x begins", "y begins"))
                .containsExactly("0 inner/x begins", "0 inner/y begins", "2 narrow/x begins", "4 narrow/y begins");
    }

    @Test
    @Spec({"A-076", "GB-13"})
    void a_forever_job_takes_no_slot_whoever_comes_first() throws InterruptedException {
        var w = Workflow.named("w").window(1);
        w.forever("tick", takes(1_000_000));
        w.forever("tock", takes(1_000_000));
        w.action("a", takes(1));
        w.action("b", takes(1));

        assertThat(stage.run(w).succeeded()).isTrue();
        assertThat(stage.trail("a ", "b ", "tick begins", "tock begins"))
                .containsExactly(
                        "0 tick begins",
                        "0 tock begins",
                        "0 a begins",
                        "0 b queued",
                        "1 a succeeded",
                        "1 b begins",
                        "2 b succeeded");
    }

    @Test
    @Spec({"A-077", "GB-04"})
    void a_slot_is_given_back_however_a_job_ends() throws InterruptedException {
        var w = Workflow.named("w").window(1).cancelGrace(ms(1));
        w.action("fails", fails(1, boom)).critical(false);
        w.action("times out", takes(9)).timeout(ms(1)).critical(false);
        w.job("is given up", lingers(9, ctx -> null)).timeout(ms(1)).critical(false);
        w.action("throws an error", fails(1, new StackOverflowError())).critical(false);
        var nested = Workflow.named("nested");
        nested.action("x", fails(1, boom));
        w.add(nested).critical(false);
        w.action("last", takes(1));

        assertThat(stage.run(w).succeeded()).isTrue();
        assertThat(stage.trail("last begins")).containsExactly("6 last begins");
    }

    @Test
    @Spec({"A-077", "GB-04", "GB-29"})
    void a_job_that_waits_to_be_retried_holds_no_slot() throws InterruptedException {
        var w = Workflow.named("w").window(1);
        w.action("flaky", ctx -> {
                    if (ctx.attempt() == 1) {
                        throw boom;
                    }
                })
                .retry(RetryPolicy.retries(1).delay(ms(5)));
        w.action("other", takes(9));

        stage.run(w);

        assertThat(stage.trail())
                .contains("0 flaky retries after 5", "0 other begins", "9 flaky begins again", "9 flaky succeeded");
    }

    @Test
    @Spec("A-078")
    void forever_jobs_start_like_others_and_are_not_waited_for() throws InterruptedException {
        var w = Workflow.named("w");
        var first = w.action("first", takes(2));
        w.forever("tick", takes(1_000_000)).requires(first);
        w.action("second", takes(2)).requires(first);

        stage.run(w);

        assertThat(stage.trail("tick", "run"))
                .containsExactly(
                        "0 run begins",
                        "2 tick begins",
                        "4 run stops: all jobs have ended",
                        "4 tick cancelled",
                        "4 run succeeded");
    }

    @Test
    @Spec("A-079")
    void a_forever_job_that_ends_early_has_succeeded_and_releases_its_successors() throws InterruptedException {
        var w = Workflow.named("w");
        var tick = w.forever("tick", takes(1));
        w.forever("tock", takes(1)).requires(tick);
        w.action("work", takes(5));

        stage.run(w);

        assertThat(stage.trail("tick", "tock"))
                .containsExactly("0 tick begins", "1 tick succeeded", "1 tock begins", "2 tock succeeded");
    }

    @Test
    @Spec("A-079")
    void a_forever_job_released_by_the_last_finite_one_never_starts() throws InterruptedException {
        var w = Workflow.named("w");
        var work = w.action("work", takes(5));
        var tick = w.forever("tick", takes(1)).requires(work);

        assertThat(outcome(stage.run(w), tick)).isEqualTo(new NotRun("run finished"));
    }

    @Test
    @Spec({"A-080", "GB-12"})
    void a_finite_job_that_requires_an_endless_one_is_refused_with_both_names() {
        var w = Workflow.named("w");
        var tick = w.forever("tick", takes(1));
        w.action("work", takes(5)).requires(tick);

        assertThatThrownBy(w::plan)
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("work")
                .hasMessageContaining("tick");
    }

    @Test
    @Spec({"A-081", "GB-36"})
    void of_only_forever_jobs_one_that_ends_does_not_end_the_run_but_the_last_does() throws InterruptedException {
        var w = Workflow.named("w");
        w.forever("one", takes(3));
        w.forever("two", takes(8));

        var report = stage.run(w);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(ms(8));
    }

    @Test
    @Spec("A-086")
    void forever_jobs_of_a_nested_workflow_end_with_it() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var tick = inner.forever("tick", takes(1_000_000));
        inner.action("work", takes(2));
        outer.add(inner);
        outer.action("long", takes(9));

        var report = stage.run(outer);

        assertThat(outcome(report, tick)).isEqualTo(new Cancelled("run finished", null, null));
        assertThat(report.job(tick).end()).contains(ms(2));
    }
}
