package io.orrery.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static List<String> paths(List<JobReport> jobs) {
        return jobs.stream().map(JobReport::path).toList();
    }

    private static Workflow flat(String... labels) {
        var flat = Workflow.named("flat");
        for (String label : labels) {
            flat.action(label, () -> {}).critical(!label.startsWith("nc"));
        }
        return flat;
    }

    @Test
    @Spec({"GB-25", "GB-10"})
    void critical_failures_come_first_then_those_that_ended_first() {
        RunReport report = Recorded.of(flat("late", "nc early", "early", "fine"))
                .failed("late", 0, 30, new IllegalStateException())
                .failed("nc early", 0, 10, new IllegalStateException())
                .ended("early", 0, 20, new TimedOut(Duration.ofSeconds(1), null))
                .succeeded("fine", 0, 5, 1)
                .report();

        assertThat(paths(report.failures())).containsExactly("early", "late", "nc early");
    }

    @Test
    @Spec("GB-25")
    void nested_failures_come_before_what_they_brought_down_and_a_nested_run_that_may_fail_stops_nobody() {
        var inner = Workflow.named("inner");
        inner.action("deep", () -> {});
        var optional = Workflow.named("optional");
        optional.action("odd", () -> {});
        var main = Workflow.named("main");
        main.add(optional).critical(false);
        main.add(inner);
        var boom = new IllegalStateException("boom");
        RunReport report = Recorded.of(main)
                .failed("optional", 0, 5, boom)
                .inside(
                        "optional",
                        Recorded.of(main.plan().nested(0).orElseThrow()).failed("odd", 0, 5, boom))
                .failed("inner", 0, 9, boom)
                .inside(
                        "inner",
                        Recorded.of(main.plan().nested(1).orElseThrow()).failed("deep", 0, 9, boom))
                .report();

        assertThat(paths(report.failures())).containsExactly("inner/deep", "inner", "optional/odd", "optional");
        assertThat(report.warnings())
                .containsExactly(
                        "non-critical job optional/odd failed: IllegalStateException: boom",
                        "non-critical job optional failed: IllegalStateException: boom");
    }

    @Test
    @Spec({"GB-25", "GB-35", "GB-11", "GB-16"})
    void each_warning_names_the_job_and_is_given_once() {
        RunReport report = Recorded.of(flat("nc a", "nc b", "value", "failure", "straggler", "retried", "slow"))
                .failed("nc a", 0, 1, new IllegalStateException("odd"))
                .ended("nc b", 0, 2, new TimedOut(Duration.ofMillis(2), null))
                .ended("value", 0, 3, new Cancelled("run timed out", null, new Late.Value("late")))
                .ended("failure", 0, 3, new Cancelled("run timed out", null, new Late.Failure(new Exception("late"))))
                .ended("straggler", 0, 3, new Cancelled("run timed out", null, new Late.Straggler()))
                .ended("retried", 0, 3, new Cancelled("run timed out", new Exception("first"), null))
                .ended("slow", 0, 3, new TimedOut(Duration.ofMillis(3), new Late.Straggler()))
                .stragglers("straggler", "slow", "shutdown of value")
                .shutdownProblems(
                        new ShutdownProblem("value", null),
                        new ShutdownProblem("failure", new IllegalStateException("locked")))
                .report();

        assertThat(report.warnings())
                .containsExactly(
                        "non-critical job nc a failed: IllegalStateException: odd",
                        "non-critical job nc b timed out: took longer than 2ms",
                        "job value returned after it had been told to stop: late",
                        "job failure threw after it had been told to stop: Exception: late",
                        "straggler had not stopped when the grace period was over",
                        "job retried was cancelled before it could be retried; its last attempt had failed: Exception:"
                                + " first",
                        "slow had not stopped when the grace period was over",
                        "shutdown of value had not stopped when the grace period was over",
                        "shutdown of value did not return in time",
                        "shutdown of failure failed: java.lang.IllegalStateException: locked");
    }

    @Test
    void a_run_in_which_all_went_well_has_neither_failures_nor_warnings() {
        RunReport report =
                Recorded.of(flat("a")).succeeded("a", 0, 1, 1).notRun("a", "x").report();

        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    @Spec({"GB-10", "GB-32"})
    void the_exception_of_a_failed_run_carries_the_first_failure_and_suppresses_each_other_one_once() {
        var first = new IllegalStateException("first");
        var second = new ArithmeticException("second");
        RunReport report = Recorded.of(flat("a", "b", "c", "nc d"))
                .failed("a", 0, 1, first)
                .failed("b", 0, 1, second)
                .failed("c", 0, 1, first)
                .failed("nc d", 0, 1, second)
                .verdict(RunState.FAILED, "critical job a failed: first", 1)
                .broughtDownBy("a", first)
                .report();

        assertThatThrownBy(report::orThrow)
                .isInstanceOf(RunFailedException.class)
                .hasMessage("flat failed: critical job a failed: first")
                .hasCause(first)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(second))
                .satisfies(thrown ->
                        assertThat(((RunFailedException) thrown).report()).isSameAs(report));
    }

    @Test
    @Spec("GB-32")
    void a_run_that_timed_out_throws_with_a_timeout_and_one_that_was_cancelled_without_a_cause() {
        Recorded timedOut = Recorded.of(flat("a")).verdict(RunState.TIMED_OUT, "timed out after 1s", 1000);
        Recorded cancelled = Recorded.of(flat("a")).verdict(RunState.CANCELLED, "cancelled: enough", 1000);

        assertThatThrownBy(timedOut.report()::orThrow)
                .hasMessage("flat timed out after 1s")
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(cancelled.report()::orThrow)
                .hasMessage("flat cancelled: enough")
                .hasNoCause();
    }

    @Test
    void a_run_that_succeeded_throws_nothing() {
        RunReport report =
                Recorded.of(flat("a")).verdict(RunState.SUCCEEDED, "", 1).report();

        assertThat(report.orThrow()).isSameAs(report);
    }

    @Test
    void a_handle_finds_its_job_at_any_depth() {
        var inner = Workflow.named("inner");
        Job<Integer> deep = inner.job("deep", () -> 1);
        var main = Workflow.named("main");
        main.add(inner);
        RunReport report = Recorded.of(main)
                .succeeded("inner", 0, 1, "done")
                .inside(
                        "inner",
                        Recorded.of(main.plan().nested(0).orElseThrow()).succeeded("deep", 0, 1, 42))
                .report();

        assertThat(report.result(deep)).isEqualTo(42);
        assertThat(report.find("inner/deep").orElseThrow().path()).isEqualTo("inner/deep");
        assertThat(report.find("inner")).isPresent();
        assertThat(report.find("inner/other")).isEmpty();
        assertThat(report.find("deep")).isEmpty();
        assertThat(report.find("inner/")).isEmpty();
        assertThatThrownBy(() -> report.job(Workflow.named("other").job("stranger", () -> 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"stranger\"")
                .hasMessageContaining("\"main\"");
    }
}
