package io.orrery.cli.progress;

import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Channel;
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
import io.orrery.time.Durations;
import io.orrery.workflowfile.process.OutputLines;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One line a transition, in ASCII, the time since the start first: for logs of machines, and for people who read those. */
final class PlainDisplay implements Display {

    private static final int WIDEST_NAME = 30;

    private final Channel err;
    private final Outlet outlet;
    private final Map<String, Duration> starts = new HashMap<>(); // used by the thread of the events
    private int nameWidth;

    /** A display on {@code err}; jobs' output goes to the outlet. */
    PlainDisplay(Channel err, Outlet outlet) {
        this.err = err;
        this.outlet = outlet;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunStarted started -> begin(started);
            case JobStarted started -> {
                starts.putIfAbsent(started.path(), started.at());
                line(started, State.RUNNING, "started", started.attempt() > 1 ? "attempt " + started.attempt() : "");
            }
            case JobRetrying retrying ->
                line(
                        retrying,
                        State.FAILED,
                        retrying.ending().state().word(),
                        Reasons.of(retrying.ending()) + " (attempt " + retrying.attempt() + "), retry in "
                                + Durations.text(retrying.delay()));
            case JobFinished finished -> finish(finished);
            case JobLogged logged -> line(logged, State.IDLE, "says", Cells.harmless(logged.message()));
            case RunStopping stopping -> {
                if (stopping.state() != RunState.SUCCEEDED) {
                    line(stopping, stopping.state().state(), "stopping", Cells.harmless(stopping.why()));
                }
            }
            case RunPaused paused -> line(paused, State.PAUSED, "paused", "");
            case RunResumed resumed -> line(resumed, State.RUNNING, "resumed", "");
            case ShutdownFailed failed ->
                line(
                        failed,
                        State.MISSED,
                        "warning",
                        Cells.harmless(failed.problem().toString()));
            case JobQueued queued -> {}
            case JobProgressed progressed -> {}
            case RunFinished finished -> {}
        }
    }

    private void begin(RunStarted event) {
        Plan<?> plan = event.plan();
        if (event.path().isEmpty()) {
            nameWidth = Math.min(WIDEST_NAME, widestName(plan, ""));
            int window = plan.settings().window();
            err.println("%s run %s %s: %d %s%s"
                    .formatted(
                            Elapsed.stamp(event.at()),
                            event.runId(),
                            plan.name(),
                            plan.size(),
                            plan.size() == 1 ? "job" : "jobs",
                            window == 0 ? "" : ", window " + window));
        }
    }

    private static int widestName(Plan<?> plan, String around) {
        int widest = 0;
        for (PlannedJob job : plan.jobs()) {
            String path = around + job.id();
            int inside =
                    job.nested().map(nested -> widestName(nested, path + "/")).orElse(0);
            widest = Math.max(widest, Math.max(Cells.width(path), inside));
        }
        return widest;
    }

    private void finish(JobFinished event) {
        JobOutcome outcome = event.outcome();
        Duration start = starts.remove(event.path());
        if (start == null && outcome.state() != State.SKIPPED) {
            return; // what never started is named at the end
        }
        String took = start == null ? "" : Elapsed.brief(event.at().minus(start));
        String attempts = event.attempts() > 1 ? "attempt " + event.attempts() : "";
        line(event, outcome.state(), outcome.state().word(), joined(took, attempts, Reasons.of(outcome)));
    }

    private static String joined(String... parts) {
        return String.join(
                "  ", Arrays.stream(parts).filter(part -> !part.isEmpty()).toList());
    }

    private void line(RunEvent event, State state, String word, String note) {
        String name = event.path().isEmpty() ? "run" : event.path();
        String line = "%s %s %s %s %s"
                .formatted(
                        Elapsed.stamp(event.at()), state.ascii(), Cells.pad(name, nameWidth), Cells.pad(word, 9), note);
        err.println(line.stripTrailing());
    }

    @Override
    public void show(OutputLines lines) {
        outlet.write(lines);
    }

    @Override
    public void pause() {
        outlet.flush();
    }

    @Override
    public void tell(String message) {
        err.println(message);
    }

    @Override
    public void close() {}
}
