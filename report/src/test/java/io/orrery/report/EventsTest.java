package io.orrery.report;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunEvent.JobFinished;
import io.orrery.outcome.RunEvent.JobLogged;
import io.orrery.outcome.RunEvent.JobProgressed;
import io.orrery.outcome.RunEvent.JobQueued;
import io.orrery.outcome.RunEvent.JobRetrying;
import io.orrery.outcome.RunEvent.JobStarted;
import io.orrery.outcome.RunEvent.RunFinished;
import io.orrery.outcome.RunEvent.RunPaused;
import io.orrery.outcome.RunEvent.RunResumed;
import io.orrery.outcome.RunEvent.RunStarted;
import io.orrery.outcome.RunEvent.RunStopping;
import io.orrery.outcome.RunEvent.ShutdownFailed;
import io.orrery.outcome.RunState;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.run.RunOptions;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static Exception boom() {
        return new IllegalStateException("boom\nbang");
    }

    private static Duration at(long millis) {
        return Duration.ofMillis(millis);
    }

    /** One event of each kind, several where there is something to tell apart. */
    private static List<RunEvent> events() {
        var inner = Workflow.named("inner");
        inner.action("b", () -> {});
        var etl = Workflow.named("etl").window(4);
        etl.add(inner);
        etl.action("a", () -> {});
        var report = Recorded.of(etl)
                .failed("a", 0, 1, boom())
                .notRun("inner", "a failed")
                .verdict(RunState.FAILED, "critical job a failed: boom", 2345);
        return List.of(
                new RunStarted("R1", "", at(0), etl.plan()),
                new RunStarted("R1", "inner", at(1), inner.plan()),
                new JobQueued("R1", "inner/b", at(2)),
                new JobStarted("R1", "inner/b", at(3), 1),
                new JobRetrying("R1", "inner/b", at(4), 1, new TimedOut(at(70), null), at(10_000)),
                new JobRetrying("R1", "inner/b", at(5), 2, new Failed(boom()), at(0)),
                new JobStarted("R1", "inner/b", at(6), 3),
                new JobProgressed("R1", "inner/b", at(7), new Progress(0.25, "page 1")),
                new JobProgressed("R1", "inner/b", at(8), new Progress(1, "")),
                new JobLogged("R1", "inner/b", at(9), "two\nlines"),
                new JobFinished("R1", "inner/b", at(10), new Succeeded(7), 3),
                new RunPaused("R1", "", at(11)),
                new RunResumed("R1", "", at(12)),
                new JobFinished("R1", "a", at(1013), new Failed(boom()), 1),
                new RunStopping("R1", "", at(1014), RunState.FAILED, "critical job a failed: boom"),
                new ShutdownFailed("R1", "a", at(1015), new ShutdownProblem("a", null)),
                new ShutdownFailed("R1", "inner/b", at(1016), new ShutdownProblem("inner/b", new Exception("locked"))),
                new RunFinished("R1", "", at(1_002_345), report.report()));
    }

    @Test
    @Spec({"A-107", "GB-40", "GB-41", "GB-30"})
    void the_log_of_a_run_has_a_line_for_each_event_with_time_and_whole_path() {
        var lines = new ArrayList<String>();
        var log = RunLog.to(lines::add);

        events().forEach(log::on);

        assertThat(lines)
                .containsExactly(
                        "000.000  etl started: 2 jobs, window 4",
                        "000.001  etl/inner started: 1 job",
                        "000.002  etl/inner/b waits for a slot",
                        "000.003  etl/inner/b started",
                        "000.004  etl/inner/b timed-out: took longer than 70ms; attempt 1, the next one in 10s",
                        "000.005  etl/inner/b failed: IllegalStateException: boom\\n"
                                + "bang; attempt 2, the next one in 0ms",
                        "000.006  etl/inner/b started, attempt 3",
                        "000.007  etl/inner/b 25 % done: page 1",
                        "000.008  etl/inner/b 100 % done",
                        "000.009  etl/inner/b says: two\\nlines",
                        "000.010  etl/inner/b succeeded",
                        "000.011  etl paused",
                        "000.012  etl resumed",
                        "001.013  etl/a failed: IllegalStateException: boom\\nbang",
                        "001.014  etl is stopping, failed: critical job a failed: boom",
                        "001.015  etl/a shutdown did not return in time",
                        "001.016  etl/inner/b shutdown failed: Exception: locked",
                        "1002.345  etl failed: critical job a failed: boom (1 failed, 1 not-run of 2)");
    }

    @Test
    @Spec("GB-40")
    void concurrent_runs_in_one_log_are_told_apart_by_name_and_unknown_ones_by_id() {
        var lines = new ArrayList<String>();
        var log = RunLog.to(lines::add);
        log.on(new RunStarted("R1", "", at(0), Workflow.named("one").plan()));
        log.on(new RunStarted("R2", "", at(0), Workflow.named("two").plan()));
        log.on(new JobStarted("R1", "job", at(1), 1));
        log.on(new JobStarted("R2", "job", at(1), 1));
        log.on(new JobStarted("R3", "job", at(1), 1));

        assertThat(lines.subList(2, 5))
                .containsExactly("000.001  one/job started", "000.001  two/job started", "000.001  R3/job started");
    }

    @Test
    @Spec({"GB-30", "GB-40"})
    void each_event_is_a_line_of_json_with_time_run_and_path() {
        assertThat(events().stream().map(Json::of).collect(joining("\n"))).isEqualTo("""
            {"atMs": 0, "event": "run-started", "run": "R1", "workflow": "etl", "jobs": 2}
            {"atMs": 1, "event": "run-started", "run": "R1", "job": "inner", "workflow": "inner", "jobs": 1}
            {"atMs": 2, "event": "job-queued", "run": "R1", "job": "inner/b"}
            {"atMs": 3, "event": "job-started", "run": "R1", "job": "inner/b", "attempt": 1}
            {"atMs": 4, "event": "job-retrying", "run": "R1", "job": "inner/b", "attempt": 1, \
            "state": "timed-out", "because": "took longer than 70ms", "delayMs": 10000}
            {"atMs": 5, "event": "job-retrying", "run": "R1", "job": "inner/b", "attempt": 2, \
            "state": "failed", "failure": {"type": "IllegalStateException", "message": "boom\\nbang"}, \
            "delayMs": 0}
            {"atMs": 6, "event": "job-started", "run": "R1", "job": "inner/b", "attempt": 3}
            {"atMs": 7, "event": "job-progressed", "run": "R1", "job": "inner/b", "done": 0.25, "text": "page 1"}
            {"atMs": 8, "event": "job-progressed", "run": "R1", "job": "inner/b", "done": 1.0, "text": ""}
            {"atMs": 9, "event": "job-logged", "run": "R1", "job": "inner/b", "message": "two\\nlines"}
            {"atMs": 10, "event": "job-finished", "run": "R1", "job": "inner/b", "state": "succeeded", "attempts": 3}
            {"atMs": 11, "event": "run-paused", "run": "R1"}
            {"atMs": 12, "event": "run-resumed", "run": "R1"}
            {"atMs": 1013, "event": "job-finished", "run": "R1", "job": "a", "state": "failed", "attempts": 1, \
            "failure": {"type": "IllegalStateException", "message": "boom\\nbang"}}
            {"atMs": 1014, "event": "run-stopping", "run": "R1", "state": "failed", \
            "why": "critical job a failed: boom"}
            {"atMs": 1015, "event": "shutdown-failed", "run": "R1", "job": "a", \
            "because": "did not return in time"}
            {"atMs": 1016, "event": "shutdown-failed", "run": "R1", "job": "inner/b", \
            "failure": {"type": "Exception", "message": "locked"}}
            {"atMs": 1002345, "event": "run-finished", "run": "R1", "state": "failed", \
            "why": "critical job a failed: boom", "durationMs": 2345}\
            """);
    }

    @Test
    @Spec({"A-107", "GB-41"})
    void a_real_run_tells_its_log_from_beginning_to_end_and_prints_nothing() {
        var lines = new ArrayList<String>();
        var etl = Workflow.named("etl");
        var fetch = etl.action("fetch", context -> context.sleep(Duration.ofMillis(1500)));
        etl.action("load", context -> context.log("hello")).requires(fetch);

        etl.run(RunOptions.defaults().time(ManualTime.skipping()).listener(RunLog.to(lines::add)));

        assertThat(lines)
                .containsExactly(
                        "000.000  etl started: 2 jobs",
                        "000.000  etl/fetch started",
                        "001.500  etl/fetch succeeded",
                        "001.500  etl/load started",
                        "001.500  etl/load says: hello",
                        "001.500  etl/load succeeded",
                        "001.500  etl is stopping, succeeded: all jobs have ended",
                        "001.500  etl succeeded: all jobs have ended (2 succeeded of 2)");
    }
}
