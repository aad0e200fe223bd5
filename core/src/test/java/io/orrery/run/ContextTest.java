package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import io.orrery.job.ContextAction;
import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a body may know and do. */
@Spec("GB-29")
class ContextTest {
    private final Stage stage = new Stage();
    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_body_knows_who_and_where_it_is() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", ctx -> seen.add(List.of(ctx.path(), ctx.label(), ctx.runId(), ctx.attempt())))
                .label("the x");
        outer.add(inner);

        var report = stage.run(outer);

        assertThat(seen)
                .containsExactly(
                        List.of("inner/x", "the x", report.summary().identity().runId(), 1));
    }

    @Test
    void a_body_gets_results_and_outcomes_of_its_run_and_those_around_it() throws InterruptedException {
        var outer = Workflow.named("outer");
        var number = outer.job("number", () -> 7);
        var flop = outer.action("flop", fails(1, new Exception("boom"))).critical(false);
        var inner = Workflow.named("inner");
        var twice = inner.job("twice", ctx -> 2 * ctx.result(number));
        inner.action("see", ctx -> {
                    seen.add(ctx.result(twice));
                    seen.add(ctx.outcome(flop).orElseThrow() instanceof Failed);
                })
                .requires(twice);
        var slow = outer.action("slow", takes(9));
        outer.add(inner).requires(flop, number);
        outer.action("early", ctx -> seen.add(ctx.outcome(slow))).requires(number);

        assertThat(stage.run(outer).succeeded()).isTrue();
        assertThat(seen).containsExactlyInAnyOrder(14, true, Optional.empty());
    }

    @Test
    void asking_for_a_result_that_is_not_there_names_the_state_and_the_cause() throws InterruptedException {
        var w = Workflow.named("w");
        var boom = new Exception("boom");
        var flop = w.job("flop", ctx -> {
                    throw boom;
                })
                .critical(false);
        var slow = w.job("slow", ctx -> {
            ctx.sleep(ms(9));
            return 1;
        });
        var stranger = Workflow.named("other").job("stranger", () -> 1);
        w.action("asks", ctx -> {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> ctx.result(flop))
                            .withMessageContaining("\"flop\" is failed")
                            .withCause(boom);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> ctx.result(slow))
                            .withMessageContaining("\"slow\" has not ended");
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> ctx.outcome(stranger))
                            .withMessageContaining("stranger");
                })
                .requires(flop);

        stage.run(w).orThrow();
    }

    @Test
    @Spec({"A-018", "GB-29"})
    void results_flow_along_typed_inputs_null_included() throws InterruptedException {
        var w = Workflow.named("w");
        Job<Integer> one = w.job("one", () -> 1);
        Job<Integer> two = w.job("two", () -> 2);
        Job<Integer> sum = w.job("sum", one, two, Integer::sum);
        Job<String> nothing = w.job("nothing", sum, n -> null);
        Job<Boolean> isNull = w.job("isNull", nothing, text -> text == null);

        var report = stage.run(w);

        assertThat(report.result(sum)).isEqualTo(3);
        assertThat(report.result(nothing)).isNull();
        assertThat(report.result(isNull)).isTrue();
    }

    @Test
    void the_deadline_is_the_nearest_of_all_timeouts_around() throws InterruptedException {
        Instant start = stage.time.instant();
        Map<String, Optional<Instant>> deadlines = new ConcurrentHashMap<>();
        ContextAction note = ctx -> deadlines.put(ctx.label(), ctx.deadline());
        var outer = Workflow.named("outer").timeout(ms(9));
        outer.action("a", note);
        outer.action("b", note).timeout(ms(4));
        var inner = Workflow.named("inner").timeout(ms(7));
        inner.action("x", note).timeout(ms(50));
        var c = outer.action("c", takes(3));
        outer.add(inner).timeout(ms(5)).requires(c);

        stage.run(outer);
        stage.run(Workflow.named("none").window(3)); // another run does not matter
        var free = Workflow.named("free");
        free.action("d", note);
        stage.run(free);

        assertThat(deadlines)
                .containsOnly(
                        entry("a", Optional.of(start.plusMillis(9))),
                        entry("b", Optional.of(start.plusMillis(4))),
                        entry("x", Optional.of(start.plusMillis(8))),
                        entry("d", Optional.empty()));
    }

    @Test
    @Spec({"A-068", "GB-29"})
    void a_body_learns_that_it_was_told_to_stop_by_an_interrupt_and_by_asking() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(3));
        w.action("job", ctx -> {
            seen.add(ctx.cancelled());
            try {
                ctx.sleep(ms(9));
            } finally {
                seen.add(ctx.cancelled());
            }
        });

        stage.run(w);

        assertThat(seen).containsExactly(false, true);
    }

    @Test
    void progress_is_a_part_from_nothing_to_all_and_the_last_one_is_kept() throws InterruptedException {
        var w = Workflow.named("w");
        var job = w.action("job", ctx -> {
            assertThatIllegalArgumentException().isThrownBy(() -> ctx.progress(Double.NaN, ""));
            ctx.progress(0.3, "fetching");
            ctx.progress(1.1, "fetched");
        });

        var report = stage.run(w);

        assertThat(report.job(job).progress().orElseThrow().text()).isEqualTo("fetched");
        assertThat(stage.trail("progress")).containsExactly("0 job progress 0.3", "0 job progress 1.0");
    }

    @Test
    void a_workflow_made_on_the_fly_runs_inside_its_job_and_is_reported_with_it() throws InterruptedException {
        var w = Workflow.named("w");
        var fan = w.job("fan", ctx -> {
            var inside = Workflow.named("inside");
            var parts = new ArrayList<Job<Integer>>();
            for (int i = 1; i <= 3; i++) {
                int part = i;
                parts.add(inside.job("part" + i, one -> {
                    one.sleep(ms(part));
                    return part;
                }));
            }
            RunReport report = ctx.run(inside);
            return parts.stream().mapToInt(report::result).sum();
        });

        var report = stage.run(w);

        assertThat(report.result(fan)).isEqualTo(6);
        assertThat(report.job(fan).spontaneousRuns())
                .singleElement()
                .extracting(RunReport::state)
                .isEqualTo(RunState.SUCCEEDED);
        assertThat(report.find("fan/inside/part2").orElseThrow().end()).contains(ms(2));
        assertThat(stage.trail("part3")).containsExactly("0 fan/inside/part3 begins", "3 fan/inside/part3 succeeded");
    }

    @Test
    void a_failure_in_a_workflow_made_on_the_fly_is_for_its_job_to_judge() throws InterruptedException {
        var w = Workflow.named("w");
        var calm = w.job("calm", ctx -> {
            var inside = Workflow.named("inside");
            inside.action("flop", fails(1, new Exception("boom")));
            return ctx.run(inside).state();
        });

        assertThat(stage.run(w).result(calm)).isEqualTo(RunState.FAILED);
    }

    @Test
    @Spec({"A-087", "GB-05"})
    void a_workflow_made_on_the_fly_is_stopped_with_its_job_and_waited_for_however_long_it_takes()
            throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(2)).cancelGrace(ms(1));
        var fan = w.action("fan", ctx -> {
            var inside = Workflow.named("inside").cancelGrace(ms(20));
            inside.job("slow", stage.tidy(lingers(7, one -> null)::run));
            ctx.run(inside);
        });

        var report = stage.run(w);

        assertThat(report.summary().elapsed()).isEqualTo(ms(9));
        assertThat(outcome(report, fan)).isEqualTo(new Cancelled("run timed out", null, null));
        assertThat(stage.trail("9 ", "2 "))
                .containsExactly(
                        "2 run stops: timed out after 2ms",
                        "2 run fan/inside stops: cancelled: its job was stopped",
                        "9 fan/inside/slow cancelled",
                        "9 shutdown of fan/inside/slow",
                        "9 run fan/inside cancelled",
                        "9 fan cancelled",
                        "9 run timed-out");
    }

    @Test
    void a_job_that_was_told_to_stop_runs_no_workflow_any_more() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(2));
        w.job("deaf", lingers(1, ctx -> {
            var inside = Workflow.named("inside");
            inside.action("never", () -> seen.add("never"));
            return ctx.run(inside);
        }));

        assertThat(stage.run(w).state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(seen).isEmpty();
    }

    @Test
    @Spec("A-010")
    void a_body_run_alone_has_a_context_of_its_own() throws Exception {
        var context = new AtomicReference<JobContext>();
        var stranger = Workflow.named("other").job("stranger", () -> 1);

        String value = Run.alone(ctx -> {
            context.set(ctx);
            ctx.progress(1, "done");
            ctx.log("hello");
            ctx.sleep(ms(0));
            var inside = Workflow.named("inside");
            inside.action("job", () -> {});
            return "alone " + ctx.attempt() + ctx.path() + ctx.label() + ctx.runId() + ctx.deadline() + ctx.cancelled()
                    + ctx.run(inside).state();
        });

        assertThat(value).isEqualTo("alone 1Optional.emptyfalseSUCCEEDED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> context.get().result(stranger))
                .withMessageContaining("alone");
        assertThatIllegalArgumentException().isThrownBy(() -> context.get().outcome(stranger));
        assertThat(new Succeeded(1).failure()).isEmpty();
    }
}
