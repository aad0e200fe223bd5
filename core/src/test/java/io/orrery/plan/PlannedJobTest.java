package io.orrery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.plan.PlannedJob.Link;
import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;

class PlannedJobTest {

    private final PlanBuilder builder = new PlanBuilder("etl", Settings.DEFAULT);

    /** Fails whenever it is asked about itself. */
    private static final class Shy implements JobBody<Void> {
        @Override
        public Void run(JobContext context) {
            return null;
        }

        @Override
        public String describe() {
            throw new IllegalStateException("no details");
        }

        @Override
        public String kind() {
            throw new IllegalStateException("no kind");
        }
    }

    @Test
    @Spec({"A-022", "A-044"})
    void a_planned_job_knows_whom_it_requires_and_who_requires_it_and_how() {
        int a = builder.add("a", JobBody.nothing(), JobOptions.DEFAULT, null);
        int b = builder.add("b", JobBody.nothing(), JobOptions.DEFAULT, null);
        int c = builder.add("c", JobBody.nothing(), JobOptions.DEFAULT, null);
        builder.require(b, a, Ending.SUCCEEDED);
        builder.require(c, a, Ending.FAILED);
        builder.require(c, b, Ending.FINISHED);

        Plan<?> plan = builder.build();

        assertThat(plan.job(a).successors())
                .containsExactly(new Link(plan.job(b), Ending.SUCCEEDED), new Link(plan.job(c), Ending.FAILED));
        assertThat(plan.job(c).requirements())
                .containsExactly(new Link(plan.job(a), Ending.FAILED), new Link(plan.job(b), Ending.FINISHED));
        assertThat(plan.topologicalOrder()).containsExactly(plan.job(a), plan.job(b), plan.job(c));
        assertThat(plan.plan()).isSameAs(plan);
        assertThat(plan.job(a)).hasToString("\"a\" of plan \"etl\" (3 jobs)");
    }

    @Test
    @Spec({"A-009", "A-103"})
    void a_body_that_fails_when_asked_about_itself_is_shown_so() {
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        builder.add("shy", new Shy(), JobOptions.DEFAULT, null);
        builder.add("sub", inner, JobOptions.DEFAULT, null);
        builder.add("nothing", JobBody.nothing(), JobOptions.DEFAULT, null);

        assertThat(builder.build().jobs())
                .extracting(job -> job.kind() + ", " + job.details())
                .containsExactly(
                        "(kind failed: java.lang.IllegalStateException: no kind), "
                                + "(describe failed: java.lang.IllegalStateException: no details)",
                        "Workflow, ",
                        "Job, ");
    }

    @Test
    @Spec({"A-097", "GB-24"})
    void ranks_go_through_nested_plans_and_are_equally_wide() {
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        inner.add("x", JobBody.nothing(), JobOptions.DEFAULT, null);
        int last = builder.add("last", JobBody.nothing(), JobOptions.DEFAULT, null);
        int sub = builder.add("sub", inner, JobOptions.DEFAULT, null);
        for (int i = 0; i < 7; i++) {
            builder.add("more", JobBody.nothing(), JobOptions.DEFAULT, null);
        }
        builder.require(last, sub, Ending.FINISHED);

        Plan<?> plan = builder.build();
        Ranks ranks = Ranks.of(plan);

        assertThat(ranks.count()).isEqualTo(10);
        assertThat(ranks.of(plan.job(sub))).isEqualTo(1);
        assertThat(ranks.text(plan.find("sub/x").orElseThrow())).isEqualTo("02");
        assertThat(ranks.text(plan.job(last))).as("the tenth of ten").isEqualTo("10");
    }

    /** Fails in ways that only errors tell. */
    private static final class Broken implements JobBody<Void> {
        @Override
        public Void run(JobContext context) {
            return null;
        }

        @Override
        public String describe() {
            throw new StackOverflowError();
        }

        @Override
        public String kind() {
            throw new NoClassDefFoundError("gone") {
                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message either");
                }
            };
        }
    }

    @Test
    @Spec({"A-009", "A-103"})
    void a_body_or_a_label_that_ends_in_an_error_is_shown_so() {
        var labels = new Labels(
                () -> {
                    throw new StackOverflowError();
                },
                null);
        builder.add("broken", new Broken(), JobOptions.DEFAULT.withLabels(labels), null);

        PlannedJob job = builder.build().job(0);

        assertThat(job.label()).isEqualTo("broken (label failed: java.lang.StackOverflowError)");
        assertThat(job.kind()).isEqualTo("(kind failed: io.orrery.plan.PlannedJobTest$Broken$1)");
        assertThat(job.details()).isEqualTo("(describe failed: java.lang.StackOverflowError)");
    }
}
