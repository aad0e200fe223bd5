package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.workflowfile.process.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, from the text to the report of a run of real processes. */
@Spec("GB-63")
class RunFileTest {
    private final List<String> output = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void jobs_run_in_their_order_each_one_in_the_folder_of_the_file() throws IOException {
        var report = run("""
            version: 1
            params: {word: three}
            env: {FILE: out.txt}
            jobs:
              third: {run: 'echo "$WORD" >> $FILE', requires: {second: succeeded}, env: {WORD: "${{ params.word }}"}}
              first: {run: echo one >> $FILE}
              second: {jobs: {only: {exec: [sh, -c, "echo two >> out.txt; echo said"]}}, requires: first}
            """);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo("one\ntwo\nthree\n");
        assertThat(output).containsExactly("second/only: said");
    }

    @Test
    void a_failed_job_stops_the_run_unless_it_is_not_critical() {
        var report = run("""
            version: 1
            jobs:
              minor: {run: exit 4, critical: false}
              after: {run: "true", requires: minor}
              never: {run: "true", requires: {minor: succeeded}}
              major: {run: exit 5, requires: after}
              last: {run: "true", requires: major}
            """);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.jobs())
                .extracting(JobReport::state)
                .containsExactly(State.FAILED, State.SUCCEEDED, State.SKIPPED, State.FAILED, State.NOT_RUN);
        assertThat(failure(report, "major")).isInstanceOf(ExitStatus.class).hasMessage("exit 5");
    }

    @Test
    void a_job_that_takes_too_long_is_ended_with_all_it_started() {
        for (int millis = 250; output.isEmpty(); millis *= 2) { // until the machine starts a shell in this time
            var report = run("""
                version: 1
                jobs:
                  slow: {run: "setsid sleep 1000 & echo pid $!; sleep 1000", timeout: %dms}
                """.formatted(millis));

            assertThat(report.find("slow").orElseThrow().state()).isEqualTo(State.TIMED_OUT);
            assertThat(report.state()).isEqualTo(RunState.FAILED);
            assertThat(report.summary().notes().stragglers()).isEmpty();
        }
        awaitGone(output.getFirst());
    }

    @Test
    void a_run_that_takes_too_long_is_ended_in_order() {
        var report = run("""
            version: 1
            timeout: 2s
            jobs:
              slow: {run: sleep 1000}
              next: {run: sleep 1000, requires: slow}
            """);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.jobs()).extracting(JobReport::state).containsExactly(State.CANCELLED, State.NOT_RUN);
    }

    @Test
    void a_cancelled_run_leaves_no_process_behind_not_even_one_that_ignores_term() throws InterruptedException {
        var file = Yamls.valid(folder, """
            version: 1
            cancelGrace: 4s
            jobs:
              deaf: {run: "trap '' TERM; echo pid $$; while :; do sleep 1000; done"}
              outer: {jobs: {polite: {run: "echo pid $$; sleep 1000"}}}
            """);
        var started = new CountDownLatch(2);
        var run = file.workflow(line -> {
                    output.add(line.job() + ": " + line.text());
                    started.countDown();
                })
                .start();
        started.await();

        run.cancel("enough");
        var report = run.await();

        assertThat(report.state()).isEqualTo(RunState.CANCELLED);
        assertThat(report.summary().notes().stragglers()).isEmpty();
        assertThat(output).hasSize(2).allSatisfy(RunFileTest::awaitGone);
    }

    @Test
    void an_endless_job_is_ended_when_the_others_are_done() {
        var report = run("""
            version: 1
            jobs:
              monitor: {run: "echo pid $$; touch up; exec tail -f /dev/null", forever: true}
              work: {run: "until [ -e up ]; do sleep 0.01; done"}
            """);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.find("monitor").orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(output).hasSize(1).allSatisfy(RunFileTest::awaitGone);
    }

    @Test
    @Shows("retries: exitCodes")
    void a_job_is_tried_again_after_the_exits_that_are_worth_it() throws IOException {
        var report = run("""
            version: 1
            jobs:
              flaky:
                run: echo x >> tries; [ $(wc -l < tries) -ge 3 ] || exit 75
                retries: {max: 5, delay: 1ms, exitCodes: [75]}
              hopeless:
                run: echo x >> hopeless; exit 2
                retries: {max: 5, delay: 1ms, exitCodes: [75]}
                critical: false
            """);

        assertThat(report.find("flaky").orElseThrow().attempts()).isEqualTo(3);
        assertThat(report.find("flaky").orElseThrow().state()).isEqualTo(State.SUCCEEDED);
        assertThat(Files.readAllLines(folder.resolve("hopeless"))).hasSize(1);
        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void a_program_that_is_missing_fails_its_job_with_a_sentence() {
        var report = run("version: 1\njobs: {a: {exec: [no-such-program]}}\n");

        assertThat(failure(report, "a")).hasMessageStartingWith("Command not found: \"no-such-program\"");
    }

    private RunReport run(String text) {
        return Yamls.valid(folder, text)
                .workflow(line -> output.add(line.job() + ": " + line.text()))
                .run();
    }

    private static Throwable failure(RunReport report, String path) {
        return report.find(path)
                .flatMap(JobReport::outcome)
                .flatMap(JobOutcome::failure)
                .orElseThrow();
    }

    /** Waits until the process of a line {@code job: pid 123} is gone, and not only dead but not yet buried by its parent. */
    private static void awaitGone(String line) {
        long pid = Long.parseLong(line.replaceFirst(".*: pid ", ""));
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }
}
