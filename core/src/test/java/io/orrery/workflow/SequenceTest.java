package io.orrery.workflow;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private final Workflow etl = Workflow.named("etl");
    private final Job<Void> a = etl.barrier("a");
    private final Job<Void> b = etl.barrier("b");
    private final Job<Void> c = etl.barrier("c");
    private final Job<Void> d = etl.barrier("d");
    private final Job<Void> e = etl.barrier("e");

    @Test
    @Spec({"A-028", "A-033"})
    void each_job_requires_the_one_before_it_and_the_workflow_has_only_the_jobs() {
        Sequence sequence = etl.sequence(a, b, c).requires(d);

        assertThat(sequence.jobs()).containsExactly(a, b, c);
        assertThat(List.of(a.requirements(), b.requirements(), c.requirements()))
                .containsExactly(List.of(d), List.of(a), List.of(b));
        assertThat(etl.jobs()).containsExactly(a, b, c, d, e);
    }

    @Test
    @Spec({"A-029", "GB-20"})
    void sequences_in_a_sequence_are_flattened_and_linked_last_to_first() {
        Sequence first = etl.sequence(a, b);
        Sequence second = etl.sequence(c, d);

        Sequence whole = etl.sequence(first, second, e);

        assertThat(whole.jobs()).containsExactly(a, b, c, d, e);
        assertThat(List.of(b.requirements(), c.requirements(), d.requirements(), e.requirements()))
                .containsExactly(List.of(a), List.of(b), List.of(c), List.of(d));
    }

    @Test
    @Spec("A-029")
    void the_same_job_twice_in_a_row_is_harmless_and_further_apart_is_a_cycle() {
        assertThat(etl.sequence(a, a, b).jobs()).containsExactly(a, a, b);
        assertThat(etl.problems()).isEmpty();

        etl.sequence(c, d, c);

        assertThat(etl.problems()).hasSize(1);
    }

    @Test
    @Spec({"A-030", "GB-20"})
    void append_chains_every_job_and_returns_the_sequence() {
        Sequence sequence = etl.sequence(a);

        assertThat(sequence.append(b, c, d)).isSameAs(sequence);
        assertThat(sequence.append()).isSameAs(sequence);

        assertThat(List.of(b.requirements(), c.requirements(), d.requirements()))
                .containsExactly(List.of(a), List.of(b), List.of(c));
    }

    @Test
    @Spec({"A-030", "GB-20"})
    void empty_sequences_may_be_appended_and_appended_to() {
        Sequence empty = etl.sequence();
        Sequence whole = etl.sequence(a, empty, b);

        assertThat(b.requirements())
                .as("an empty piece stands for what is before it")
                .containsExactly(a);

        empty.append(c, d);

        assertThat(whole.jobs()).containsExactly(a, c, d, b);
        assertThat(List.of(c.requirements(), d.requirements(), b.requirements()))
                .containsExactly(List.of(a), List.of(c), List.of(d));
    }

    @Test
    @Spec({"A-031", "A-032", "GB-20"})
    void what_an_empty_sequence_requires_is_remembered_for_its_first_job() {
        Sequence sequence = etl.sequence().requires(a).requires(succeeded(b));

        sequence.append(c, d);

        assertThat(c.requirements()).containsExactly(a, succeeded(b));
        assertThat(d.requirements()).containsExactly(c);
    }

    @Test
    @Spec({"A-023", "A-033"})
    void as_a_requirement_it_stands_for_its_last_job_in_every_condition() {
        Sequence sequence = etl.sequence(a, b);

        c.requires(sequence);
        d.requires(succeeded(sequence));
        e.requires(failed(Requirement.all(sequence)));

        assertThat(List.of(c.requirements(), d.requirements(), e.requirements()))
                .containsExactly(List.of(b), List.of(succeeded(b)), List.of(failed(b)));
    }

    @Test
    @Spec({"A-023", "GB-20"})
    void an_empty_one_stands_for_what_it_requires_itself() {
        c.requires(etl.sequence());
        d.requires(succeeded(etl.sequence().requires(a, failed(b))));

        assertThat(c.requirements()).isEmpty();
        assertThat(d.requirements()).containsExactly(succeeded(a), failed(b));
    }

    @Test
    @Spec({"A-030", "GB-20"})
    void who_requires_a_sequence_waits_for_what_is_appended_later_also_after_a_plan_was_made() {
        Sequence sequence = etl.sequence();
        Sequence outer = etl.sequence(sequence, c);
        d.requires(sequence);
        Plan<RunReport> before = etl.plan();

        sequence.append(a);
        assertThat(List.of(c.requirements(), d.requirements())).containsExactly(List.of(a), List.of(a));
        sequence.append(b);
        assertThat(List.of(c.requirements(), d.requirements())).containsExactly(List.of(b), List.of(b));

        assertThat(outer.jobs()).containsExactly(a, b, c);
        assertThat(before.graph().requirementCount(3)).isZero();
        assertThat(etl.plan().job(3).requirements())
                .singleElement()
                .satisfies(link -> assertThat(link.job().id()).isEqualTo("b"));
        assertThat(etl.successors(b)).containsExactly(c, d);
    }

    @Test
    @Spec("GB-20")
    void sequences_that_require_each_other_while_empty_stand_for_all_that_both_require() {
        Sequence one = etl.sequence();
        Sequence other = etl.sequence();
        one.requires(other, a, one);
        other.requires(one, b);

        c.requires(one);

        assertThat(c.requirements()).containsExactly(b, a);
    }

    @Test
    @Spec("GB-18")
    void only_jobs_and_sequences_of_the_workflow_can_be_pieces_and_nothing_is_added_otherwise() {
        Sequence sequence = etl.sequence(a);
        Sequence outer = etl.sequence(sequence);
        Job<Void> foreign = Workflow.named("other").barrier("foreign");

        assertThatThrownBy(() -> sequence.append(b, succeeded(c)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "A sequence consists of jobs and other sequences, but this is succeeded(\"c\").");
        assertThatThrownBy(() -> sequence.append(b, foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but the sequence of \"a\" belongs to \"etl\" and \"foreign\" to \"other\".");
        assertThatThrownBy(() -> sequence.append(b, outer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A sequence must not contain itself, but the sequence of \"a\" would. Make a second one.");
        assertThatThrownBy(() -> sequence.append(sequence)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sequence.jobs()).containsExactly(a);
        assertThat(b.requirements()).isEmpty();
    }

    @Test
    @Spec("GB-20")
    void a_job_that_is_removed_leaves_the_sequence_and_who_requires_it_waits_for_its_new_last_job() {
        Sequence sequence = etl.sequence(a, b, c);
        d.requires(sequence);
        e.requires(succeeded(sequence), c);

        assertThat(etl.remove(c)).containsExactly(new Dropped(e, c));

        assertThat(sequence.jobs()).containsExactly(a, b);
        assertThat(d.requirements()).containsExactly(b);
        assertThat(e.requirements()).containsExactly(succeeded(b));
        sequence.append(d);
        assertThat(d.requirements()).containsExactly(b);
    }

    @Test
    @Spec({"GB-20", "A-050"})
    void bypassing_a_job_closes_the_gap_in_the_chain() {
        Sequence sequence = etl.sequence(a, b, c).requires(e);
        d.requires(sequence);

        etl.bypassAndRemove(b);
        assertThat(c.requirements()).containsExactly(a);
        etl.bypassAndRemove(a);
        assertThat(c.requirements()).containsExactly(e);
        etl.bypassAndRemove(c);

        assertThat(sequence.jobs()).isEmpty();
        assertThat(d.requirements()).containsExactly(e);
        sequence.append(etl.barrier("new"));
        assertThat(sequence.jobs().getFirst().requirements()).as("remembered").containsExactly(e);
    }

    @Test
    @Spec("GB-20")
    void what_a_sequence_remembers_is_forgotten_when_it_is_removed() {
        Sequence sequence = etl.sequence().requires(a, succeeded(b));
        c.requires(sequence);

        etl.remove(a);

        assertThat(c.requirements()).containsExactly(succeeded(b));
        assertThat(etl.plan().size()).isEqualTo(4);
    }

    @Test
    @Tag("slow")
    @Spec("GB-27")
    void sequences_may_be_nested_deeper_than_a_stack_and_be_long() {
        Sequence nested = etl.sequence(a);
        Sequence reversed = etl.sequence(b);
        for (int i = 0; i < 50_000; i++) {
            nested = etl.sequence(nested, etl.barrier(""));
            reversed = etl.sequence(etl.barrier(""), reversed);
        }
        nested.requires(d);
        e.requires(reversed, nested);

        assertThat(nested.jobs()).hasSize(50_001).startsWith(a);
        assertThat(a.requirements()).containsExactly(d);
        assertThat(e.requirements()).containsExactly(b, nested.jobs().getLast());
        assertThat(etl.plan().topologicalOrder()).hasSize(100_005);
        assertThat(etl.keepOnly(nested)).containsExactly(new Dropped(a, d));
        assertThat(etl.size()).isEqualTo(50_001);
    }
}
