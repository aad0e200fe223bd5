package io.orrery.workflow;

import static io.orrery.job.Requirement.all;
import static io.orrery.workflow.Runs.boom;
import static io.orrery.workflow.Runs.run;
import static io.orrery.workflow.Runs.seconds;
import static io.orrery.workflow.Runs.sleep;
import static io.orrery.workflow.Runs.states;
import static io.orrery.workflow.Runs.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.Print;
import io.orrery.job.State;
import io.orrery.outcome.Listing;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.InvalidPlanException;
import io.orrery.plan.PlanProblem.Cycle;
import io.orrery.run.RunOptions;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java forms of asynciojobs' {@code test_basics.py}; each test is named in its comment. */
class UpstreamBasicsTest {

    private final Workflow workflow = Workflow.named("basics");

    private Job<Void> job(String label, double seconds) {
        return workflow.action(label, sleep(seconds));
    }

    private List<Integer> requirementCounts() {
        return workflow.jobs().stream().map(job -> job.requirements().size()).toList();
    }

    /** test_empty. */
    @Test
    @Spec({"A-038", "A-057"})
    void an_empty_workflow_lists_and_runs() {
        assertThat(workflow.list()).isEmpty();
        assertThat(Listing.of(RunReport.idle(workflow.plan())).details(true).text())
                .isEmpty();
        assertThat(run(workflow).state()).isEqualTo(RunState.SUCCEEDED);
    }

    /** test_cycle. */
    @Test
    @Spec("A-049")
    void three_jobs_in_a_ring_are_a_cycle() {
        Job<Void> a1 = job("a1", 1.1);
        Job<Void> a2 = job("a2", 1.2);
        Job<Void> a3 = job("a3", 1.3);
        a1.requires(a2);
        a2.requires(a3);
        a3.requires(a1);

        assertThat(workflow.problems()).containsExactly(new Cycle(List.of("a1", "a2", "a3")));
        assertThatThrownBy(() -> run(workflow)).isInstanceOf(InvalidPlanException.class);
    }

    /** Sleeps, and labels itself: a job class of upstream's. */
    private record Sleep(double seconds) implements JobBody<Double> {
        @Override
        public Double run(JobContext context) throws InterruptedException {
            context.sleep(Runs.seconds(seconds));
            return seconds;
        }

        @Override
        public String describe() {
            return "Sleep for " + seconds + "s";
        }
    }

