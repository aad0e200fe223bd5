package io.orrery.workflow;

import static io.orrery.workflow.Runs.boom;
import static io.orrery.workflow.Runs.run;
import static io.orrery.workflow.Runs.seconds;
import static io.orrery.workflow.Runs.sleep;
import static io.orrery.workflow.Runs.states;
import static io.orrery.workflow.Runs.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.job.State;
import io.orrery.outcome.RunFailedException;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java forms of asynciojobs' {@code test_nesting.py}; each test is named in its comment. */
class UpstreamNestingTest {

    private final Workflow main = Workflow.named("main");

    /** A diamond that takes twice {@code seconds}. */
    private static Workflow diamond(String name, double seconds) {
        Workflow diamond = Workflow.named(name);
        Job<Void> top = diamond.action("top", sleep(seconds / 2));
        Job<Void> left = diamond.action("left", sleep(seconds)).requires(top);
        Job<Void> right = diamond.action("right", sleep(seconds)).requires(top);
        diamond.action("bottom", sleep(seconds / 2)).requires(left, right);
        return diamond;
    }

    /** test_nesting1: a workflow run by a body, as it were by hand. */
    @Test
    @Spec("A-082")
    void a_workflow_run_inside_a_body_takes_its_place_in_a_sequence() {
        Workflow sub = Workflow.named("sub");
        sub.action("short", sleep(0.5));
        sub.action("long", sleep(1));
        Job<Boolean> wrapped = main.job("wrapped", ctx -> ctx.run(sub).succeeded());
        main.sequence(main.action("begin", sleep(0.5)), wrapped, main.action("end", sleep(0.5)));

        RunReport report = run(main);

        assertThat(report.result(wrapped)).isTrue();
        assertThat(times(report)).containsExactly("wrapped 500ms-1.5s", "begin 0ms-500ms", "end 1.5s-2s");
        assertThat(main.allJobs()).as("what a body runs is not declared").hasSize(3);
        assertThat(report.job(wrapped).spontaneousRuns()).hasSize(1);
    }

    /** test_nesting2: two of them in parallel. */
    @Test
    @Spec("A-082")
    void two_workflows_run_inside_bodies_in_parallel() {
        Job<Void> first = main.action("first", sleep(0.5));
        Job<RunReport> two = main.job("two", ctx -> ctx.run(diamond("SUB2", 0.25)));
        Job<RunReport> three = main.job("three", ctx -> ctx.run(diamond("SUB3", 0.5)));
        main.action("last", sleep(0.5)).requires(two.requires(first), three.requires(first));

        RunReport report = run(main);

        assertThat(report.succeeded()).isTrue();
        assertThat(times(report))
                .containsExactly("first 0ms-500ms", "two 500ms-1s", "three 500ms-1.5s", "last 1.5s-2s");
    }

    /** test_nesting3: the same with nested workflows. */
    @Test
    @Spec({"A-002", "A-026", "A-082"})
    void who_requires_a_nested_workflow_waits_for_all_of_it() {
        Job<Void> first = main.action("first", sleep(0.5));
        Job<RunReport> two = main.add(diamond("SUB2", 0.25)).requires(first);
        Job<RunReport> three = main.add(diamond("SUB3", 0.5)).requires(first).label("subsched3");
        main.action("last", sleep(0.5)).requires(two, three);
        assertThat(main.problems()).isEmpty();

        RunReport report = run(main);

        assertThat(report.succeeded()).isTrue();
        assertThat(times(report))
                .containsExactly("first 0ms-500ms", "SUB2 500ms-1s", "subsched3 500ms-1.5s", "last 1.5s-2s");
        assertThat(report.result(three).jobs()).extracting(job -> job.state()).containsOnly(State.SUCCEEDED);
        assertThat(report.list().lines()).as("4 jobs, 2 ends, 8 jobs inside").hasSize(14);
    }

