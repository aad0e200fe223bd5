package io.orrery.run;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.workflow.Workflow;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs that go on as far as they can, and have failed all the same. */
class KeepGoingTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");
    private final Workflow flow = Workflow.named("flow").keepGoing();

    @Test
    void what_does_not_require_the_failed_job_runs_and_the_run_has_failed() throws InterruptedException {
        var bad = flow.action("bad", fails(1, boom));
        flow.action("alongside", takes(5));
        flow.action("next", takes(1)).requires(bad);
        flow.action("later", takes(1)).requires(flow.action("start", takes(3)));

        var report = stage.run(flow);

        assertThat(states(report))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bad",
                        "failed",
                        "alongside",
                        "succeeded",
                        "next",
                        "skipped",
                        "start",
                        "succeeded",
                        "later",
                        "succeeded"));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.why()).isEqualTo("critical job bad failed: boom");
        assertThat(report.summary().failure().path()).isEqualTo("bad");
    }

    @Test
    void all_that_requires_a_failed_job_is_skipped_except_for_what_waits_for_the_failure() throws InterruptedException {
        var bad = flow.action("bad", fails(1, boom));
        var next = flow.action("next", takes(1)).requires(bad);
        flow.action("after next", takes(1)).requires(next);
        flow.action("wanted success", takes(1)).requires(succeeded(bad));
        var repair = flow.action("repair", takes(1)).requires(failed(bad));
        flow.action("after repair", takes(1)).requires(repair);

        assertThat(states(stage.run(flow)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bad",
                        "failed",
                        "next",
                        "skipped",
                        "after next",
                        "skipped",
                        "wanted success",
                        "skipped",
                        "repair",
                        "succeeded",
                        "after repair",
                        "succeeded"));
    }

    @Test
    void a_failure_that_is_not_critical_keeps_nobody_from_running() throws InterruptedException {
        var bad = flow.action("bad", fails(1, boom)).critical(false);
        flow.action("next", takes(1)).requires(bad);

        var report = stage.run(flow);

        assertThat(states(report)).containsEntry("next", "succeeded");
        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void of_several_failures_the_first_is_the_reason_and_endless_jobs_end_with_the_run() throws InterruptedException {
        flow.action("second", fails(2, new Exception("too")));
        flow.action("first", fails(1, boom));
        flow.action("tick", takes(1_000_000)).forever(true);

        var report = stage.run(flow);

        assertThat(report.why()).isEqualTo("critical job first failed: boom");
        assertThat(report.find("tick").orElseThrow().outcome().orElseThrow().because())
                .isEqualTo("run finished");
    }

    @Test
    void a_nested_workflow_that_kept_going_has_failed_as_a_whole() throws InterruptedException {
        var inner = Workflow.named("inner").keepGoing();
        inner.action("bad", fails(1, boom));
        inner.action("other", takes(3));
        flow.action("next", takes(1)).requires(flow.add(inner));

        var report = stage.run(flow);

        assertThat(states(report)).containsEntry("inner", "failed").containsEntry("next", "skipped");
        assertThat(report.find("inner/other")
                        .orElseThrow()
                        .outcome()
                        .orElseThrow()
                        .state()
                        .word())
                .isEqualTo("succeeded");
        assertThat(report.summary().failure().path()).isEqualTo("inner/bad");
    }

    private static Map<String, String> states(RunReport report) {
        return report.jobs().stream()
                .collect(Collectors.toMap(JobReport::id, job -> job.state().word()));
    }
}
