package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

class UnrunNestedTest {

    @Test
    void jobs_of_a_nested_workflow_that_never_ran_are_not_run_and_say_why() {
        var etl = Workflow.named("etl");
        var inner = Workflow.named("inner");
        var step = inner.action("step", () -> {});
        var boom = etl.action("boom", () -> {
            throw new IllegalStateException("boom");
        });
        var nested = etl.add(inner).requires(boom);

        RunReport run = etl.run();

        assertThat(run.outcome(nested)).contains(new JobOutcome.NotRun("boom failed"));
        assertThat(run.outcome(step)).contains(new JobOutcome.NotRun("boom failed"));
        assertThat(run.job(nested).nested().orElseThrow().stats().count(State.NOT_RUN))
                .isEqualTo(1);
    }
}
