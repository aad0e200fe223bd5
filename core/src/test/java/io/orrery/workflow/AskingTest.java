package io.orrery.workflow;

import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.outcome.RunReport;
import io.orrery.plan.InvalidPlanException;
import io.orrery.plan.PlanProblem.Cycle;
import io.orrery.plan.PlanProblem.RequiresForever;
import io.orrery.spec.Spec;
import java.util.List;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

/** Questions to this workflow, in which the jobs are declared from right to left: a before b and c, both before d. */
class AskingTest {

    private final Workflow etl = Workflow.named("etl");
    private final Job<Void> d = etl.barrier("d");
    private final Job<Void> c = etl.barrier("c");
    private final Job<Void> b = etl.barrier("b");
    private final Job<Void> a = etl.barrier("a");

    AskingTest() {
        d.requires(b, succeeded(c));
        b.requires(a);
        c.requires(a);
    }

    @Test
    @Spec({"A-040", "GB-09", "GB-22"})
    void the_topological_order_is_stable_and_that_of_declaration_where_it_can_be() {
        assertThat(etl.topologicalOrder()).containsExactly(a, c, b, d);
        assertThat(etl.jobs()).containsExactly(d, c, b, a);
    }

    @Test
    @Spec({"A-040", "A-041", "GB-27"})
    void orders_can_be_asked_for_while_others_are_walked() {
        for (Job<?> outer : etl.topologicalOrder()) {
            assertThat(etl.topologicalOrder()).containsExactly(a, c, b, d).contains(outer);
        }
    }

    @Test
    @Spec({"A-040", "A-049", "GB-17"})
    void an_order_is_refused_with_the_path_of_the_cycle_and_only_then() {
        etl.forever("forever", () -> {});
        a.requires(etl.jobs().getLast());
        assertThat(etl.problems()).containsExactly(new RequiresForever("a", "forever"));
        assertThat(etl.topologicalOrder()).as("there is one all the same").endsWith(d);

        a.requires(d);

        assertThatThrownBy(etl::topologicalOrder)
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining(
                        "Jobs must not require each other in a ring, but \"d\" requires \"b\" requires \"a\""
                                + " requires \"d\". Drop one of these requirements.");
    }

    @Test
    @Spec({"A-042", "A-043", "A-044", "GB-22"})
    void neighbours_and_closures_are_sets_in_the_order_of_declaration() {
        assertThat(etl.entries()).containsExactly(a);
        assertThat(etl.exits()).containsExactly(d);
        assertThat(etl.predecessors(d)).containsExactly(c, b);
        assertThat(etl.predecessors(d, c)).containsExactly(c, b, a);
        assertThat(etl.successors(a)).containsExactly(c, b);
        assertThat(etl.upstream(d)).containsExactly(c, b, a);
        assertThat(etl.downstream(a)).containsExactly(d, c, b);
        assertThat(etl.downstream(a, b)).as("b is behind a").containsExactly(d, c, b);
        assertThat(etl.upstream(a)).isEmpty();
        assertThat(List.of(etl.predecessors(), etl.successors(), etl.upstream(), etl.downstream()))
                .allMatch(SequencedSet::isEmpty);
    }

    @Test
    @Spec({"A-044", "GB-22"})
    void a_set_of_neighbours_can_be_walked_again_and_is_not_touched_by_later_edits() {
        SequencedSet<Job<?>> successors = etl.successors(a);

        etl.remove(b);

        assertThat(successors).containsExactly(c, b);
        assertThat(successors.reversed()).containsExactly(b, c);
        assertThat(etl.successors(a)).containsExactly(c);
    }

    @Test
    @Spec("A-044")
    void a_start_is_in_its_own_closure_if_it_is_on_a_cycle() {
        a.requires(d);

        assertThat(etl.upstream(b)).containsExactly(d, c, b, a);
        assertThat(etl.entries()).isEmpty();
        assertThat(etl.exits()).isEmpty();
    }

    @Test
    @Spec("A-043")
    void forever_jobs_are_no_exits_unless_asked_for_and_count_as_those_who_require() {
        Job<Void> monitor = etl.forever("monitor", () -> {}).requires(d);

        assertThat(etl.exits()).isEmpty();
        assertThat(etl.exitsWithForever()).containsExactly(monitor);
    }

    @Test
    @Spec({"A-037", "A-038"})
    void an_empty_workflow_answers_all_questions() {
        Workflow empty = Workflow.named("empty");

        assertThat(empty.size()).isZero();
        assertThat(empty.jobs()).isEmpty();
        assertThat(empty.topologicalOrder()).isEmpty();
        assertThat(empty.entries()).isEmpty();
        assertThat(empty.exits()).isEmpty();
        assertThat(empty.problems()).isEmpty();
        assertThat(empty.list()).isEmpty();
        assertThat(empty.listSafe()).isEmpty();
    }

    @Test
    @Spec({"A-037", "A-045", "GB-22"})
    void iterating_goes_through_nested_workflows_or_stops_at_them() {
        Workflow inner = Workflow.named("inner");
        Workflow innermost = Workflow.named("innermost");
        Job<Void> x = inner.barrier("x");
        Job<RunReport> subsub = inner.add(innermost);
        Job<Void> y = innermost.barrier("y");
        Job<RunReport> sub = etl.add(inner);

        assertThat(etl.size()).isEqualTo(5);
        assertThat(etl.jobs()).containsExactly(d, c, b, a, sub);
        assertThat(etl.allJobs()).containsExactly(d, c, b, a, x, y);
        assertThat(etl.allJobsAndWorkflows()).containsExactly(d, c, b, a, sub, x, subsub, y);
    }

    @Test
    @Spec({"A-046", "A-047"})
    void counts_can_be_asked_for_before_any_run() {
        assertThat(RunReport.idle(etl.plan()).stats()).hasToString("4 idle of 4");
        assertThat(etl).hasToString("workflow \"etl\" (4 jobs)");
        assertThat(etl.plan()).hasToString("plan \"etl\" (4 jobs)");
    }

    @Test
    @Spec({"A-049", "GB-17"})
    void problems_are_found_in_nested_workflows_with_their_paths_without_running() {
        Workflow inner = Workflow.named("inner");
        Job<Void> x = inner.barrier("x");
        Job<Void> y = inner.barrier("y").requires(x);
        etl.add(inner);
        assertThat(etl.problems()).isEmpty();

        x.requires(y);

        assertThat(etl.problems()).containsExactly(new Cycle(List.of("inner/x", "inner/y")));
        assertThatThrownBy(etl::plan).isInstanceOf(InvalidPlanException.class);
        assertThatThrownBy(etl::run).isInstanceOf(InvalidPlanException.class);
        assertThatThrownBy(etl::start).isInstanceOf(InvalidPlanException.class);
    }

    @Test
    @Spec("A-104")
    void a_workflow_that_can_not_be_run_can_be_listed_all_the_same() {
        Workflow inner = Workflow.named("inner");
        inner.barrier("x").critical(false);
        etl.add(inner).requires(a).forever(true);
        a.requires(d);

        assertThatThrownBy(etl::list).isInstanceOf(InvalidPlanException.class);
        assertThat(etl.listSafe()).isEqualTo("""
            1 critical "d" requires "b", succeeded("c")
            2 critical "c" requires "a"
            3 critical "b" requires "a"
            4 critical "a" requires "d"
            5 critical forever "inner" requires "a"
            5.1 "x"
            """);
    }
}
