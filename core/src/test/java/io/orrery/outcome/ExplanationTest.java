package io.orrery.outcome;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Spec({"GB-14", "GB-06"})
class ExplanationTest {

    private static Workflow etl() {
        var etl = Workflow.named("etl").window(2);
        Job<?> fetch = etl.action("fetch", () -> {});
        Job<?> parse = etl.action("parse", () -> {}).requires(succeeded(fetch));
        etl.action("undo", () -> {}).requires(failed(parse), fetch);
        etl.action("report", () -> {})
                .requires(succeeded(parse), fetch)
                .retry(RetryPolicy.retries(2).delay(Duration.ofSeconds(1)));
        etl.forever("tick", () -> {});
        return etl;
    }

    private static void assertWhy(Recorded run, String job, String expected) {
        assertThat(run.report().why(job)).contains(expected);
    }

    @Test
    void a_job_that_waits_names_whom_it_waits_for_and_what_these_do() {
        assertWhy(
                Recorded.of(etl()).running("fetch", 0),
                "report",
                "report is waiting: it waits for parse to succeed (waiting), fetch (running)");
        assertWhy(
                Recorded.of(etl()).succeeded("fetch", 0, 1, 1).state("parse", State.QUEUED),
                "undo",
                "undo is waiting: it waits for parse to fail (queued)");
    }

    @Test
    void before_a_run_it_says_so() {
        RunReport idle = RunReport.idle(etl().plan());

        assertThat(idle.why("fetch")).contains("fetch is idle: nothing has been run");
        assertThat(idle.why("parse"))
                .contains("parse is idle: nothing has been run, and it requires fetch to succeed (idle)");
        assertThat(idle.why("no such job")).isEmpty();
    }

    @Test
    void a_job_that_waits_for_nobody_is_about_to_start_unless_the_run_is_paused() {
        assertWhy(Recorded.of(etl()), "fetch", "fetch is idle: it is about to start");
        assertWhy(Recorded.of(etl()).verdict(RunState.PAUSED, "", 1), "fetch", "fetch is idle: the run is paused");
    }

    @Test
    void a_queued_job_names_those_who_hold_the_slots() {
        var db = Limit.named("db", 1);
        var busy = Workflow.named("busy").window(2);
        busy.action("a", () -> {});
        busy.action("b", () -> {});
        busy.action("c", () -> {}).limit(db);
        busy.forever("tick", () -> {});
        Recorded run = Recorded.of(busy)
                .running("a", 0)
                .running("b", 0)
                .running("tick", 0)
                .state("c", State.QUEUED);

        assertWhy(run, "c", "c is queued: all slots of the window (2) are taken by a, b");

        Limit.Claim claim = db.claim("other/job", () -> {});
        assertThat(claim.tryTake()).isTrue();
        assertWhy(
                run,
                "c",
                "c is queued: all slots of the window (2) are taken by a, b;"
                        + " all slots of limit \"db\" (1 slot) are taken by other/job");
        assertWhy(
                run.succeeded("a", 0, 1, 1).verdict(RunState.PAUSED, "", 1),
                "c",
                "c is queued: the run is paused; all slots of limit \"db\" (1 slot) are taken by other/job");
        claim.release();
        assertWhy(run.verdict(RunState.RUNNING, "", 1), "c", "c is queued: it waits for a slot");
    }

    @Test
    void a_running_job_says_since_when_in_which_attempt_and_how_far() {
        assertWhy(Recorded.of(etl()).running("fetch", 1500), "fetch", "fetch is running, since 1.5s after the start");
        assertWhy(
                Recorded.of(etl()).running("report", 20).attempts("report", 2).progress("report", 0.404, "page 3"),
                "report",
                "report is running in attempt 2 of 3, since 20ms after the start, 40 % done: page 3");
        assertWhy(
                Recorded.of(etl()).running("fetch", 20).progress("fetch", 1, ""),
                "fetch",
                "fetch is running, since 20ms after the start, 100 % done");
        assertWhy(
                Recorded.of(etl()).state("report", State.RETRYING).attempts("report", 1),
                "report",
                "report is waiting to be retried: attempt 1 of 3 has failed");
    }

    @Test
    void a_running_nested_run_says_what_its_jobs_do() {
        var main = Workflow.named("main");
        main.add(etl());
        Recorded inner = Recorded.of(main.plan().nested(0).orElseThrow()).running("fetch", 1);

        assertWhy(
                Recorded.of(main).running("etl", 0).inside("etl", inner),
                "etl",
                "etl is running, since 0ms after the start: 1 idle, 3 waiting, 1 running of 5");
        assertWhy(
                Recorded.of(main).running("etl", 0).inside("etl", inner),
                "etl/parse",
                "etl/parse is waiting: it waits for fetch to succeed (running)");
    }

    @Test
    void a_job_that_ended_says_how() {
        Recorded run = Recorded.of(etl())
                .succeeded("fetch", 0, 1200, 1)
                .failed("parse", 1200, 1300, new IllegalStateException("line 3"))
                .ended("undo", 1300, 1400, new TimedOut(Duration.ofMillis(100), null))
                .ended("report", 1300, 1400, new Cancelled("parse failed", new Exception("first"), null))
                .ended("tick", 0, 1400, new Cancelled("run finished", null, null));

        assertWhy(run, "fetch", "fetch succeeded after 1.2s");
        assertWhy(run, "parse", "parse failed after 100ms: IllegalStateException: line 3");
        assertWhy(run, "undo", "undo timed out: it took longer than 100ms");
        assertWhy(run, "report", "report was cancelled: parse failed; its last attempt had failed: Exception: first");
        assertWhy(run, "tick", "tick was cancelled: run finished");
        assertWhy(
                run.failed("report", 1, 4, new Exception()).attempts("report", 3),
                "report",
                "report failed after 3ms in attempt 3 of 3: Exception");
    }

    @Test
    void a_job_that_did_not_start_says_because_of_whom() {
        Recorded run = Recorded.of(etl())
                .ended("fetch", 0, 1200, new Cancelled("run timed out", null, null))
                .notRun("parse", "run timed out")
                .skipped("undo", "parse was not run")
                .notRun("report", "run timed out");

        assertWhy(run, "parse", "parse was not run: run timed out; it waited for fetch to succeed (cancelled)");
        assertWhy(run, "undo", "undo was skipped: parse was not run");
        assertWhy(run, "report", "report was not run: run timed out; it waited for parse to succeed (not-run)");
    }
}
