package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The last phase of a run: every body gets to clean up. */
class ShutdownTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec({"A-090", "A-091"})
    void all_jobs_are_shut_down_at_the_end_of_every_run_also_those_that_never_started() throws InterruptedException {
        var w = Workflow.named("w");
        var flop = w.job("flop", stage.tidy(fails(2, boom)));
        w.job("never", stage.tidy(takes(1))).requires(flop);

        stage.run(w);
        w.job("third", stage.tidy(takes(1)));
        stage.run(w.timeout(ms(1)));
        flop.critical(false);
        stage.run(w.timeout(ms(50)));

        assertThat(stage.trail("shutdown"))
                .containsExactlyInAnyOrder(
                        "2 shutdown of flop",
                        "2 shutdown of never",
                        "3 shutdown of flop",
                        "3 shutdown of never",
                        "3 shutdown of third",
                        "6 shutdown of flop",
                        "6 shutdown of never",
                        "6 shutdown of third");
    }

    @Test
    @Spec({"A-090", "GB-14"})
    void the_shutdown_comes_when_all_that_was_told_to_stop_has_stopped_and_before_the_run_is_over()
            throws InterruptedException {
        var w = Workflow.named("w");
        w.action("flop", fails(2, boom));
        var slow = Stage.lingers(3, ctx -> null);
        w.job("slow", stage.tidy(slow::run, takes(4)));

        stage.run(w.shutdownTimeout(ms(9)));

        assertThat(stage.trail("slow", "run "))
                .containsExactly(
                        "0 run begins",
                        "0 slow begins",
                        "2 run stops: critical job flop failed: boom",
                        "5 slow cancelled",
                        "5 shutdown of slow",
                        "9 run failed");
    }

    @Test
    @Spec("A-092")
    void a_nested_workflow_is_shut_down_once_when_it_ends() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.job("i1", stage.tidy(takes(1)));
        var o1 = outer.job("o1", stage.tidy(takes(1)));
        var nested = outer.add(inner).requires(o1);
        outer.job("o2", stage.tidy(takes(1))).requires(nested);

        stage.run(outer);

        assertThat(stage.trail("shutdown", "o2 begins"))
                .containsSubsequence("2 shutdown of inner/i1", "2 o2 begins", "3 shutdown of o1")
                .contains("3 shutdown of o2")
                .hasSize(4);
    }

    @Test
    @Spec("A-093")
    void every_run_shuts_down_once_also_when_it_is_closed_again_and_again() throws InterruptedException {
        var w = Workflow.named("w");
        w.job("job", stage.tidy(takes(1)));

        stage.play(() -> {
            var run = w.start(stage.options());
            run.cancel("enough");
            run.close();
            run.close();
        });

        assertThat(stage.trail("shutdown")).containsExactly("0 shutdown of job");
    }

    @Test
    @Spec({"A-094", "A-095", "GB-16"})
    void the_shutdown_has_a_deadline_of_its_own_and_who_exceeds_it_is_interrupted_and_reported()
            throws InterruptedException {
        var w = Workflow.named("w").shutdownTimeout(ms(5)).cancelGrace(ms(2));
        w.job("quick", stage.tidy(takes(1), takes(4)));
        w.job("slow", stage.tidy(takes(1), takes(9)));
        w.job("stuck", stage.tidy(takes(1), ctx -> {
            try {
                ctx.sleep(ms(9));
            } catch (InterruptedException e) {
                ctx.sleep(ms(9));
            }
        }));

        var report = stage.run(w);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(ms(1 + 5 + 2));
        assertThat(report.summary().notes().shutdown())
                .containsExactlyInAnyOrder(new ShutdownProblem("slow", null), new ShutdownProblem("stuck", null));
        assertThat(report.summary().notes().stragglers()).containsExactly("shutdown of stuck");
        assertThat(stage.trail("in time"))
                .containsExactlyInAnyOrder(
                        "6 shutdown of slow did not return in time", "6 shutdown of stuck did not return in time");
    }

    @Test
    @Spec({"A-094", "GB-16"})
    void unless_set_the_shutdown_may_take_one_second() throws InterruptedException {
        var w = Workflow.named("w");
        w.job("slow", stage.tidy(takes(1), takes(5000)));

        assertThat(stage.run(w).summary().elapsed()).isEqualTo(ms(1001));
    }

    @Test
    @Spec({"A-095", "GB-16"})
    void what_a_shutdown_throws_is_reported_and_changes_no_verdict() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.job("x", stage.tidy(takes(1), fails(1, boom)));
        var nested = outer.add(inner);

        var report = stage.run(outer);

        assertThat(report.succeeded()).isTrue();
        assertThat(outcome(report, nested)).isInstanceOf(Succeeded.class);
        assertThat(report.job(nested).nested().orElseThrow().summary().notes().shutdown())
                .containsExactly(new ShutdownProblem("inner/x", boom));
        assertThat(report.warnings()).singleElement().asString().contains("inner/x", "boom");
        assertThat(stage.trail("failed: ")).singleElement().asString().startsWith("2 shutdown of inner/x failed");
    }

    @Test
    @Spec({"A-091", "A-096", "GB-16"})
    void a_shutdown_knows_what_became_of_its_job_and_how_long_it_may_take() throws InterruptedException {
        List<String> known = Collections.synchronizedList(new ArrayList<>());
        var w = Workflow.named("w").shutdownTimeout(ms(7));
        var done = w.job("done", () -> 42);
        var body = new Knowing(known);
        var flop = w.job("flop", body).requires(done).label("the flop").retries(1);
        body.job = flop;
        body.done = done;
        w.job("never", stage.tidy(takes(1), ctx -> known.add("attempt " + ctx.attempt())))
                .requires(flop);

        var report = stage.run(w);

        assertThat(known)
                .contains(
                        "attempt 2 of the flop at flop",
                        "42",
                        "Failed",
                        report.summary().identity().runId(),
                        stage.time.instant().plusMillis(7).toString(),
                        "cancelled false",
                        "no workflows",
                        "attempt 0");
    }

    /** Fails twice; its shutdown looks at everything there is to see. */
    private static final class Knowing implements JobBody<@Nullable Void> {
        private final List<String> known;
        io.orrery.job.Job<?> job;
        io.orrery.job.Job<Integer> done;

        Knowing(List<String> known) {
            this.known = known;
        }

        @Override
        public @Nullable Void run(JobContext context) throws Exception {
            if (context.attempt() == 1) {
                context.run(Workflow.named("inside"));
            }
            throw new Exception("boom");
        }

        @Override
        public void shutdown(JobContext context) {
            known.add("attempt " + context.attempt() + " of " + context.label() + " at " + context.path());
            known.add(String.valueOf(context.result(done)));
            known.add(context.outcome(job).orElseThrow().getClass().getSimpleName());
            known.add(context.runId());
            known.add(context.deadline().orElseThrow().toString());
            known.add("cancelled " + context.cancelled());
            context.progress(1, "over");
            try {
                context.run(Workflow.named("too late"));
            } catch (IllegalStateException | InterruptedException e) {
                known.add("no workflows");
            }
        }
    }

    @Test
    @Spec("A-090")
    void without_anything_to_shut_down_a_run_ends_at_once_and_starts_no_thread() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("job", takes(1));

        stage.run(w);

        assertThat(stage.trail()).endsWith("1 job succeeded", "1 run stops: all jobs have ended", "1 run succeeded");
    }
}
