package io.orrery.outcome;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.Print;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebriefTest {

    /** A failure whose stack trace has one line and stays the same. */
    private static <T extends Throwable> T at(String method, T failure) {
        failure.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Steps", method, "Steps.java", 7)});
        return failure;
    }

    private static Workflow nightly() {
        var lab = Workflow.named("lab");
        Job<?> measure = lab.action("measure", () -> {});
        lab.action("clean up", () -> {}).requires(measure).critical(false);
        var nightly = Workflow.named("nightly");
        Job<?> build = nightly.action("build", () -> {});
        nightly.action("notify", () -> {}).requires(build).critical(false);
        Job<?> nested = nightly.add(lab).requires(build);
        nightly.action("report", () -> {}).requires(nested);
        nightly.forever("monitor", () -> {});
        return nightly;
    }

    private static RunReport failedInside() {
        Workflow nightly = nightly();
        var boom =
                at("measure", new IllegalStateException("no signal", at("read", new ArithmeticException("/ by zero"))));
        Recorded lab = Recorded.of(nightly.plan().nested(2).orElseThrow())
                .ready("measure", 1100)
                .failed("measure", 1100, 4300, boom)
                .attempts("measure", 3)
                .notRun("clean up", "measure failed")
                .verdict(RunState.FAILED, "critical job measure failed: no signal", 3200)
                .broughtDownBy("lab/measure", boom);
        return Recorded.of(nightly)
                .ready("build", 0)
                .succeeded("build", 0, 1000, "ok")
                .failed("notify", 1000, 1010, at("mail", new IOException("no mail server")))
                .ready("lab", 1000)
                .failed("lab", 1100, 4300, boom)
                .inside("lab", lab)
                .notRun("report", "lab failed")
                .ended("monitor", 0, 4310, new Cancelled("lab failed", null, new Late.Failure(new Exception("late"))))
                .verdict(RunState.FAILED, "critical job lab failed: no signal", 4310)
                .broughtDownBy("lab/measure", boom)
                .shutdownProblems(new ShutdownProblem("build", null))
                .stragglers("monitor")
                .report();
    }

    @Test
    @Spec({"A-105", "GB-25", "GB-35", "GB-16", "GB-10"})
    void the_cause_comes_first_and_nothing_that_went_wrong_is_left_out() {
        assertThat(Debrief.of(failedInside()).charset(UTF_8).text()).isEqualTo("""
            ✖ nightly failed in 4.31s: critical job lab failed: no signal
              first failure: lab/measure: IllegalStateException: no signal

            1 ⚠ ☉ ☓   <Job `build`> [[ -> ok]]
            2   ★ ☓   <Job `notify`> !! exception => IOException:no mail server!! requires={1}
            3 ⚠ ★ ☓   <Workflow `lab`> !! CRIT. EXC. => IllegalStateException:no signal!! requires={1} -> entries={4}
            4 ⚠ ★ ☓   > <Job `measure`> !! CRIT. EXC. => IllegalStateException:no signal!!
            5     ⚐   > <Job `clean up`> [not-run: measure failed] requires={4}
            3 --end-- < <Workflow `lab`> exits={5}
            6 ⚠   ⚐   <Job `report`> [not-run: lab failed] requires={3}
            7 ⚠   ⊘ ∞ <Job `monitor`> [cancelled: lab failed]

            ===== 3 jobs failed, 2 of them critical
            ----- CRITICAL JOB 4 ⚠ ★ ☓   <Job `measure`> at lab/measure, 3 attempts
                java.lang.IllegalStateException: no signal
                    at shop.Steps.measure(Steps.java:7)
                Caused by: java.lang.ArithmeticException: / by zero
                    at shop.Steps.read(Steps.java:7)
            ----- CRITICAL JOB 3 ⚠ ★ ☓   <Workflow `lab`> at lab
                IllegalStateException: no signal (the stack is that of lab/measure)
            ----- non-critical job 2   ★ ☓   <Job `notify`> at notify
                java.io.IOException: no mail server
                    at shop.Steps.mail(Steps.java:7)

            ===== 3 warnings
            - job monitor threw after it had been told to stop: Exception: late
            - monitor had not stopped when the grace period was over
            - shutdown of build did not return in time

            not started because of it: lab/clean up, report

            critical path 4.3s: build 1s → lab 3.2s (waited for slots 100ms)
            """);
    }

    @Test
    @Spec("A-105")
    void in_ascii_only_labels_and_messages_keep_other_characters() {
        String text = Debrief.of(failedInside()).charset(US_ASCII).text();

        assertThat(text).matches(US_ASCII.newEncoder()::canEncode);
        assertThat(text)
                .startsWith("x nightly failed in 4.31s: critical job lab failed: no signal\n")
                .contains("\n- shutdown of build did not return in time\n")
                .endsWith("\ncritical path 4.3s: build 1s -> lab 3.2s (waited for slots 100ms)\n");
    }

    @Test
    @Spec("A-105")
    void of_a_run_that_succeeded_there_is_the_verdict_the_listing_and_the_critical_path() {
        var two = Workflow.named("two");
        Job<?> a = two.action("a", () -> {});
        two.action("b", () -> {}).requires(a);
        RunReport report = Recorded.of(two)
                .succeeded("a", 0, 1500, 1)
                .succeeded("b", 1500, 2000, 2)
                .verdict(RunState.SUCCEEDED, "all jobs have ended", 2000)
                .report();

        assertThat(Debrief.of(report).charset(UTF_8).text()).isEqualTo("""
            ✔ two succeeded in 2s: all jobs have ended

            1 ⚠ ☉ ☓   <Job `a`> [[ -> 1]]
            2 ⚠ ☉ ☓   <Job `b`> [[ -> 2]] requires={1}

            critical path 2s: a 1.5s → b 500ms (waited for slots 0ms)
            """);
    }

    @Test
    @Spec("A-105")
    void before_and_while_it_runs_there_is_a_debrief_as_well() {
        var one = Workflow.named("one");
        one.action("a", () -> {});

        assertThat(Debrief.of(RunReport.idle(one.plan())).charset(UTF_8).text())
                .isEqualTo("○ one idle\n\n1 ⚠   ⚐   <Job `a`> [not done]\n");
        assertThat(Debrief.of(Recorded.of(one)
                                .running("a", 1)
                                .verdict(RunState.RUNNING, "", 1500)
                                .report())
                        .charset(UTF_8)
                        .text())
                .isEqualTo("◐ one running for 1.5s\n\n1 ⚠ ☉ ↺   <Job `a`> [not done]\n");
    }

    @Test
    @Spec({"A-105", "GB-06"})
    void timeouts_skipped_jobs_and_details_are_told() {
        var three = Workflow.named("three");
        Job<?> slow = three.job("slow", Print.of("x")).critical(false);
        three.action("after", () -> {}).requires(slow);
        RunReport report = Recorded.of(three)
                .ended("slow", 0, 2000, new TimedOut(Duration.ofSeconds(2), new Late.Value(7)))
                .skipped("after", "slow timed out")
                .verdict(RunState.SUCCEEDED, "", 2000)
                .report();

        assertThat(Debrief.of(report).details(true).charset(UTF_8).text()).isEqualTo("""
            ✔ three succeeded in 2s

            1   ★ ☓   <Print `slow`> !! exception => TimeoutException:took longer than 2s!!
            msg= x
            2 ⚠   ⤼   <Job `after`> [skipped: slow timed out] requires={1}

            ===== 1 job failed, 0 of them critical
            ----- non-critical job 1   ★ ☓   <Print `slow`> at slow
                took longer than 2s

            ===== 1 warning
            - job slow returned after it had been told to stop: 7

            skipped: after

            critical path 2s: slow 2s (waited for slots 0ms)
            """);
    }

    @Test
    @Spec({"A-105", "GB-25"})
    void a_failure_inside_a_run_that_was_made_on_the_fly_is_told() {
        var parts = Workflow.named("parts");
        parts.action("one", () -> {});
        var main = Workflow.named("main");
        main.action("fan", () -> {});
        Recorded run = Recorded.of(parts).failed("one", 0, 1, at("one", new IllegalStateException("odd")));

        assertThat(Recorded.of(main)
                        .succeeded("fan", 0, 2, 0)
                        .inside("fan", run)
                        .verdict(RunState.SUCCEEDED, "", 2)
                        .report()
                        .debrief())
                .contains("===== 1 job failed, 0 of them critical\n----- non-critical job 2 ")
                .contains("<Job `one`> at fan/one\n    java.lang.IllegalStateException: odd\n");
    }

    @Test
    @Spec("A-105")
    void a_failure_that_can_not_even_be_printed_does_not_spoil_it() {
        var one = Workflow.named("one");
        one.action("a", () -> {});
        var evil = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };

        assertThat(Recorded.of(one).failed("a", 0, 1, evil).report().debrief()).contains("""
                DebriefTest$1: (its getMessage failed: java.lang.IllegalStateException)
                (its stack trace failed: java.lang.IllegalStateException)
            """);
    }

    @Test
    void of_many_jobs_that_were_not_started_it_names_the_first_and_counts_the_rest() {
        var many = Workflow.named("many");
        for (int i = 1; i <= 100; i++) {
            many.action("j" + i, () -> {});
        }
        Recorded run = Recorded.of(many);
        for (int i = 1; i <= 100; i++) {
            run.notRun("j" + i, "cancelled");
        }

        assertThat(run.report().debrief())
                .contains("\nnot started because of it: j1, j2, j3, j4, j5, j6, j7, j8, j9, j10 and 90 more\n");
    }
}
