package io.orrery.examples;

import static io.orrery.testkit.RunAssert.assertThat;

import io.orrery.outcome.Listing;
import io.orrery.outcome.RunReport;
import io.orrery.testkit.OrreryExtension;
import io.orrery.time.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole trail of each example, on manual time. */
@ExtendWith(OrreryExtension.class)
class ExamplesTest {

    private Rehearsal play;

    @BeforeEach
    void set(ManualTime time) {
        play = new Rehearsal(time);
    }

    private static void assertListing(RunReport run, String... lines) {
        Assertions.assertThat(Listing.of(run).charset(StandardCharsets.UTF_8).text())
                .isEqualTo(String.join("\n", lines) + "\n");
    }

    @Test
    void a_runs_three_jobs_at_once() {
        assertThat(ParallelJobs.play(play.stage)).succeeded().took(Duration.ofMillis(250));

        play.said(
                "000.000  a1 begins",
                "000.000  a2 begins",
                "000.000  a3 begins",
                "000.100  a1 ends",
                "000.200  a2 ends",
                "000.250  a3 ends",
                "000.250  all are done, and a1 has slept for 100 ms");
    }

    @Test
    void b_has_one_job_wait_for_another_one() {
        assertThat(Requirements.play(play.stage)).succeeded().ranOneByOne("b1", "b2");

        saidByB();
    }

    @Test
    void b_prime_does_the_same_with_a_sequence() {
        assertThat(JobsInSequence.play(play.stage)).succeeded().ranOneByOne("b1", "b2");

        saidByB();
    }

    private void saidByB() {
        play.said(
                "000.000  b1 begins",
                "000.000  b3 begins",
                "000.100  b1 ends",
                "000.100  b2 begins",
                "000.250  b3 ends",
                "000.300  b2 ends");
    }

    @Test
    void c_stops_its_endless_monitor_when_the_others_are_done() {
        RunReport run = EndlessMonitor.play(play.stage);

        assertThat(run)
                .succeeded()
                .hasOutcomes("c1 succeeded", "c2 succeeded", "c3 succeeded", "monitor cancelled")
                .endedBecause("monitor", "run finished");
        assertListing(
                run,
                "1 ⚠ ☉ ☓   <Job `c1`> [[ -> 200]]",
                "2 ⚠ ☉ ☓   <Job `c2`> [[ -> 400]]",
                "3 ⚠ ☉ ☓   <Job `c3`> [[ -> 300]] requires={1}",
                "4 ⚠   ⊘ ∞ <Job `monitor`> [cancelled: run finished]");

        play.said(
                "000.000  bus: c1 begins",
                "000.000  bus: c2 begins",
                "000.200  bus: c1 ends",
                "000.200  bus: c3 begins",
                "000.400  bus: c2 ends",
                "000.500  bus: c3 ends");
    }

    @Test
    void d_ends_at_its_timeout() {
        assertThat(RunTimeout.play(play.stage))
                .timedOut()
                .took(Duration.ofMillis(250))
                .hasOutcomes("counter cancelled");

        play.said(
                "000.000  counter at 0",
                "000.100  counter at 1",
                "000.200  counter at 2",
                "000.250  the run timed out after 250ms");
    }

    @Test
    void e_goes_on_after_a_failure_that_is_not_critical() {
        RunReport run = NonCriticalFailure.play(play.stage);

        assertThat(run)
                .succeeded()
                .hasOutcomes("begin succeeded", "boom failed", "end succeeded")
                .ranOneByOne("begin", "boom", "end");
        assertListing(
                run,
                "1 ⚠ ☉ ☓   <Job `begin`> [[ -> 200]]",
                "2   ★ ☓   <Job `boom`> !! exception => IllegalStateException:boom after 200 ms!! requires={1}",
                "3 ⚠ ☉ ☓   <Job `end`> [[ -> 300]] requires={2}");

        play.said(
                "000.000  begin begins",
                "000.200  begin ends",
                "000.400  end begins",
                "000.700  all jobs have ended",
                "000.700  end ends");
    }

    @Test
    void f_ends_at_once_with_a_critical_failure() {
        RunReport run = CriticalFailure.play(play.stage);

        assertThat(run).failedBecause("boom after 200 ms").hasOutcomes("begin succeeded", "boom failed", "end not-run");
        assertListing(
                run,
                "1 ⚠ ☉ ☓   <Job `begin`> [[ -> 200]]",
                "2 ⚠ ★ ☓   <Job `boom`> !! CRIT. EXC. => IllegalStateException:boom after 200 ms!! requires={1}",
                "3 ⚠   ⚐   <Job `end`> [not-run: boom failed] requires={2}");

        play.said(
                "000.000  begin begins", "000.200  begin ends", "000.400  critical job boom failed: boom after 200 ms");
    }

    @Test
    void the_window_lets_four_jobs_run_at_once() {
        assertThat(LimitedWindow.play(play.stage))
                .succeeded()
                .ranAtMostAtOnce(4)
                .startedInOrder("nap 1", "nap 2", "nap 3", "nap 4", "nap 5", "nap 6", "nap 7", "nap 8");

        play.said(
                "000.000  nap 1 begins",
                "000.000  nap 2 begins",
                "000.000  nap 3 begins",
                "000.000  nap 4 begins",
                "000.500  nap 1 ends",
                "000.500  nap 2 ends",
                "000.500  nap 3 ends",
                "000.500  nap 4 ends",
                "000.500  nap 5 begins",
                "000.500  nap 6 begins",
                "000.500  nap 7 begins",
                "000.500  nap 8 begins",
                "001.000  all are done",
                "001.000  nap 5 ends",
                "001.000  nap 6 ends",
                "001.000  nap 7 ends",
                "001.000  nap 8 ends");
    }

    @Test
    void a_nested_workflow_is_one_job_of_another_one() {
        assertThat(NestedWorkflow.play(play.stage))
                .succeeded()
                .ranOneByOne("start", "diamond", "end")
                .ranOneByOne("diamond/top", "diamond/left", "diamond/bottom")
                .ranOneByOne("diamond/top", "diamond/right", "diamond/bottom");

        play.said(
                "000.000  start begins",
                "000.100  start ends",
                "000.100  top begins",
                "000.200  left begins",
                "000.200  right begins",
                "000.200  top ends",
                "000.350  left ends",
                "000.400  bottom begins",
                "000.400  right ends",
                "000.500  bottom ends",
                "000.500  end begins",
                "000.600  end ends");
    }

    @Test
    void shutdown_lets_go_what_jobs_hold_even_when_the_run_fails() {
        assertThat(ShutdownOfJobs.play(play.stage))
                .failedBecause("not understood")
                .hasOutcomes("first succeeded", "broken failed", "second not-run");

        play.said.assertLines(
                "000.000  connection opened",
                "000.100  answer for first",
                "000.100  connection closed",
                "000.100  critical job broken failed: not understood");
    }
}
