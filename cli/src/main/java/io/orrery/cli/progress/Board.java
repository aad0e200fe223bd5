package io.orrery.cli.progress;

import io.orrery.cli.terminal.Cells;
import io.orrery.job.JobOutcome;
import io.orrery.job.State;
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
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run from its events: a row for each job, those of nested workflows included, all of them there from the
 * start and in the order of declaration. For use by one thread at a time.
 */
final class Board {

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private @Nullable Plan<?> plan;
    private String stopping = "";

    /** The plan of the outermost run; null before it has started. */
    @Nullable
    Plan<?> plan() {
        return plan;
    }

    /** Why the run is being stopped; empty while it is not. */
    String stopping() {
        return stopping;
    }

    Collection<Row> rows() {
        return rows.values();
    }

    /** How many jobs are in which state; a nested workflow counts by its jobs, not as one itself. */
    Map<State, Integer> counts() {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (Row row : rows.values()) {
            if (!row.isNested()) {
                counts.merge(row.state, 1, Integer::sum);
            }
        }
        return counts;
    }

    void on(RunEvent event) {
        switch (event) {
            case RunStarted started -> start(started);
            case JobQueued queued -> state(queued.path(), State.QUEUED);
            case JobStarted started -> start(started);
            case JobRetrying retrying -> {
                state(retrying.path(), State.RETRYING);
                note(retrying.path(), Reasons.of(retrying.ending()));
            }
            case JobProgressed progressed ->
                note(
                        progressed.path(),
                        Math.round(progressed.progress().done() * 100) + " % "
                                + progressed.progress().text());
            case JobLogged logged -> note(logged.path(), logged.message());
            case JobFinished finished -> finish(finished);
            case RunStopping stopped -> {
                if (stopped.path().isEmpty() && stopped.state() != RunState.SUCCEEDED) {
                    stopping = stopped.why();
                }
            }
            case RunPaused paused -> {}
            case RunResumed resumed -> {}
            case ShutdownFailed failed -> {}
            case RunFinished finished -> {}
        }
    }

    /** Notes what a job printed last, as long as it has nothing to say itself. */
    void printed(String path, String line) {
        Row row = rows.get(path);
        if (row != null && row.isActive() && !line.isBlank()) {
            row.note = Cells.harmless(line).strip();
        }
    }

    private void start(RunStarted event) {
        if (event.path().isEmpty()) {
            plan = event.plan();
        }
        reset(event.plan(), event.path());
    }

    /** Makes the rows of a plan; of one that is run again, as new. */
    private void reset(Plan<?> plan, String around) {
        for (PlannedJob job : plan.jobs()) {
            String path = around.isEmpty() ? job.id() : around + "/" + job.id();
            rows.put(path, new Row(path, job));
            job.nested().ifPresent(nested -> reset(nested, path));
        }
    }

    private void start(JobStarted event) {
        Row row = rows.get(event.path());
        if (row == null) {
            return;
        }
        row.state = State.RUNNING;
        row.attempt = event.attempt();
        row.note = "";
        if (row.start == null) {
            row.start = event.at();
        }
        for (PlannedJob.Link successor : row.job.successors()) {
            Row waiting = sibling(row, successor.job());
            if (waiting != null && waiting.state == State.IDLE) {
                waiting.state = State.WAITING;
            }
        }
    }

    private void finish(JobFinished event) {
        Row row = rows.get(event.path());
        if (row == null) {
            return;
        }
        JobOutcome outcome = event.outcome();
        row.state = outcome.state();
        row.attempt = event.attempts();
        if (row.start != null) {
            row.end = event.at();
        } else if (row.isNested()) {
            String inside = row.path + "/";
            rows.values().stream()
                    .filter(other -> other.path.startsWith(inside))
                    .forEach(other -> other.state = row.state);
        }
        row.note = Reasons.of(outcome);
    }

    private void state(String path, State state) {
        Row row = rows.get(path);
        if (row != null) {
            row.state = state;
        }
    }

    private void note(String path, String note) {
        Row row = rows.get(path);
        if (row != null) {
            row.note = Cells.harmless(note).strip();
        }
    }

    /** What a job waits for: the first of its requirements that has not ended, and how many have. */
    String waitsFor(Row row) {
        int ended = 0;
        String first = "";
        var requirements = row.job.requirements();
        for (PlannedJob.Link requirement : requirements) {
            Row required = sibling(row, requirement.job());
            if (required != null && required.state.ended()) {
                ended++;
            } else if (first.isEmpty()) {
                first = requirement.job().id();
            }
        }
        String many = requirements.size() > 1 ? " (%d of %d done)".formatted(ended, requirements.size()) : "";
        return first.isEmpty() ? "" : "waiting for " + first + many;
    }

    private @Nullable Row sibling(Row row, PlannedJob other) {
        int end = row.path.length() - row.job.id().length();
        return rows.get(row.path.substring(0, end) + other.id());
    }
}