    /** test_nesting_sequence: where upstream's nested scheduler is forever, its successor waits for it all the same. */
    @Test
    @Spec({"A-026", "A-080", "GB-12"})
    void a_nested_workflow_in_a_sequence_is_waited_for() {
        Workflow sub = Workflow.named("sub");
        sub.sequence(sub.action("one", sleep(0.2)), sub.action("two", sleep(0.2)), sub.action("three", sleep(0.2)));
        Job<RunReport> handle = main.add(sub).critical(true).label("a label\nof two lines");
        Job<Void> end = main.action("END", sleep(0.2));
        main.sequence(main.action("BEGIN", sleep(0.2)), handle, end);

        RunReport report = run(main);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(seconds(1));
        handle.forever(true);
        assertThat(main.problems())
                .as("a finite job that requires a forever one is refused here")
                .containsExactly(new io.orrery.plan.PlanProblem.RequiresForever("END", "sub"));
    }

    /** test_critical_exc: the job's criticality and that of the whole. */
    @ParameterizedTest
    @CsvSource({"false, SUCCEEDED", "true, FAILED"})
    @Spec({"A-057", "A-083"})
    void a_critical_failure_fails_the_run_and_its_exception_can_be_had(boolean critical, RunState expected) {
        main.action("boom", boom(0.1)).critical(critical);

        RunReport report = run(main);

        assertThat(report.state()).isEqualTo(expected);
        if (critical) {
            assertThatThrownBy(report::orThrow)
                    .isInstanceOf(RunFailedException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("boom");
        } else {
            assertThat(report.orThrow()).isSameAs(report);
        }
    }

    /** test_critical_exc2: job, inner handle; upstream's third level, the outer one, is how the caller asks. */
    @ParameterizedTest
    @CsvSource({
        "false, false, SUCCEEDED, SUCCEEDED, SUCCEEDED",
        "false, true,  SUCCEEDED, SUCCEEDED, SUCCEEDED",
        "true,  false, FAILED,    SUCCEEDED, SUCCEEDED",
        "true,  true,  FAILED,    NOT_RUN,   FAILED",
    })
    @Spec({"A-005", "A-083", "GB-32"})
    void failures_bubble_up_through_critical_levels_only(
            boolean job, boolean inner, State handleState, State afterState, RunState runState) {
        Workflow sub = Workflow.named("sub");
        sub.action("boom", boom(0.1)).critical(job);
        Job<RunReport> handle = main.add(sub).critical(inner);
        Job<Void> after = main.barrier("after").requires(handle);

        RunReport report = run(main);

        assertThat(states(report, handle, after)).containsExactly(handleState, afterState);
        assertThat(report.state()).isEqualTo(runState);
        if (runState == RunState.FAILED) {
            assertThatThrownBy(report::orThrow).rootCause().hasMessage("boom");
        }
    }

    /** test_sanitize: what upstream cleans up afterwards is refused at the call here, flat and nested. */
    @Test
    @Spec({"A-027", "A-048", "GB-02", "GB-42"})
    void requirements_on_jobs_outside_can_not_come_to_be() {
        Job<Void> outside = Workflow.named("elsewhere").barrier("outside");
        Workflow sub = Workflow.named("sub");
        Job<Void> inner = sub.barrier("inner");
        Job<Void> own = main.barrier("own");
        Job<RunReport> handle = main.add(sub);

        for (Requirement foreign : new Requirement[] {outside, inner}) {
            assertThatThrownBy(() -> own.requires(foreign)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> handle.requires(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> inner.requires(own)).isInstanceOf(IllegalArgumentException.class);
        own.requires(handle);

        assertThat(main.keepOnly(own, handle)).isEmpty();
        assertThat(main.remove(handle)).containsExactly(new Dropped(own, handle));
        assertThat(own.requirements()).isEmpty();
        assertThat(outside.requirements()).isEmpty();
    }
}
