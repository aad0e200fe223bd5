package io.orrery.testkit;

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
import io.orrery.time.Durations;

/** An event as a line of a trail: who, and what became of it. */
final class EventWords {

    private EventWords() {}

    static String of(RunEvent event) {
        return switch (event) {
            case RunStarted started -> run(started) + " started";
            case RunPaused paused -> run(paused) + " paused";
            case RunResumed resumed -> run(resumed) + " resumed";
            case RunStopping stopping -> run(stopping) + " stopping";
            case RunFinished finished ->
                run(finished) + " " + finished.report().state().state().word();
            case JobQueued queued -> queued.path() + " queued";
            case JobStarted started ->
                started.path() + " started" + (started.attempt() == 1 ? "" : ", attempt " + started.attempt());
            case JobRetrying retrying ->
                retrying.path() + " " + retrying.ending().state().word() + ", retried in "
                        + Durations.text(retrying.delay());
            case JobProgressed progressed ->
                progressed.path() + " at " + Math.round(progressed.progress().done() * 100) + "%";
            case JobLogged logged -> logged.path() + ": " + logged.message();
            case JobFinished finished ->
                finished.path() + " " + finished.outcome().state().word();
            case ShutdownFailed failed -> failed.problem().toString();
        };
    }

    private static String run(RunEvent event) {
        return event.path().isEmpty() ? "run" : "run of " + event.path();
    }
}
