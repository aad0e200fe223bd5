package io.orrery.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.job.Limit;
import io.orrery.plan.PlanProblem.Contradiction;
import io.orrery.plan.PlanProblem.Cycle;
import io.orrery.plan.PlanProblem.HeldAround;
import io.orrery.plan.PlanProblem.HeldForever;
import io.orrery.plan.PlanProblem.NestedTooDeep;
import io.orrery.plan.PlanProblem.RequiresForever;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlanBuilderTest {

    private static final JobOptions FOREVER = JobOptions.DEFAULT.withForever(true);

    private final PlanBuilder builder = new PlanBuilder("etl", Settings.DEFAULT);

    private int add(String label) {
        return builder.add(label, JobBody.nothing(), JobOptions.DEFAULT, null);
    }

    private int add(String label, JobOptions options) {
        return builder.add(label, JobBody.nothing(), options, null);
    }

    private List<String> links(int job) {
        return builder.build().job(job).requirements().stream()
                .map(link -> link.ending().word() + " " + link.job().id())
                .toList();
    }

    @Test
    @Spec("A-024")
    void requiring_the_same_twice_is_requiring_it_once_and_the_stricter_ending_holds() {
        int a = add("a");
        int b = add("b");
        int c = add("c");

        builder.require(c, a, Ending.FINISHED);
        builder.require(c, b, Ending.FAILED);
        builder.require(c, a, Ending.SUCCEEDED);
        builder.require(c, b, Ending.FINISHED);
        builder.require(c, c, Ending.SUCCEEDED);

        assertThat(links(c)).containsExactly("succeeded a", "failed b");
        assertThat(links(a)).isEmpty();
    }

    @Test
    void requirements_may_be_added_after_the_graph_has_been_looked_at() {
        int a = add("a");
        int b = add("b");
        assertThat(builder.graph().requirementCount(b)).isZero();

        builder.require(b, a, Ending.FINISHED);
        int c = add("c");
        builder.require(c, b, Ending.FINISHED);

        assertThat(links(b)).containsExactly("finished a");
        assertThat(links(c)).containsExactly("finished b");
    }

    @Test
    void a_number_that_was_not_given_out_is_refused() {
        int a = add("a");

        assertThatThrownBy(() -> builder.require(a, 1, Ending.FINISHED)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> builder.require(1, a, Ending.FINISHED)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    @Spec("A-003")
    void labels_need_not_be_unique_but_ids_are_and_they_fit_into_a_path() {
        for (String label : List.of("a", "a", "a#2", "a", "b", "a#2", "", "x/y")) {
            add(label);
        }

        Plan<?> plan = builder.build();

        assertThat(plan.jobs())
                .extracting(PlannedJob::id)
                .containsExactly("a", "a#2", "a#2#2", "a#3", "b", "a#2#3", "job", "x:y")
                .doesNotHaveDuplicates();
        assertThat(plan.jobs())
                .extracting(PlannedJob::label)
                .containsExactly("a", "a", "a#2", "a", "b", "a#2", "", "x/y");
    }

    @Test
    @Tag("slow")
    @Spec("GB-27")
    void a_job_may_require_a_hundred_thousand_others_and_three_million_requirements_take_no_time() {
        int size = 100_000;
        for (int job = 0; job < size; job++) {
            add("");
        }
        int last = add("last");
        for (int job = 0; job < size; job++) {
            builder.require(last, job, Ending.FINISHED);
            builder.require(last, job, Ending.SUCCEEDED);
            for (int back = 1; back <= 28 && back <= job; back++) {
                builder.require(job, job - back, Ending.FINISHED);
            }
        }

        Plan<?> plan = builder.build();

        assertThat(plan.graph().requirementCount(last)).isEqualTo(size);
        assertThat(plan.graph().successorCount(0)).isEqualTo(29);
        assertThat(plan.graph().topologicalOrder())
                .hasSize(size + 1)
                .startsWith(0, 1, 2)
                .endsWith(size - 1, last);
    }

    @Test
    @Spec({"A-049", "A-085", "GB-12", "GB-17", "GB-39"})
    void all_problems_are_found_at_once_and_at_every_depth() {
        var limit = Limit.named("db", 1);
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        int x = inner.add("x", JobBody.nothing(), JobOptions.DEFAULT.withLimits(List.of(limit)), null);
        int y = inner.add("y", JobBody.nothing(), JobOptions.DEFAULT, null);
        inner.require(x, y, Ending.FINISHED);
        inner.require(y, x, Ending.FINISHED);
        int a = add("a");
        int b = add("b", FOREVER.withLimits(List.of(limit)));
        builder.add("sub", inner, JobOptions.DEFAULT.withLimits(List.of(limit)), null);
        builder.require(a, b, Ending.FINISHED);
        int c = add("c");
        builder.require(c, a, Ending.SUCCEEDED);
        builder.require(c, a, Ending.FAILED);

        assertThat(builder.problems())
                .containsExactlyInAnyOrder(
                        new Contradiction("c", "a"),
                        new RequiresForever("a", "b"),
                        new HeldForever("db", List.of("b"), "sub"),
                        new HeldAround("sub/x", "db", "sub"),
                        new Cycle(List.of("sub/x", "sub/y")));
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageStartingWith("Workflow \"etl\" has 5 problems:\n- ")
                .hasMessageContaining("\n- A finite job must not require a forever job, but \"a\" requires \"b\"")
                .hasMessageContaining("\n- Jobs must not require each other in a ring, but \"sub/x\" requires \"sub/y\""
                        + " requires \"sub/x\". Drop one of these requirements.");
    }

    @Test
    void a_message_names_the_first_problems_and_counts_the_others() {
        int endless = add("endless", FOREVER);
        for (int i = 0; i < 25; i++) {
            builder.require(add("finite" + i), endless, Ending.FINISHED);
        }

        assertThatThrownBy(builder::build)
                .hasMessageStartingWith("Workflow \"etl\" has 25 problems:\n- ")
                .hasMessageContaining("\"finite19\"")
                .hasMessageEndingWith("\n- and 5 more: see problems()")
                .extracting(e -> ((InvalidPlanException) e).problems(), org.assertj.core.api.Assertions.LIST)
                .hasSize(25);
    }

    @Test
    @Spec("GB-12")
    void a_forever_job_may_require_whatever_it_likes() {
        int finite = add("finite");
        int first = add("first", FOREVER);
        int second = add("second", FOREVER);

        builder.require(first, finite, Ending.FINISHED);
        builder.require(second, first, Ending.FINISHED);

        assertThat(builder.problems()).isEmpty();
    }

    @Test
    @Spec("GB-13")
    void forever_jobs_that_leave_a_slot_of_a_limit_are_no_problem() {
        var limit = Limit.named("db", 2);
        add("monitor", FOREVER.withLimits(List.of(limit)));
        add("load", JobOptions.DEFAULT.withLimits(List.of(limit)));

        assertThat(builder.problems()).isEmpty();
    }

    @Test
    @Spec("GB-13")
    void forever_jobs_that_may_hold_all_slots_are_named_with_a_finite_job_at_any_depth_that_needs_one() {
        var limit = Limit.named("db", 2);
        add("other");
        add("first", FOREVER.withLimits(List.of(limit)));
        add("second", FOREVER.withLimits(List.of(limit)));
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        inner.add("other", JobBody.nothing(), JobOptions.DEFAULT, null);
        inner.add("load", JobBody.nothing(), JobOptions.DEFAULT.withLimits(List.of(limit)), null);
        builder.add("sub", inner, JobOptions.DEFAULT, null);

        assertThat(builder.problems()).containsExactly(new HeldForever("db", List.of("first", "second"), "sub/load"));
    }

    @Test
    void each_kind_of_problem_says_the_rule_the_jobs_and_the_remedy() {
        assertThat(new Contradiction("c", "a").message())
                .isEqualTo("A job ends in one way only, but \"c\" requires \"a\" both to have succeeded and to have"
                        + " failed. Drop one of the two, or require it finished.");
        assertThat(new HeldAround("sub/x", "db", "sub").message())
                .isEqualTo("A job must not need a slot that is held around it, but \"sub/x\" needs one of limit \"db\""
                        + " while \"sub\" holds one until \"sub/x\" has ended. Put the limit on the inner jobs"
                        + " or on the nested workflow, not on both.");
        assertThat(new HeldForever("db", List.of("first", "second"), "load").message())
                .isEqualTo("Forever jobs must leave a slot to finite ones, but \"first\", \"second\" may hold all slots"
                        + " of limit \"db\" until \"load\" has ended, which needs one. Give the limit more slots,"
                        + " or the forever jobs one of their own.");
    }

    /** A plan with so many levels of nested ones. */
    private static PlanBuilder nested(int levels) {
        var plan = new PlanBuilder("inmost", Settings.DEFAULT);
        plan.add("x", JobBody.nothing(), JobOptions.DEFAULT, null);
        for (int i = 0; i < levels; i++) {
            var outer = new PlanBuilder("outer", Settings.DEFAULT);
            outer.add("n", plan, JobOptions.DEFAULT, null);
            plan = outer;
        }
        return plan;
    }

    @Test
    void two_hundred_levels_of_nested_plans_are_allowed_and_more_are_refused_however_many() {
        Plan<?> plan = nested(200).build();

        assertThat(plan.find("n/".repeat(200) + "x")).isPresent();
        assertThat(Ranks.of(plan).count()).isEqualTo(201);
        assertThat(nested(201).problems()).containsExactly(new NestedTooDeep("n/".repeat(200) + "n", 200));
        assertThat(nested(100_000).problems()).hasSize(1);
        assertThat(new NestedTooDeep("a/b", 1).message())
                .isEqualTo("Workflows must not be nested in more than 1 levels, but \"a/b\" would be one more."
                        + " Nest fewer, or run it with JobContext.run().");
    }

    @Test
    void the_limit_of_a_forever_job_is_not_looked_for_in_levels_that_are_too_deep() {
        PlanBuilder plan = nested(100_000);
        plan.add("forever", JobBody.nothing(), FOREVER.withLimits(List.of(Limit.named("db", 1))), null);

        assertThat(plan.problems()).hasOnlyElementsOfType(NestedTooDeep.class);
    }

    @Test
    void a_job_is_found_by_its_path() {
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        inner.add("x", JobBody.nothing(), JobOptions.DEFAULT, null);
        add("a");
        builder.add("sub", inner, JobOptions.DEFAULT, null);

        Plan<?> plan = builder.build();

        assertThat(plan.find("a")).contains(plan.job(0));
        assertThat(plan.find("sub/x")).contains(plan.nested(1).orElseThrow().job(0));
        assertThat(plan.find("sub/y")).isEmpty();
        assertThat(plan.find("x")).isEmpty();
        assertThat(plan.find("")).isEmpty();
        assertThat(plan.find("a/")).isEmpty();
    }

    @Test
    void a_label_with_slashes_makes_no_path_of_its_own() {
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        inner.add("x", JobBody.nothing(), JobOptions.DEFAULT, null);
        builder.add("a", inner, JobOptions.DEFAULT, null);
        add("a/x");

        Plan<?> plan = builder.build();

        assertThat(plan.find("a/x")).contains(plan.nested(0).orElseThrow().job(0));
        assertThat(plan.find("a:x")).contains(plan.job(1));
        assertThat(plan.job(1).label()).isEqualTo("a/x");
    }

    @Test
    @Spec({"A-069", "A-073", "GB-07", "GB-39"})
    void nonsense_numbers_are_refused_with_the_rule_the_value_and_the_remedy() {
        assertThatThrownBy(() -> Settings.DEFAULT.withWindow(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A window must not be negative, but is -1. Use 0 for no limit.");
        assertThatThrownBy(() -> Settings.DEFAULT.withTimeout(Duration.ZERO))
                .hasMessage("The timeout must be positive, but is PT0S. Leave it out for the default.");
        assertThatThrownBy(() -> Settings.DEFAULT.withShutdownTimeout(Duration.ofSeconds(-1)))
                .hasMessage("The shutdown timeout must be positive, but is PT-1S. Leave it out for the default.");
        assertThatThrownBy(() -> Settings.DEFAULT.withCancelGrace(Duration.ZERO))
                .hasMessage("The grace period must be positive, but is PT0S. Leave it out for the default.");
        assertThatThrownBy(() -> JobOptions.DEFAULT.withTimeout(Duration.ZERO))
                .hasMessage("The timeout must be positive, but is PT0S. Leave it out for the default.");
    }
}
