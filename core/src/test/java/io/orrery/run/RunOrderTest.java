package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunFailedException;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

@Spec({"A-059", "GB-10"})
class RunOrderTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.skipping();
    private final RunOptions options = RunOptions.defaults().time(time);

    private static IllegalStateException no(String who) {
        return new IllegalStateException(who);
    }

    private static Job<Object> failing(Workflow flow, String label, Duration after, RuntimeException failure) {
        return flow.job(label, context -> {
            context.sleep(after);
            throw failure;
        });
    }

    private static RunFailedException thrown(RunReport report) {
        return catchThrowableOfType(RunFailedException.class, report::orThrow);
    }

    @Test
    @Spec("A-055")
    void a_critical_failure_comes_before_other_ends_of_the_same_instant_so_none_of_their_successors_starts() {
        var flow = Workflow.named("flow");
        var good = flow.action("good", context -> context.sleep(SECOND));
        var next = flow.action("next", () -> {}).requires(good);
        var bad = failing(flow, "bad", SECOND, no("bad"));

        RunReport report = flow.run(options);

        assertThat(report.outcome(good)).contains(new JobOutcome.Succeeded(null));
        assertThat(report.outcome(next)).contains(new JobOutcome.NotRun("bad failed"));
        assertThat(report.outcome(bad).orElseThrow()).isInstanceOf(JobOutcome.Failed.class);
    }

    @Test
    @Spec("A-055")
    void the_last_job_and_a_critical_failure_at_one_instant_make_a_failed_run() {
        var flow = Workflow.named("flow");
        flow.action("last", context -> context.sleep(SECOND));
        failing(flow, "endless", SECOND, no("endless")).forever(true);

        RunReport report = flow.run(options);

        assertThat(report.why()).isEqualTo("critical job endless failed: endless");
    }

    @Test
    void of_several_critical_failures_at_one_instant_the_one_declared_first_counts_and_all_are_there() {
        for (int repeat = 0; repeat < 20; repeat++) {
            var flow = Workflow.named("flow");
            var failures = new RuntimeException[] {no("a"), no("b"), no("c"), no("d")};
            failing(flow, "minor", SECOND, failures[3]).critical(false);
            failing(flow, "a", SECOND, failures[0]);
            failing(flow, "b", SECOND, failures[1]);
            failing(flow, "c", SECOND, failures[2]);

            RunReport report = flow.run(options);

            assertThat(report.why()).isEqualTo("critical job a failed: a");
            assertThat(report.summary().failure()).isEqualTo(new RunSummary.Failure("a", failures[0]));
            assertThat(report.failures()).extracting(JobReport::id).containsExactly("a", "b", "c", "minor");
            RunFailedException thrown = thrown(report);
            assertThat(thrown.getCause()).isSameAs(failures[0]);
            assertThat(thrown.getSuppressed()).containsExactly(failures[1], failures[2], failures[3]);
        }
    }

    @Test
    void the_failure_that_comes_first_in_time_counts_whatever_the_order_of_declaration() {
        var first = no("first");
        var minor = no("minor");
        var flow = Workflow.named("flow");
        failing(flow, "later", SECOND.multipliedBy(2), no("later"));
        failing(flow, "sooner", SECOND, first);
        failing(flow, "minor", SECOND.dividedBy(2), minor).critical(false);

        RunFailedException thrown = thrown(flow.run(options));

        assertThat(thrown)
                .hasMessage("flow failed: critical job sooner failed: first")
                .hasCause(first);
        assertThat(thrown.getSuppressed()).containsExactly(minor);
    }

    @Test
    @Spec({"A-083", "GB-32"})
    void the_cause_is_the_very_exception_that_a_nested_job_threw_and_its_path_is_known() {
        var failure = no("deep");
        var inner = Workflow.named("inner");
        failing(inner, "bad", SECOND, failure);
        var outer = Workflow.named("outer");
        outer.add(inner);

        RunReport report = outer.run(options);

        assertThat(report.why()).isEqualTo("critical job inner failed: deep");
        assertThat(report.summary().failure()).isEqualTo(new RunSummary.Failure("inner/bad", failure));
        assertThat(thrown(report).getCause()).isSameAs(failure);
        assertThat(thrown(report).getSuppressed()).isEmpty(); // it is one failure, at two levels
        assertThat(thrown(report).report()).isSameAs(report);
    }

    @Test
    @Spec({"A-067", "A-070", "A-071"})
    void a_run_that_timed_out_throws_a_timeout_with_its_length() {
        var minor = no("minor");
        var flow = Workflow.named("flow").timeout(SECOND);
        flow.action("slow", context -> context.sleep(HOUR));
        failing(flow, "minor", SECOND.dividedBy(2), minor).critical(false);

        RunFailedException thrown = thrown(flow.run(options));

        assertThat(thrown).hasMessage("flow timed out after 1s");
        assertThat(thrown.getCause()).isInstanceOf(TimeoutException.class).hasMessage("timed out after 1s");
        assertThat(thrown.getSuppressed()).containsExactly(minor);
    }

    @Test
    void a_job_that_timed_out_is_named_as_the_cause() {
        var flow = Workflow.named("flow");
        flow.action("slow", context -> context.sleep(HOUR)).timeout(SECOND);

        RunReport report = flow.run(options);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(thrown(report)).hasMessage("flow failed: critical job slow timed out after 1s");
        assertThat(thrown(report).getCause())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("slow took longer than 1s");
    }

    @Test
    void a_run_that_was_cancelled_throws_the_reason_and_has_no_cause() {
        var flow = Workflow.named("flow");
        flow.action("slow", context -> context.sleep(HOUR));

        Run run = flow.start(options.time(ManualTime.stopped()));
        run.cancel("enough");
        RunFailedException thrown = thrown(run.awaitUninterruptibly());

        assertThat(thrown).hasMessage("flow cancelled: enough").hasNoCause();
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @Test
    void two_jobs_that_throw_the_same_object_count_once_in_the_exception_and_twice_in_the_report() {
        var same = no("same");
        var flow = Workflow.named("flow");
        failing(flow, "a", SECOND, same);
        failing(flow, "b", SECOND, same);

        RunReport report = flow.run(options);

        assertThat(report.failures()).extracting(JobReport::id).containsExactly("a", "b");
        assertThat(thrown(report)).hasCause(same);
        assertThat(thrown(report).getSuppressed()).isEmpty();
    }

    @Test
    @Spec({"A-056", "A-069", "GB-26"})
    void an_end_at_the_very_instant_of_a_timeout_wins_over_it() {
        var flow = Workflow.named("flow").timeout(SECOND.multipliedBy(2));
        var first = flow.job("first", context -> {
                    context.sleep(SECOND);
                    return "in time";
                })
                .timeout(SECOND);
        flow.action("second", context -> context.sleep(SECOND)).requires(first);

        RunReport report = flow.run(options);

        assertThat(report.orThrow().result(first)).isEqualTo("in time");
        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void the_timeout_of_a_critical_job_wins_over_that_of_the_run_at_the_same_instant() {
        var flow = Workflow.named("flow").timeout(SECOND);
        flow.action("slow", context -> context.sleep(HOUR)).timeout(SECOND);

        RunReport report = flow.run(options);

        assertThat(report.jobs().getFirst().outcome()).contains(new JobOutcome.TimedOut(SECOND, null));
        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
    }
}
