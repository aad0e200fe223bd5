package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunEvent.JobFinished;
import io.orrery.outcome.RunEvent.JobStarted;
import io.orrery.outcome.RunEvent.RunFinished;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OrreryExtension.class)
class RunRecorderTest {

    private final Workflow workflow = Workflow.named("week");

    @Test
    void every_kind_of_event_has_its_words(RunOptions options, RunRecorder recorder) {
        workflow.window(1);
        workflow.action("flaky", ctx -> {
                    ctx.log("trying");
                    ctx.progress(0.5, "half");
                    if (ctx.attempt() == 1) {
                        throw new IllegalStateException("once");
                    }
                })
                .retry(RetryPolicy.retries(1).delay(Duration.ofSeconds(2)));
        var inner = Workflow.named("inner");
        inner.action("leaf", () -> {});
        workflow.add(inner);

        workflow.run(options);

        recorder.trail()
                .assertOrder(
                        "run started",
                        "flaky started",
                        "flaky: trying",
                        "flaky at 50%",
                        "flaky failed, retried in 2s",
                        "flaky started, attempt 2",
                        "flaky succeeded")
                .assertOrder(
                        "inner queued",
                        "inner started",
                        "run of inner started",
                        "inner/leaf started",
                        "inner/leaf succeeded",
                        "run of inner succeeded",
                        "inner succeeded",
                        "run succeeded");
    }

    @Test
    void a_test_can_wait_for_what_is_to_come_and_for_what_has_been(RunRecorder recorder) throws Exception {
        workflow.forever("endless", ctx -> ctx.sleep(Duration.ofDays(1)));

        try (Run run = workflow.start(RunOptions.defaults().listener(recorder))) {
            assertThat(recorder.await(JobStarted.class, "endless").attempt()).isEqualTo(1);
            assertThat(recorder.await(JobStarted.class, event -> event.attempt() == 1)
                            .path())
                    .isEqualTo("endless");
            run.pause();
            run.resume();
            run.cancel("enough");
            recorder.await(RunFinished.class, "");
        }

        assertThat(recorder.events(JobFinished.class)).hasSize(1);
        recorder.trail().assertOrder("run paused", "run resumed", "run stopping", "endless cancelled", "run cancelled");
        recorder.clear();
        assertThat(recorder.events()).isEmpty();
    }
}
