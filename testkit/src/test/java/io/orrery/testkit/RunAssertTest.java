package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OrreryExtension.class)
class RunAssertTest {

    private final Workflow workflow = Workflow.named("week");

    private Job<Integer> nap(String label, int millis) {
        return workflow.job(label, ctx -> {
            ctx.sleep(Duration.ofMillis(millis));
            return millis;
        });
    }

    private void fails(String label) {
        workflow.action(label, () -> {
            throw new IOException("disk full");
        });
    }

    @Test
    void a_run_that_succeeded_has_outcomes_results_and_an_order(RunOptions options) {
        var a = nap("a", 10);
        var b = nap("b", 20).requires(a);
        nap("c", 30);
        var inner = Workflow.named("inner");
        inner.barrier("leaf");
        workflow.add(inner).requires(b);

        RunAssert.assertThat(workflow.run(options))
                .succeeded()
                .took(Duration.ofMillis(30))
                .hasNoWarnings()
                .hasOutcomes("a succeeded", "b succeeded", "c succeeded", "inner succeeded", "inner/leaf succeeded")
                .hasResult(a, 10)
                .hasState("inner/leaf", State.SUCCEEDED)
                .hasAttempts("b", 1)
                .startedInOrder("a", "c", "b", "inner")
                .ranOneByOne("a", "b", "inner")
                .ranAtMostAtOnce(2);
    }

    @Test
    void a_failure_has_its_reason(RunOptions options) {
        fails("copy");
        workflow.forever("clock", ctx -> ctx.sleep(Duration.ofDays(1)));

        RunAssert.assertThat(workflow.run(options))
                .failedBecause("copy failed: ")
                .endedBecause("copy", "disk full")
                .hasOutcomes("copy failed", "clock cancelled");
    }

    @Test
    void a_timeout_and_a_cancellation_are_no_failures(RunOptions options) {
        nap("long", 100);
        workflow.timeout(Duration.ofMillis(50));
        RunAssert.assertThat(workflow.run(options)).timedOut().endedBecause("long", "timed out");

        try (Run run = workflow.start(RunOptions.defaults())) {
            run.cancel("enough");
            RunAssert.assertThat(run.awaitUninterruptibly()).cancelledBecause("enough");
        }
    }

    @Test
    void what_does_not_hold_is_told_with_the_debrief(RunOptions options) {
        nap("a", 10);
        nap("b", 10);
        workflow.action("c", () -> fails("d")).critical(false).requires();
        RunReport report = workflow.run(options);

        refuses(report, run -> run.failedBecause("x"), "The state of the run should be FAILED, but is SUCCEEDED");
        refuses(report, run -> run.took(Duration.ofSeconds(1)), "should be 1s, but is 10ms");
        refuses(report, run -> run.hasState("a", State.FAILED), "should be FAILED, but is SUCCEEDED");
        refuses(report, run -> run.endedBecause("a", "bad luck"), "should be bad luck");
        refuses(report, run -> run.hasOutcomes("a failed"), "The outcomes differ from line 1 on");
        refuses(report, run -> run.hasAttempts("a", 2), "should be 2, but is 1");
        refuses(report, run -> run.ranOneByOne("a", "b"), "The start of \"b\", compared with the end of \"a\"");
        refuses(report, run -> run.ranAtMostAtOnce(1), "should be 1 or less, but is 2");
        refuses(report, run -> run.hasState("x", State.IDLE), "There is no job \"x\"");
    }

    private static void refuses(RunReport report, Consumer<RunAssert> check, String message) {
        assertThatThrownBy(() -> check.accept(RunAssert.assertThat(report)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
