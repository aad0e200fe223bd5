package io.orrery.workflow;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.finished;
import static io.orrery.job.Condition.succeeded;
import static io.orrery.job.Requirement.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.outcome.RunReport;
import io.orrery.plan.PlanProblem.Contradiction;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private final Workflow etl = Workflow.named("etl");
    private final Job<Void> a = etl.barrier("a");
    private final Job<Void> b = etl.barrier("b");
    private final Job<Void> c = etl.barrier("c");
    private final Job<Void> d = etl.barrier("d");

    @Test
    @Spec({"A-022", "A-023"})
    void requirements_may_come_one_by_one_together_as_a_collection_or_nested_and_the_job_comes_back() {
        assertThat(d.requires(c.requires(b.requires(a)))).isSameAs(d);
        d.requires(List.of(a, c));
        d.requires(all(), all(List.of()), all(all(b), all(all(all(a)))));

        assertThat(b.requirements()).containsExactly(a);
        assertThat(c.requirements()).containsExactly(b);
        assertThat(d.requirements()).containsExactly(c, a, b);
    }

    @Test
    @Spec({"A-024", "GB-09"})
    void requiring_oneself_is_ignored_so_that_everything_can_require_the_first_step() {
        etl.jobs().forEach(job -> job.requires(a));
        etl.jobs().forEach(job -> job.requires(all(a, succeeded(job)), a));

        assertThat(a.requirements()).isEmpty();
        assertThat(List.of(b.requirements(), c.requirements(), d.requirements()))
                .containsOnly(List.of(a));
    }

    @Test
    @Spec("A-024")
    void of_several_requirements_on_one_job_the_strictest_holds() {
        c.requires(succeeded(a), finished(a), a, b, failed(b));

        assertThat(c.requirements()).containsExactly(succeeded(a), failed(b));
    }

    @Test
    void conditions_reach_through_groups_and_contradictions_are_found_by_the_plan() {
        c.requires(succeeded(all(a, finished(b))));
        d.requires(failed(succeeded(a)));

        assertThat(c.requirements()).containsExactly(succeeded(a), succeeded(b));
        assertThat(etl.problems()).containsExactly(new Contradiction("d", "a"));
    }

    @Test
    @Spec({"A-025", "GB-19"})
    void requirements_can_be_dropped_in_all_forms_and_a_sequence_means_its_last_job() {
        Sequence sequence = etl.sequence(a, b);
        d.requires(a, b, c);

        assertThat(d.dropRequirement(sequence)).isSameAs(d);
        assertThat(d.requirements()).containsExactly(a, c);

        d.dropRequirement(all(succeeded(a), c));
        assertThat(d.requirements()).isEmpty();
    }

    @Test
    @Spec({"A-025", "GB-19"})
    void a_requirement_on_a_sequence_can_be_dropped_as_such_or_by_its_last_job() {
        Sequence sequence = etl.sequence(a, b);

        c.requires(sequence).dropRequirement(sequence);
        d.requires(sequence).dropRequirement(b);
        sequence.append(etl.barrier("appended"));

        assertThat(c.requirements()).isEmpty();
        assertThat(d.requirements()).isEmpty();
    }

    @Test
    void what_an_empty_sequence_stands_for_can_be_dropped_in_part() {
        Sequence empty = etl.sequence().requires(a, succeeded(b));
        c.requires(empty);

        c.dropRequirement(a);

        assertThat(c.requirements()).containsExactly(succeeded(b));
    }

    @Test
    @Spec("A-025")
    void dropping_what_is_not_required_is_refused_and_nothing_is_dropped() {
        c.requires(a);

        assertThatThrownBy(() -> c.dropRequirement(a, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Only what is required can be dropped, but \"c\" does not require \"b\". It requires \"a\".");
        assertThat(c.requirements()).containsExactly(a);
    }

    @Test
    @Spec({"A-027", "GB-02"})
    void jobs_of_other_workflows_are_refused_at_the_call_with_both_names() {
        Workflow other = Workflow.named("other");
        Job<Void> theirs = other.barrier("theirs");

        for (Requirement foreign : List.of(theirs, succeeded(theirs), all(all(theirs)), other.sequence(theirs))) {
            assertThatThrownBy(() -> a.requires(b, foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "Jobs can be linked within one workflow only, but \"a\" belongs to \"etl\" and ")
                    .hasMessageContaining("\"theirs\"")
                    .hasMessageEndingWith(
                            " to \"other\". Require the nested workflow as a whole, or declare both jobs in one"
                                    + " workflow.");
        }
        assertThat(a.requirements()).as("not even the good half").isEmpty();
    }

    @Test
    @Spec({"A-027", "GB-02"})
    void neither_outer_nor_inner_nor_cousin_jobs_can_be_required() {
        Workflow left = Workflow.named("left");
        Workflow right = Workflow.named("right");
        Job<Void> inLeft = left.barrier("in left");
        Job<Void> inRight = right.barrier("in right");
        Job<RunReport> leftHandle = etl.add(left);
        etl.add(right).requires(leftHandle);

        assertThatThrownBy(() -> a.requires(inLeft)).hasMessageContainingAll("\"etl\"", "\"left\"");
        assertThatThrownBy(() -> inLeft.requires(a)).hasMessageContainingAll("\"left\"", "\"etl\"");
        assertThatThrownBy(() -> inLeft.requires(inRight)).hasMessageContainingAll("\"left\"", "\"right\"");
        assertThat(etl.problems()).isEmpty();
    }

    @Test
    @Spec({"A-023", "GB-18"})
    void whatever_is_no_requirement_is_refused_at_once() {
        Requirement homeMade = new Requirement() {};

        assertThatThrownBy(() -> a.requires(homeMade))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Jobs come from a workflow, but this is a io.orrery.workflow.RequirementsTest");
        assertThatThrownBy(() -> a.requires((Job<?>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A requirement must not be null. Leave it out, or use Requirement.all() for none.");
    }

    @Test
    void a_job_that_was_removed_can_not_be_changed_or_required() {
        etl.remove(a);

        assertThatThrownBy(() -> a.requires(b))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "A job that was removed from its workflow can't be changed, but \"a\" was. Declare it again.");
        assertThatThrownBy(() -> a.critical(false)).isInstanceOf(IllegalStateException.class);
        assertThat(a.isCritical()).isTrue();
        assertThatThrownBy(() -> b.requires(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("and \"a\" to no workflow any more.");
    }

    @Test
    @Tag("slow")
    @Spec("GB-27")
    void groups_may_be_nested_and_jobs_chained_deeper_than_a_stack() {
        Requirement nested = a;
        for (int i = 0; i < 100_000; i++) {
            nested = i % 2 == 0 ? all(nested, b) : succeeded(nested);
        }
        c.requires(nested);
        List<Job<?>> chain = new ArrayList<>(List.of(c));
        for (int i = 0; i < 100_000; i++) {
            chain.add(etl.barrier("").requires(chain.getLast()));
        }

        assertThat(c.requirements()).containsExactlyInAnyOrder(succeeded(a), succeeded(b));
        assertThat(etl.downstream(a)).hasSize(100_001);
        assertThat(etl.upstream(chain.getLast())).hasSize(100_002);
        assertThat(etl.topologicalOrder()).endsWith(chain.getLast());
        assertThat(etl.plan().size()).isEqualTo(100_004);
    }
}
