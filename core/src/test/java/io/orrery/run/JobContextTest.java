package io.orrery.run;

import static io.orrery.job.Condition.finished;
import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobOutcome;
import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobContextTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.skipping();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);

    @Test
    @Spec("GB-29")
    void the_result_of_a_required_job_is_there_null_included() {
        var flow = Workflow.named("flow");
        var number = flow.job("number", () -> 20);
        var nothing = flow.action("nothing", () -> {});
        var sum = flow.job("sum", context -> {
                    assertThat(context.result(nothing)).isNull();
                    return context.result(number) + 1;
                })
                .requires(number, nothing);

        assertThat(flow.run(options).orThrow().result(sum)).isEqualTo(21);
    }

    @Test
    @Spec("GB-33")
    void a_result_that_is_not_there_is_refused_with_the_state_and_the_cause() {
        var flow = Workflow.named("flow");
        var bad = flow.job("bad", () -> {
                    throw new IllegalStateException("no");
                })
                .critical(false);
        var later = flow.job("later", () -> 1);
        var asker = flow.action("asker", context -> {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> context.result(bad))
                            .withMessage("Only a job that succeeded has a result, but \"bad\" is failed. Let \"asker\""
                                    + " require it to have succeeded, or ask for its outcome().")
                            .havingCause()
                            .withMessage("no");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> context.result(later))
                            .withMessageContaining("\"later\" has not ended")
                            .withNoCause();
                })
                .requires(bad);
        later.requires(asker);

        flow.run(options).orThrow();
    }

    @Test
    void an_outcome_is_empty_until_the_job_has_ended() {
        var flow = Workflow.named("flow");
        var seen = new ArrayList<Optional<JobOutcome>>();
        var slow = flow.job("slow", context -> {
            context.sleep(SECOND);
            return "done";
        });
        flow.action("watcher", context -> {
            seen.add(context.outcome(slow));
            context.sleep(Duration.ofSeconds(2));
            seen.add(context.outcome(slow));
        });

        flow.run(options).orThrow();

        assertThat(seen).containsExactly(Optional.empty(), Optional.of(new JobOutcome.Succeeded("done")));
    }

    @Test
    void skipped_and_failed_jobs_have_an_outcome_that_tells_so() {
        var flow = Workflow.named("flow");
        var failure = new IllegalStateException("no");
        var bad = flow.job("bad", () -> {
                    throw failure;
                })
                .critical(false);
        var skipped = flow.action("skipped", () -> {}).requires(succeeded(bad));
        var seen = new ArrayList<JobOutcome>();
        flow.action("asker", context -> {
                    seen.add(context.outcome(bad).orElseThrow());
                    seen.add(context.outcome(skipped).orElseThrow());
                })
                .requires(finished(bad, skipped));

        flow.run(options);

        assertThat(seen).containsExactly(new JobOutcome.Failed(failure), new JobOutcome.Skipped("bad failed"));
    }

    @Test
    void jobs_of_enclosing_runs_can_be_asked_for_at_any_depth() {
        var outer = Workflow.named("outer");
        var middle = Workflow.named("middle");
        var inner = Workflow.named("inner");
        var top = outer.job("top", () -> "top");
        var mid = middle.job("mid", () -> "mid");
        var leaf = inner.job("leaf", context -> context.result(top) + "/" + context.result(mid));
        middle.add(inner).requires(mid);
        outer.add(middle).requires(top);

        assertThat(outer.run(options).orThrow().result(leaf)).isEqualTo("top/mid");
    }

    @Test
    void jobs_of_nested_runs_that_have_succeeded_can_be_asked_for_at_any_depth() {
        var outer = Workflow.named("outer");
        var middle = Workflow.named("middle");
        var inner = Workflow.named("inner");
        var leaf = inner.job("leaf", () -> "leaf");
        middle.add(inner);
        var nested = outer.add(middle);
        var asker = outer.job("asker", context -> context.result(leaf) + context.outcome(leaf))
                .requires(succeeded(nested));

        assertThat(outer.run(options).orThrow().result(asker))
                .isEqualTo("leaf" + Optional.of(new JobOutcome.Succeeded("leaf")));
    }

    @Test
    void jobs_of_a_nested_run_that_is_not_over_can_not_be_asked_for() {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var leaf = inner.action("leaf", context -> context.sleep(SECOND));
        outer.add(inner);
        outer.action("asker", context -> refusesToTellOf(leaf, context::outcome));

        outer.run(options).orThrow();
    }

    @Test
    void foreign_jobs_are_refused_by_name() {
        var flow = Workflow.named("flow");
        var other = Workflow.named("other").job("foreign", () -> 1);
        flow.action("asker", context -> {
            refusesToTellOf(other, context::outcome);
            refusesToTellOf(other, context::result);
        });

        flow.run(options).orThrow();
    }

    private interface Ask<T> {
        Object of(Job<T> job);
    }

    private static <T> void refusesToTellOf(Job<T> job, Ask<T> ask) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ask.of(job))
                .withMessage("A body can ask for jobs of its own workflow, of those around it, and of nested ones that"
                        + " succeeded, but \"" + job.label()
                        + "\" is in none of them. Require the nested workflow that contains it to have succeeded.");
    }

    @Test
    void path_is_made_of_ids_and_label_is_what_is_shown() {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var seen = new ArrayList<String>();
        inner.action("same", context -> seen.add(context.path() + " " + context.label()));
        inner.action("same", context -> seen.add(context.path() + " " + context.label()))
                .label("other")
                .requires(inner.jobs().getFirst());
        outer.add(inner);

        outer.run(options).orThrow();

        assertThat(seen).containsExactly("inner/same same", "inner/same#2 other");
    }

    @Test
    void the_run_id_is_that_of_the_outermost_run() {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var id = inner.job("id", context -> context.runId());
        outer.add(inner);

        RunReport report = outer.run(options).orThrow();

        assertThat(report.result(id)).isEqualTo(report.id()).hasSize(26);
    }

    @Test
    void attempts_count_from_one() {
        var flow = Workflow.named("flow");
        var seen = new ArrayList<Integer>();
        var job = flow.job("flaky", context -> {
                    seen.add(context.attempt());
                    if (context.attempt() < 3) {
                        throw new IllegalStateException("again");
                    }
                    return context.attempt();
                })
                .retries(5);

        assertThat(flow.run(options).orThrow().result(job)).isEqualTo(3);
        assertThat(seen).containsExactly(1, 2, 3);
    }

    @Test
    void without_a_timeout_there_is_no_deadline() {
        var flow = Workflow.named("flow");
        var deadline = flow.job("deadline", context -> context.deadline());

        assertThat(flow.run(options).orThrow().result(deadline)).isEmpty();
    }

    @Test
    void the_deadline_is_the_nearest_of_the_attempt_its_run_and_those_around_it() {
        assertThat(deadlines(60, 50, 40, 30)).isEqualTo(Duration.ofSeconds(31));
        assertThat(deadlines(60, 50, 30, 40)).isEqualTo(Duration.ofSeconds(31));
        assertThat(deadlines(60, 30, 50, 40)).isEqualTo(Duration.ofSeconds(31));
        assertThat(deadlines(30, 60, 50, 40)).isEqualTo(Duration.ofSeconds(30));
    }

    /** The deadline of an inner job, since the start, if all but the outermost timeout begin at second 1. */
    private static Duration deadlines(int outerRun, int nestedJob, int innerRun, int innerJob) {
        var clock = ManualTime.skipping();
        Instant start = clock.instant();
        var outer = Workflow.named("outer").timeout(Duration.ofSeconds(outerRun));
        var inner = Workflow.named("inner").timeout(Duration.ofSeconds(innerRun));
        var deadline = inner.job("deadline", context -> context.deadline().orElseThrow())
                .timeout(Duration.ofSeconds(innerJob));
        var first = outer.action("first", context -> context.sleep(SECOND));
        outer.add(inner).requires(first).timeout(Duration.ofSeconds(nestedJob));
        RunReport report = outer.run(RunOptions.defaults().time(clock)).orThrow();
        return Duration.between(start, report.result(deadline));
    }

    @Test
    void each_attempt_has_a_deadline_of_its_own() {
        var start = time.instant();
        var flow = Workflow.named("flow");
        var seen = new ArrayList<Duration>();
        flow.action("slow", context -> {
                    seen.add(Duration.between(start, context.deadline().orElseThrow()));
                    context.sleep(Duration.ofSeconds(9));
                })
                .timeout(SECOND)
                .retries(1);

        flow.run(options);

        assertThat(seen).containsExactly(SECOND, Duration.ofSeconds(2));
    }

    @Test
    void a_timeout_beyond_all_bounds_is_no_deadline() {
        var flow = Workflow.named("flow");
        var deadline = flow.job("deadline", context -> context.deadline()).timeout(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(flow.run(options).orThrow().result(deadline)).isEmpty();
    }

    @Test
    void cancelled_tells_that_the_attempt_was_told_to_stop_after_the_interrupt_is_gone() {
        var flow = Workflow.named("flow");
        var seen = new ArrayList<Boolean>();
        flow.forever("watch", context -> {
            seen.add(context.cancelled());
            try {
                context.sleep(Duration.ofDays(1));
            } catch (InterruptedException e) {
                seen.add(context.cancelled());
                seen.add(Thread.currentThread().isInterrupted());
            }
        });
        flow.action("work", context -> context.sleep(SECOND));

        flow.run(options).orThrow();

        assertThat(seen).containsExactly(false, true, false);
    }

    @Test
    void sleep_waits_on_the_clock_of_the_run_and_not_at_all_for_zero_or_less() {
        var flow = Workflow.named("flow");
        var seen = new ArrayList<Duration>();
        flow.action("sleeper", context -> {
            context.sleep(Duration.ZERO);
            context.sleep(SECOND.negated());
            seen.add(time.elapsed());
            context.sleep(Duration.ofDays(3));
            seen.add(time.elapsed());
        });

        flow.run(options).orThrow();

        assertThat(seen).containsExactly(Duration.ZERO, Duration.ofDays(3));
    }

    @Test
    void progress_is_told_and_kept_and_clamped_to_what_it_can_be() {
        var flow = Workflow.named("flow");
        var job = flow.action("job", context -> {
            context.progress(-1, "below");
            context.progress(0.25, "");
            context.progress(1.0000001, "above");
            context.progress(Double.POSITIVE_INFINITY, "far above");
        });

        RunReport report = flow.run(options).orThrow();

        assertThat(trail.events().stream()
                        .filter(RunEvent.JobProgressed.class::isInstance)
                        .map(event -> ((RunEvent.JobProgressed) event).progress()))
                .containsExactly(
                        new Progress(0, "below"),
                        new Progress(0.25, ""),
                        new Progress(1, "above"),
                        new Progress(1, "far above"));
        assertThat(report.job(job).progress()).contains(new Progress(1, "far above"));
    }

    @Test
    void progress_that_is_no_number_is_refused() {
        var flow = Workflow.named("flow");
        flow.action(
                "job",
                context -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> context.progress(Double.NaN, "lost"))
                        .withMessage("Progress must be between 0 and 1, but is NaN."
                                + " Divide what is done by all there is to do."));

        flow.run(options).orThrow();

        assertThat(trail.lines()).noneMatch(line -> line.contains("lost"));
    }

    @Test
    void what_is_run_inside_a_job_has_to_be_a_workflow_or_a_plan() {
        var flow = Workflow.named("flow");
        flow.action(
                "job",
                context -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> context.run(new RunnableGraph<String>() {}))
                        .withMessageStartingWith(
                                "What can be run is a workflow or a plan, but this is a io.orrery.run"));

        flow.run(options).orThrow();
    }

    @Test
    @Spec("A-011")
    void a_body_that_is_run_alone_has_no_run_around_it() throws Exception {
        var foreign = Workflow.named("other").job("foreign", () -> 1);
        JobBody<List<Object>> body = context -> {
            context.log("nobody hears");
            context.progress(0.5, "nobody sees");
            context.sleep(Duration.ZERO);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.result(foreign))
                    .withMessageContaining("\"foreign\"");
            assertThatIllegalArgumentException().isThrownBy(() -> context.outcome(foreign));
            assertThatIllegalArgumentException().isThrownBy(() -> context.progress(Double.NaN, ""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.run(new RunnableGraph<String>() {}))
                    .withMessageStartingWith("What can be run is a workflow or a plan, but this is a io.orrery.run");
            return List.of(
                    context.path(),
                    context.label(),
                    context.runId(),
                    context.attempt(),
                    context.deadline(),
                    context.cancelled(),
                    Thread.currentThread());
        };

        assertThat(Run.alone(body)).containsExactly("", "", "", 1, Optional.empty(), false, Thread.currentThread());
    }

    @Test
    void a_body_that_is_run_alone_can_run_a_workflow_and_throw_what_it_wants() {
        var inner = Workflow.named("inner");
        var number = inner.job("number", () -> 7);

        assertThatExceptionOfType(java.io.IOException.class)
                .isThrownBy(() -> Run.alone(context -> {
                    throw new java.io.IOException("got " + context.run(inner).result(number));
                }))
                .withMessage("got 7");
    }
}
