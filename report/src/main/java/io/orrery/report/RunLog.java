package io.orrery.report;

import io.orrery.job.JobOutcome;
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
import io.orrery.outcome.RunListener;
import io.orrery.time.Durations;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Writes one line for each event of a run: the time since its start, who it is about, and what happened. Each line names
 * the workflow and the whole path of the job, so that what nested and concurrent runs say can be told apart.
 *
 * <p>Safe for use with several runs at once if the sink is. What the sink throws is treated as what a listener throws.
 */
public final class RunLog implements RunListener {

    private final Consumer<String> sink;
    private final Map<String, String> names = new ConcurrentHashMap<>(); // of the workflows that are running, by run id

    private RunLog(Consumer<String> sink) {
        this.sink = sink;
    }

    /** Hands each line, without a line feed, to {@code sink}: a logger, a file, a list. */
    public static RunLog to(Consumer<String> sink) {
        return new RunLog(sink);
    }

    @Override
    public void on(RunEvent event) {
        boolean outermost = event.path().isEmpty();
        if (outermost && event instanceof RunStarted started) {
            names.put(event.runId(), started.plan().name());
        }
        String name = names.getOrDefault(event.runId(), event.runId());
        if (outermost && event instanceof RunFinished) {
            names.remove(event.runId());
        }
        String who = outermost ? name : name + "/" + event.path();
        sink.accept(Watch.text(event.at()) + "  " + Texts.oneLine(who + " " + what(event)));
    }

    private static String what(RunEvent event) {
        return switch (event) {
            case RunStarted started -> started(started);
            case JobQueued queued -> "waits for a slot";
            case JobStarted started -> started.attempt() == 1 ? "started" : "started, attempt " + started.attempt();
            case JobRetrying retrying -> retrying(retrying);
            case JobProgressed progressed -> progressed(progressed);
            case JobLogged logged -> "says: " + logged.message();
            case JobFinished finished -> ended(finished.outcome());
            case RunPaused paused -> "paused";
            case RunResumed resumed -> "resumed";
            case RunStopping stopping ->
                "is stopping, " + stopping.state().state().word() + reason(stopping.why());
            case ShutdownFailed failed ->
                "shutdown "
                        + failed.problem()
                                .failure()
                                .map(cause -> "failed: " + Texts.failure(cause))
                                .orElse("did not return in time");
            case RunFinished finished ->
                finished.report().state().state().word()
                        + reason(finished.report().why()) + " ("
                        + finished.report().stats() + ")";
        };
    }

    private static String started(RunStarted event) {
        int jobs = event.plan().size();
        int window = event.plan().settings().window();
        return "started: " + jobs + (jobs == 1 ? " job" : " jobs") + (window == 0 ? "" : ", window " + window);
    }

    private static String retrying(JobRetrying event) {
        return ended(event.ending()) + "; attempt " + event.attempt() + ", the next one in "
                + Durations.text(event.delay());
    }

    private static String progressed(JobProgressed event) {
        return Math.round(event.progress().done() * 100) + " % done"
                + reason(event.progress().text());
    }

    private static String ended(JobOutcome outcome) {
        return outcome.state().word()
                + reason(outcome.because())
                + outcome.failure()
                        .map(failure -> reason(Texts.failure(failure)))
                        .orElse("");
    }

    private static String reason(String why) {
        return why.isEmpty() ? "" : ": " + why;
    }
}