    /** test_simple. */
    @Test
    @Spec({"A-009", "A-022"})
    void a_simple_topology_of_class_bodies_and_lambdas_works() {
        Job<Double> a1 = workflow.job("a1", new Sleep(0.1));
        Job<Double> a2 = workflow.job("a2", new Sleep(0.2));
        Job<Double> a3 = workflow.job("a3", new Sleep(0.3));
        Job<Double> a4 = workflow.job("a4", new Sleep(0.4)).requires(a1, a2, a3);
        Job<Double> a5 = workflow.job("a5", new Sleep(0.5)).requires(a4);
        Job<Void> a6 = job("a6", 0.6).requires(a4);
        job("a7", 0.7).requires(a5).requires(a6);
        assertThat(workflow.list().lines()).hasSize(7);
        assertThat(workflow.problems()).isEmpty();

        RunReport report = run(workflow);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.failures()).isEmpty();
        assertThat(report.result(a5)).isEqualTo(0.5);
        assertThat(times(report))
                .containsExactly(
                        "a1 0ms-100ms",
                        "a2 0ms-200ms",
                        "a3 0ms-300ms",
                        "a4 300ms-700ms",
                        "a5 700ms-1.2s",
                        "a6 700ms-1.3s",
                        "a7 1.3s-2s");
        assertThat(report.list().lines()).hasSize(7);
        assertThat(report.debrief()).isNotEmpty();
    }

    /** test_forever1. */
    @Test
    @Spec("A-078")
    void a_run_ends_with_its_finite_jobs_while_a_forever_job_ticks() {
        Job<Void> a1 = job("a1", 1);
        Job<Void> a2 = job("a2", 1.5).requires(a1);
        List<Integer> ticks = new ArrayList<>();
        Job<Void> t1 = workflow.forever("t1", ctx -> {
            while (true) {
                ticks.add(ticks.size());
                ctx.sleep(seconds(0.6));
            }
        });

        RunReport report = run(workflow);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(seconds(2.5));
        assertThat(ticks).hasSize(5);
        assertThat(states(report, a1, a2, t1)).containsExactly(State.SUCCEEDED, State.SUCCEEDED, State.CANCELLED);
    }

    /** test_timeout1. */
    @Test
    @Spec({"A-067", "A-069"})
    void a_timeout_ends_a_chain_in_the_middle_of_its_second_job() {
        Job<Void> a1 = job("a1", 0.5);
        Job<Void> a2 = job("a2", 0.6).requires(a1);
        Job<Void> a3 = job("a3", 0.7).requires(a2);
        workflow.timeout(seconds(1));

        RunReport report = run(workflow);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(states(report, a1, a2, a3)).containsExactly(State.SUCCEEDED, State.CANCELLED, State.NOT_RUN);
        assertThat(times(report)).containsExactly("a1 0ms-500ms", "a2 500ms-1s", "a3");
        assertThat(report.list().lines()).hasSize(3);
    }

    /** test_exc_non_critical_f and test_exc_non_critical_t: quiet, and with traces. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Spec("A-065")
    void a_non_critical_failure_changes_nothing_but_is_told(boolean traced) {
        Job<Void> a1 = job("a1", 1);
        Job<Void> a2 = workflow.action("non critical boom", boom(0.5)).critical(false);

        RunReport report = runTraced(traced);

        assertThat(report.succeeded()).isTrue();
        assertThat(states(report, a1, a2)).containsExactly(State.SUCCEEDED, State.FAILED);
        assertThat(report.debrief()).contains("non critical boom", "boom");
    }

    /** test_exc_critical_f and test_exc_critical_t: quiet, and with traces. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Spec({"A-057", "A-066"})
    void a_critical_failure_stops_the_run(boolean traced) {
        Job<Void> a1 = job("a1", 1);
        Job<Void> a2 = workflow.action("critical boom", boom(0.5));

        RunReport report = runTraced(traced);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.summary().elapsed()).isEqualTo(seconds(0.5));
        assertThat(states(report, a1, a2)).containsExactly(State.CANCELLED, State.FAILED);
        assertThat(report.debrief()).contains("critical boom");
    }

    private RunReport runTraced(boolean traced) {
        var options = RunOptions.defaults().time(ManualTime.skipping());
        List<String> trace = new ArrayList<>();
        RunReport report = workflow.run(traced ? options.listener(event -> trace.add(event.toString())) : options);
        assertThat(trace.isEmpty()).isEqualTo(!traced);
        return report;
    }

    /** test_sequence1. */
    @Test
    @Spec("A-028")
    void a_sequence_of_three() {
        workflow.sequence(job("1", 0.1), job("2", 0.1), job("3", 0.1));

        assertThat(requirementCounts()).containsExactly(0, 1, 1);
        assertThat(times(run(workflow))).containsExactly("1 0ms-100ms", "2 100ms-200ms", "3 200ms-300ms");
    }

    /** test_sequence2. */
    @Test
    @Spec("A-028")
    void a_sequence_that_requires_a_job() {
        Job<Void> a1 = job("1", 0.1);
        workflow.sequence(job("2", 0.1), job("3", 0.1)).requires(a1);

        assertThat(requirementCounts()).containsExactly(0, 1, 1);
        assertThat(times(run(workflow))).containsExactly("1 0ms-100ms", "2 100ms-200ms", "3 200ms-300ms");
    }

    /** test_sequence3. */
    @Test
    @Spec({"A-023", "A-033"})
    void a_job_that_requires_a_sequence_requires_its_last_job() {
        Sequence sequence = workflow.sequence(job("1", 0.1), job("2", 0.1));
        Job<Void> a3 = job("3", 0.1).requires(sequence);

        assertThat(requirementCounts()).containsExactly(0, 1, 1);
        assertThat(a3.requirements()).containsExactly(workflow.jobs().get(1));
        assertThat(times(run(workflow))).containsExactly("1 0ms-100ms", "2 100ms-200ms", "3 200ms-300ms");
    }

    /** test_sequence4. */
    @Test
    @Spec("A-029")
    void a_sequence_of_two_sequences() {
        workflow.sequence(
                workflow.sequence(job("1", 0.1), job("2", 0.1)), workflow.sequence(job("3", 0.1), job("4", 0.1)));

        assertThat(requirementCounts()).containsExactly(0, 1, 1, 1);
        assertThat(run(workflow).summary().elapsed()).isEqualTo(seconds(0.4));
    }

    /** test_sequence5. */
    @Test
    @Spec({"A-028", "A-031"})
    void three_sequences_that_require_each_other() {
        Sequence s1 = workflow.sequence(job("1", 0.1), job("2", 0.1));
        Sequence s2 = workflow.sequence(job("3", 0.1), job("4", 0.1)).requires(s1);
        workflow.sequence(job("5", 0.1), job("6", 0.1)).requires(s2);

        assertThat(requirementCounts()).containsExactly(0, 1, 1, 1, 1, 1);
        assertThat(run(workflow).summary().elapsed()).isEqualTo(seconds(0.6));
    }

    /** test_sequence6: in Java, the jobs of a sequence are in the workflow already. */
    @Test
    @Spec({"A-033", "A-036"})
    void the_jobs_of_a_sequence_are_jobs_of_the_workflow() {
        Sequence sequence = workflow.sequence(job("1", 0.1), job("2", 0.1), job("3", 0.1));

        assertThat(workflow.jobs()).isEqualTo(sequence.jobs());
        assertThat(run(workflow).succeeded()).isTrue();
    }

    /** test_requires_job. */
    @Test
    @Spec("A-023")
    void requirements_are_taken_in_all_shapes() {
        Job<?>[] a =
                IntStream.rangeClosed(1, 5).mapToObj(i -> job("a" + i, 0.1)).toArray(Job<?>[]::new);

        assertThat(job("b", 0.2).requires().requirements()).isEmpty();
        assertThat(job("b", 0.2).requires(List.of()).requirements()).isEmpty();
        assertThat(job("b", 0.2).requires(all(all())).requirements()).isEmpty();
        assertThat(job("b", 0.2).requires(a[0]).requirements()).hasSize(1);
        assertThat(job("b", 0.2).requires(all(a[0])).requirements()).hasSize(1);
        assertThat(job("b", 0.2).requires(List.of(a[0])).requirements()).hasSize(1);
        assertThat(job("b", 0.2).requires(a[0], a[1]).requirements()).hasSize(2);
        assertThat(job("b", 0.2).requires(List.of(a[0], a[1])).requirements()).hasSize(2);
        assertThat(job("b", 0.2)
                        .requires(a[0], all(a[1]), all(List.of(a[2], a[3])), all(all(all(all(a[4])))))
                        .requirements())
                .containsExactly(a);
    }

    /** test_requires_sequence. */
    @Test
    @Spec("A-031")
    void what_a_sequence_requires_its_first_job_requires() {
        Job<Void> a1 = job("a1", 0.1);
        Job<Void> a2 = job("a2", 0.1);
        Job<Void> b1 = job("b1", 0.1);
        Job<Void> b2 = job("b2", 0.1);

        workflow.sequence(b1, b2, job("b3", 0.1)).requires(a1, a2);

        assertThat(b1.requirements()).containsExactly(a1, a2);
        assertThat(b2.requirements()).containsExactly(b1);
    }

    /** test_timeout2. */
    @Test
    @Spec({"A-013", "A-016", "A-067"})
    void what_was_done_at_the_timeout_has_its_result() {
        Job<Double> a1 = workflow.job("a1", new Sleep(1));
        Job<Double> a2 = workflow.job("a2", new Sleep(2));
        Job<Double> a3 = workflow.job("a3", new Sleep(10));
        workflow.timeout(seconds(3));

        RunReport report = run(workflow);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(List.of(report.result(a1), report.result(a2))).containsExactly(1.0, 2.0);
        assertThat(report.job(a3).state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(() -> report.result(a3)).isInstanceOf(IllegalStateException.class);
    }

    /** test_forever2. */
    @Test
    @Spec("A-078")
    void the_finite_job_is_done_and_the_forever_one_is_not() {
        Job<Void> a1 = job("finite", 0.5);
        Job<Void> a2 = workflow.forever("forever", ctx -> {
            while (true) {
                ctx.sleep(seconds(0.1));
            }
        });

        RunReport report = run(workflow);

        assertThat(report.succeeded()).isTrue();
        assertThat(states(report, a1, a2)).containsExactly(State.SUCCEEDED, State.CANCELLED);
    }

    /** test_creation_scheduler. */
    @Test
    @Spec({"A-007", "A-030", "GB-20"})
    void what_is_appended_to_a_sequence_later_is_waited_for() {
        Sequence sequence = workflow.sequence(job("1", 1), job("2", 2));
        job("3", 3).requires(sequence);

        sequence.append(job("late", 0.5));

        assertThat(workflow.size()).isEqualTo(4);
        assertThat(workflow.problems()).isEmpty();
        assertThat(times(run(workflow))).containsExactly("1 0ms-1s", "2 1s-3s", "3 3.5s-6.5s", "late 3s-3.5s");
    }

    /** test_seq. */
    @Test
    @Spec("A-028")
    void a_sequence_alone_fills_a_workflow() {
        workflow.sequence(job("1", 0.1), job("2", 0.2));

        assertThat(run(workflow).succeeded()).isTrue();
    }

    /** test_window and test_no_window. */
    @ParameterizedTest
    @ValueSource(ints = {3, 0})
    @Spec({"A-021", "A-073", "A-074"})
    void fifteen_jobs_take_as_long_as_the_window_has_them_take(int window) {
        PrintStream sink = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        workflow.window(window);
        IntStream.range(0, 15)
                .forEach(i ->
                        workflow.job("job" + i, Print.of(i + "-th job").to(sink).pause(seconds(0.1))));

        RunReport report = run(workflow);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(seconds(window == 0 ? 0.1 : 0.5));
    }

    /** test_iterate: upstream counts the outermost scheduler as well, 13. */
    @Test
    @Spec("A-045")
    void a_diamond_with_two_diamonds_inside_has_ten_jobs_and_two_workflows() {
        Workflow left = Workflow.named("left");
        Workflow right = Workflow.named("right");
        diamond(left, left.barrier("left"), left.barrier("right"));
        diamond(right, right.barrier("left"), right.barrier("right"));
        diamond(workflow, workflow.add(left), workflow.add(right));

        assertThat(workflow.allJobs()).hasSize(10);
        assertThat(workflow.allJobsAndWorkflows()).hasSize(12);
        assertThat(run(workflow).succeeded()).isTrue();
    }

    private static void diamond(Workflow workflow, Job<?> left, Job<?> right) {
        Job<Void> top = workflow.barrier("top");
        left.requires(top);
        right.requires(top);
        workflow.barrier("bottom").requires(left, right);
    }
}
