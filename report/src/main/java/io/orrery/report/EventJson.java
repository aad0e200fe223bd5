package io.orrery.report;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event as data: when, what, in which run, of which job; then what belongs to it. */
final class EventJson {

    private EventJson() {}

    static Map<String, @Nullable Object> document(RunEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("atMs", event.at().toMillis());
        fields.put("event", name(event));
        fields.put("run", event.runId());
        if (!event.path().isEmpty()) {
            fields.put("job", event.path());
        }
        add(fields, event);
        return fields;
    }

    /** The name of the record, as {@code run-started}. */
    private static String name(RunEvent event) {
        return switch (event) {
            case RunStarted e -> "run-started";
            case JobQueued e -> "job-queued";
            case JobStarted e -> "job-started";
            case JobRetrying e -> "job-retrying";
            case JobProgressed e -> "job-progressed";
            case JobLogged e -> "job-logged";
            case JobFinished e -> "job-finished";
            case RunPaused e -> "run-paused";
            case RunResumed e -> "run-resumed";
            case RunStopping e -> "run-stopping";
            case ShutdownFailed e -> "shutdown-failed";
            case RunFinished e -> "run-finished";
        };
    }

    private static void add(Map<String, @Nullable Object> fields, RunEvent event) {
        switch (event) {
            case RunStarted started -> {
                fields.put("workflow", started.plan().name());
                fields.put("jobs", started.plan().size());
            }
            case JobStarted started -> fields.put("attempt", started.attempt());
            case JobRetrying retrying -> {
                fields.put("attempt", retrying.attempt());
                fields.put("state", retrying.ending().state().word());
                OutcomeJson.add(fields, retrying.ending());
                fields.put("delayMs", retrying.delay().toMillis());
            }
            case JobProgressed progressed -> {
                fields.put("done", progressed.progress().done());
                fields.put("text", progressed.progress().text());
            }
            case JobLogged logged -> fields.put("message", logged.message());
            case JobFinished finished -> {
                fields.put("state", finished.outcome().state().word());
                fields.put("attempts", finished.attempts());
                OutcomeJson.add(fields, finished.outcome());
            }
            case RunStopping stopping -> verdict(fields, stopping.state(), stopping.why());
            case ShutdownFailed failed ->
                failed.problem()
                        .failure()
                        .ifPresentOrElse(
                                cause -> fields.put("failure", OutcomeJson.failure(cause)),
                                () -> fields.put("because", "did not return in time"));
            case RunFinished finished -> {
                verdict(fields, finished.report().state(), finished.report().why());
                fields.put("durationMs", finished.report().summary().elapsed().toMillis());
            }
            case JobQueued e -> {}
            case RunPaused e -> {}
            case RunResumed e -> {}
        }
    }

    private static void verdict(Map<String, @Nullable Object> fields, RunState state, String why) {
        fields.put("state", state.state().word());
        fields.put("why", why);
    }
}
