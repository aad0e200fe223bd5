package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.lingers;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Late;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Failures, timeouts, and how long what is told to stop may take. */
class CriticalityTest {
    private final Stage stage = new Stage();
    private final Exception boom = new Exception("boom");

    @Test
    @Spec({"A-066", "A-070", "A-071"})
    void a_critical_failure_stops_all_and_shuts_all_down_before_the_run_is_over() throws InterruptedException {
        var w = Workflow.named("w").window(3);
        w.job("flop", stage.tidy(fails(2, boom)));
        w.job("running", stage.tidy(takes(9)));
        w.job("tick", stage.tidy(takes(1_000_000))).forever(true);
        w.job("third", stage.tidy(takes(9)));
        w.job("queued", stage.tidy(takes(9)));

        var report = stage.run(w);

        assertThat(report.why()).isEqualTo("critical job flop failed: boom");
        assertThat(report.summary().failure().path()).isEqualTo("flop");
        assertThat(stage.trail("2 "))
                .startsWith("2 flop failed", "2 run stops: critical job flop failed: boom", "2 queued not-run")
                .contains("2 running cancelled", "2 tick cancelled", "2 third cancelled")
                .contains("2 shutdown of flop", "2 shutdown of running", "2 shutdown of tick", "2 shutdown of queued")
                .endsWith("2 run failed");
    }

    @Test
    @Spec("A-067")
    void a_timeout_stops_forever_jobs_alike_and_shuts_all_down() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(3));
        w.job("job", stage.tidy(takes(9)));
        w.job("tick", stage.tidy(takes(1_000_000))).forever(true);

        stage.run(w);

        assertThat(stage.trail("3 "))
                .contains("3 job cancelled", "3 tick cancelled", "3 shutdown of job", "3 shutdown of tick")
                .endsWith("3 run timed-out");
    }

    @Test
    @Spec({"A-068", "GB-11"})
    void a_job_that_is_slow_to_stop_is_waited_for_within_the_grace_period() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(3)).cancelGrace(ms(5));
        var slow = w.job("slow", lingers(5, ctx -> "done"));

        var report = stage.run(w);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.summary().elapsed()).isEqualTo(ms(8));
        assertThat(outcome(report, slow)).isEqualTo(new Cancelled("run timed out", null, new Late.Value("done")));
        assertThat(report.summary().notes().stragglers()).isEmpty();
    }

    @Test
    @Spec("GB-11")
    void a_job_that_does_not_stop_within_the_grace_period_is_given_up_and_named() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(3)).cancelGrace(ms(5));
        var stuck = w.job("stuck", lingers(6, ctx -> {
            stage.note("stuck goes");
            return "done";
        }));

        var report = stage.run(w);

        assertThat(report.summary().elapsed()).isEqualTo(ms(8));
        assertThat(outcome(report, stuck)).isEqualTo(new Cancelled("run timed out", null, new Late.Straggler()));
        assertThat(report.summary().notes().stragglers()).containsExactly("stuck");
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("stuck"));
        assertThat(stage.trail("8 run timed-out", "9 stuck goes")).containsExactly("8 run timed-out", "9 stuck goes");
    }

    @Test
    @Spec("GB-11")
    void a_job_that_ignores_its_own_timeout_is_given_up_too_and_the_others_go_on() throws InterruptedException {
        var w = Workflow.named("w").cancelGrace(ms(2));
        var stuck = w.job("stuck", lingers(9, ctx -> null)).timeout(ms(3)).critical(false);
        w.action("next", takes(1)).requires(stuck);

        var report = stage.run(w);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().notes().stragglers()).containsExactly("stuck");
        assertThat(stage.trail("next")).containsExactly("5 next begins", "6 next succeeded");
    }

    @Test
    @Spec({"A-069", "GB-07"})
    void timeouts_are_durations_and_must_be_positive() {
        var w = Workflow.named("w");
        var job = w.action("job", () -> {});

        for (var nonsense : new Duration[] {Duration.ZERO, ms(-1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> w.timeout(nonsense));
            assertThatIllegalArgumentException().isThrownBy(() -> w.shutdownTimeout(nonsense));
            assertThatIllegalArgumentException().isThrownBy(() -> w.cancelGrace(nonsense));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> job.timeout(nonsense))
                    .withMessageContaining("positive")
                    .withMessageContaining(nonsense.toString());
        }
    }

    @Test
    @Spec("A-069")
    void a_timeout_covers_the_whole_run_and_one_of_three_centuries_is_none() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(5));
        var a = w.action("a", takes(3));
        var b = w.action("b", takes(3)).requires(a);

        assertThat(outcome(stage.run(w), b)).isEqualTo(new Cancelled("run timed out", null, null));
        assertThat(stage.run(w.timeout(Duration.ofDays(365_000))).succeeded()).isTrue();
    }

    @Test
    @Spec({"A-069", "GB-26"})
    void the_wall_clock_is_for_stamps_only_and_never_decides() throws IOException {
        try (var files = Files.list(Path.of("src/main/java/io/orrery/run"))) {
            var readers = files.filter(file -> readsTheWallClock(file))
                    .map(file -> file.getFileName().toString())
                    .toList();

            assertThat(readers)
                    .as("the start of a run, and the deadline that a shutdown is told")
                    .containsExactlyInAnyOrder("RunTree.java", "ShutdownContext.java");
        }
    }

    private static boolean readsTheWallClock(Path file) {
        try {
            return Files.readString(file).contains(".instant()");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Spec({"A-070", "A-071"})
    void the_reason_is_that_of_the_last_run_and_there_is_none_before() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(5));
        var job = w.action("job", takes(9));

        var timedOut = stage.run(w);
        w.remove(job);
        var fine = stage.run(w);

        assertThat(timedOut.why()).isEqualTo("timed out after 5ms");
        assertThat(fine.why()).isEqualTo("all jobs have ended");
    }

    @Test
    @Spec({"A-072", "GB-35"})
    void a_critical_job_that_fails_only_while_being_cancelled_does_not_fail_the_run() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("work", takes(1));
        w.job("tick", lingers(0, ctx -> {
                    throw boom;
                }))
                .forever(true);

        var report = stage.run(w);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.warnings()).singleElement().asString().contains("tick", "boom");
    }

    @Test
    @Spec({"A-066", "A-072"})
    void the_verdict_of_a_failed_run_is_that_of_the_failure_whatever_follows() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(3)).cancelGrace(ms(9));
        var flop = w.action("flop", fails(2, boom));
        w.job("slow", lingers(4, ctx -> {
            throw new Exception("later");
        }));

        var report = stage.run(w, run -> stage.at(4, () -> run.cancel("too late")));

        assertThat(report.why()).isEqualTo("critical job flop failed: boom");
        assertThat(outcome(report, flop)).isEqualTo(new Failed(boom));
        assertThat(report.summary().elapsed()).isEqualTo(ms(6));
    }
}
