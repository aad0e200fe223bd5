package io.orrery.run;

import static io.orrery.job.Condition.succeeded;
import static io.orrery.run.Stage.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobSkippedException;
import io.orrery.job.State;
import io.orrery.outcome.RunState;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

/** A body that finds there is nothing to do. */
class SkippedByBodyTest {
    private final Stage stage = new Stage();

    @Test
    void a_body_may_skip_its_job_which_is_not_tried_again_and_fails_nothing() throws InterruptedException {
        var w = Workflow.named("w");
        var idle = w.action("idle", ctx -> {
                    throw new JobSkippedException("nothing is due");
                })
                .retries(3);
        var after = w.action("after", () -> {}).requires(idle);
        var onSuccess = w.action("onSuccess", () -> {}).requires(succeeded(idle));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(outcome(report, idle)).isEqualTo(new JobOutcome.Skipped("nothing is due"));
        assertThat(report.job(idle).attempts()).isEqualTo(1);
        assertThat(report.job(after).state()).isEqualTo(State.SUCCEEDED);
        assertThat(outcome(report, onSuccess)).isEqualTo(new JobOutcome.Skipped("idle was skipped"));
    }
}
