package io.orrery.workflow;

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

class EditingTest {

    private final Workflow etl = Workflow.named("etl");
    private final Job<Void> a = etl.barrier("a");
    private final Job<Void> b = etl.barrier("b").requires(a);
    private final Job<Void> c = etl.barrier("c").requires(b);
    private final Job<Void> d = etl.barrier("d").requires(succeeded(c));

    @Test
    @Spec({"A-036", "A-048", "GB-42"})
    void removing_a_job_drops_the_requirements_on_it_and_returns_them() {
        d.requires(b);

        assertThat(etl.remove(b)).containsExactly(new Dropped(c, b), new Dropped(d, b));

        assertThat(etl.jobs()).containsExactly(a, c, d);
        assertThat(c.requirements()).isEmpty();
        assertThat(d.requirements()).containsExactly(succeeded(c));
        assertThat(etl.remove(a)).as("nobody requires it any more").isEmpty();
    }

    @Test
    @Spec({"A-036", "A-050"})
    void a_job_that_is_not_there_can_not_be_removed() {
        Job<Void> foreign = Workflow.named("other").barrier("foreign");
        etl.remove(b);

        for (Job<Void> absent : List.of(foreign, b)) {
            assertThatThrownBy(() -> etl.remove(absent))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "A workflow knows its own jobs only, but \"etl\" was asked about " + absent);
            assertThatThrownBy(() -> etl.bypassAndRemove(absent)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(etl.jobs()).containsExactly(a, c, d);
    }

    @Test
    @Spec({"A-048", "GB-42"})
    void whatever_is_removed_nothing_is_left_dangling_at_any_depth() {
        Workflow inner = Workflow.named("inner");
        Job<Void> x = inner.barrier("x");
        Job<Void> y = inner.barrier("y").requires(x);
        Job<RunReport> sub = etl.add(inner).requires(a);

        assertThat(etl.keepOnly(y, b, c, d)).containsExactly(new Dropped(y, x), new Dropped(b, a), new Dropped(sub, a));

        assertThat(etl.allJobsAndWorkflows()).containsExactly(b, c, d, sub, y);
        assertThat(etl.keepOnly(b, c, d, sub))
                .as("a clean nested workflow changes nothing")
                .isEmpty();
    }

    @Test
    @Spec({"A-050", "GB-21"})
    void bypassing_links_those_behind_to_those_before_with_their_conditions() {
        Job<Void> e = etl.barrier("e").requires(a, succeeded(c));
        c.dropRequirement(b).requires(succeeded(b), a);

        etl.bypassAndRemove(c);

        assertThat(etl.jobs()).containsExactly(a, b, d, e);
        assertThat(d.requirements()).containsExactly(succeeded(b), a);
        assertThat(e.requirements()).containsExactly(a, succeeded(b));
    }

    @Test
    @Spec("A-050")
    void bypassing_the_first_or_the_last_job_just_removes_it() {
        etl.bypassAndRemove(a);
        etl.bypassAndRemove(d);

        assertThat(etl.jobs()).containsExactly(b, c);
        assertThat(b.requirements()).isEmpty();
        assertThat(etl.exits()).containsExactly(c);
    }

    @Test
    @Spec({"A-050", "GB-21"})
    void removing_and_bypassing_reach_into_nested_workflows() {
        Workflow inner = Workflow.named("inner");
        Job<Void> x = inner.barrier("x");
        Job<Void> y = inner.barrier("y").requires(x);
        Job<Void> z = inner.barrier("z").requires(y);
        etl.add(inner);

        etl.bypassAndRemove(y);
        assertThat(z.requirements()).containsExactly(x);
        assertThat(etl.remove(x)).containsExactly(new Dropped(z, x));

        assertThat(inner.jobs()).containsExactly(z);
        assertThatThrownBy(() -> inner.remove(a)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Spec({"A-051", "GB-21"})
    void keep_only_drops_all_others_without_linking_anew() {
        assertThat(etl.keepOnly(a, d)).containsExactly(new Dropped(d, c));

        assertThat(etl.jobs()).containsExactly(a, d);
        assertThat(d.requirements()).isEmpty();
    }

    @Test
    @Spec({"A-051", "A-033", "GB-21"})
    void keep_only_takes_sequences_and_groups_and_refuses_foreign_jobs() {
        Sequence sequence = etl.sequence(b, c);
        Job<Void> foreign = Workflow.named("other").barrier("foreign");

        assertThatThrownBy(() -> etl.keepOnly(a, foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> etl.keepOnly(succeeded(a)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Jobs and sequences can be kept, but this is the condition succeeded(\"a\"). Name the job"
                        + " itself.");
        assertThat(etl.size()).isEqualTo(4);

        etl.keepOnly(Requirement.all(sequence));
        assertThat(etl.jobs()).containsExactly(b, c);
        etl.keepOnly();
        assertThat(etl.jobs()).isEmpty();
    }

    @Test
    @Spec({"A-051", "GB-21"})
    void keep_only_looks_into_nested_workflows_that_are_not_kept_themselves() {
        Workflow whole = Workflow.named("whole");
        Workflow part = Workflow.named("part");
        Workflow none = Workflow.named("none");
        Job<Void> inWhole = whole.barrier("in whole");
        Job<Void> kept = part.barrier("kept");
        part.barrier("not kept");
        none.barrier("in none");
        Job<RunReport> wholeHandle = etl.add(whole);
        Job<RunReport> partHandle = etl.add(part);
        etl.add(none);

        etl.keepOnly(a, wholeHandle, kept);

        assertThat(etl.allJobsAndWorkflows()).containsExactly(a, wholeHandle, inWhole, partHandle, kept);
    }

    @Test
    @Spec({"A-052", "GB-21"})
    void between_starts_and_ends_is_what_lies_behind_the_one_and_before_the_other() {
        Job<Void> aside = etl.barrier("aside").requires(b);

        etl.keepOnlyBetween(Between.starts(b).ends(d));

        assertThat(etl.jobs()).containsExactly(b, c, d);
        assertThatThrownBy(() -> aside.critical(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec({"A-052", "GB-21"})
    void between_without_its_ends_or_bounds_or_in_reverse() {
        assertThat(kept(Between.unbounded())).containsExactly("a", "b", "c", "d");
        assertThat(kept(Between.unbounded().ends(Requirement.all()))).containsExactly("a", "b", "c", "d");
        assertThat(kept(Between.starts(a).withoutStarts())).containsExactly("b", "c", "d");
        assertThat(kept(Between.unbounded().ends(c).withoutEnds())).containsExactly("a", "b");
        assertThat(kept(Between.starts(a).ends(d).withoutStarts().withoutEnds()))
                .containsExactly("b", "c");
        assertThat(kept(Between.starts(a, c).withoutStarts()))
                .as("c lies behind a")
                .containsExactly("b", "c", "d");
        assertThat(kept(Between.starts(d).ends(a)))
                .as("nothing between, but both kept")
                .containsExactly("a", "d");
        assertThat(kept(Between.starts(d).ends(a).withoutStarts().withoutEnds()))
                .isEmpty();
    }

    /** What would be kept in a workflow like this one. */
    private List<String> kept(Between bounds) {
        Workflow copy = Workflow.named("copy");
        List<Job<?>> copies = List.of(copy.barrier("a"), copy.barrier("b"), copy.barrier("c"), copy.barrier("d"));
        copy.sequence(copies.toArray(Requirement[]::new));
        copy.keepOnlyBetween(new Between(
                translated(bounds.starts(), copies),
                translated(bounds.ends(), copies),
                bounds.keepStarts(),
                bounds.keepEnds()));
        return copy.jobs().stream().map(Job::label).toList();
    }

    private List<Requirement> translated(List<Requirement> originals, List<Job<?>> copies) {
        return originals.stream()
                .map(one -> one instanceof Job<?> job ? copies.get(etl.jobs().indexOf(job)) : one)
                .toList();
    }

    @Test
    @Spec({"A-052", "GB-21"})
    void foreign_milestones_are_refused_and_nothing_is_changed() {
        Job<Void> foreign = Workflow.named("other").barrier("foreign");

        assertThatThrownBy(() -> etl.keepOnlyBetween(Between.starts(foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> etl.keepOnlyBetween(Between.starts(a).ends(foreign)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(etl.jobs()).containsExactly(a, b, c, d);
    }

    @Test
    @Spec({"A-052", "A-033", "GB-21"})
    void sequences_may_be_milestones() {
        Sequence middle = etl.sequence(b, c);

        etl.keepOnlyBetween(Between.starts(middle).withoutStarts());

        assertThat(etl.jobs()).as("c lies behind b").containsExactly(c, d);
    }

    @Test
    @Spec({"A-061", "GB-28"})
    void a_plan_that_was_made_does_not_change() {
        Plan<RunReport> before = etl.plan();

        etl.bypassAndRemove(b);
        etl.barrier("e").requires(d);

        assertThat(before.size()).isEqualTo(4);
        assertThat(before.graph().topologicalOrder()).containsExactly(0, 1, 2, 3);
        assertThat(etl.plan().size()).isEqualTo(4);
        assertThat(before.numberOf(b)).hasValue(1);
        assertThat(etl.plan().numberOf(b)).isEmpty();
    }

    @Test
    void a_nested_workflow_that_was_removed_can_be_nested_again() {
        Workflow inner = Workflow.named("inner");
        etl.remove(etl.add(inner));
        Workflow other = Workflow.named("other");

        Job<RunReport> sub = other.add(inner);

        assertThat(other.jobs()).containsExactly(sub);
    }

    @Test
    @Tag("slow")
    void removing_a_hundred_thousand_jobs_of_long_sequences_takes_no_time() {
        Sequence sequence = etl.sequence();
        for (int i = 0; i < 100_000; i++) {
            sequence.append(etl.barrier(""));
        }
        b.requires(sequence);

        List<Dropped> dropped = etl.keepOnly(b);

        assertThat(dropped).containsExactly(new Dropped(b, a));
        assertThat(sequence.jobs()).isEmpty();
        assertThat(b.requirements()).isEmpty();
    }
}
