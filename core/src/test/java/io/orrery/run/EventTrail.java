package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.time.Durations;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a listener hears, a line an event: when, who, what. Safe for use by any thread. */
final class EventTrail implements RunListener {

    private final List<RunEvent> events = new ArrayList<>();

    @Override
    public synchronized void on(RunEvent event) {
        events.add(event);
    }

    synchronized List<RunEvent> events() {
        return List.copyOf(events);
    }

    List<String> lines() {
        return events().stream().map(EventTrail::line).toList();
    }

    private static String line(RunEvent event) {
        String who = event.path().isEmpty() ? "run" : event.path();
        return Durations.text(event.at()) + " " + who + " " + what(event);
    }

    private static String what(RunEvent event) {
        return switch (event) {
            case RunEvent.RunStarted started -> "run started: " + started.plan().name();
            case RunEvent.RunPaused paused -> "run paused";
            case RunEvent.RunResumed resumed -> "run resumed";
            case RunEvent.RunStopping stopping ->
                "run stopping: " + stopping.state().state().word() + ", " + stopping.why();
            case RunEvent.RunFinished finished ->
                "run finished: " + finished.report().state().state().word();
            case RunEvent.JobQueued queued -> "queued";
            case RunEvent.JobStarted started -> "started #" + started.attempt();
            case RunEvent.JobRetrying retrying ->
                "retrying after #" + retrying.attempt() + " " + outcome(retrying.ending()) + ", in "
                        + Durations.text(retrying.delay());
            case RunEvent.JobProgressed progressed ->
                "at " + progressed.progress().done() + " "
                        + progressed.progress().text();
            case RunEvent.JobLogged logged -> "says " + logged.message();
            case RunEvent.JobFinished finished -> outcome(finished.outcome()) + " after " + finished.attempts();
            case RunEvent.ShutdownFailed failed -> failed.problem().toString();
        };
    }

    static String outcome(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Succeeded succeeded -> "succeeded";
            case JobOutcome.Failed failed -> "failed: " + failed.cause().getMessage();
            case JobOutcome.TimedOut timedOut -> "timed out" + late(timedOut.late());
            case JobOutcome.Cancelled cancelled -> "cancelled: " + cancelled.because() + late(cancelled.late());
            case JobOutcome.Skipped skipped -> "skipped: " + skipped.because();
            case JobOutcome.NotRun notRun -> "not run: " + notRun.because();
        };
    }

    private static String late(JobOutcome.Late late) {
        return switch (late) {
            case null -> "";
            case JobOutcome.Late.Value value -> ", late value " + value.value();
            case JobOutcome.Late.Failure failure -> ", late " + failure.cause().getMessage();
            case JobOutcome.Late.Straggler straggler -> ", straggler";
        };
    }
}
