package io.orrery.outcome;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.JobOutcome.Skipped;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.Limit;
import io.orrery.job.State;
import io.orrery.plan.PlannedJob.Link;
import io.orrery.time.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why a job is in its state, in one sentence without a full stop. */
final class Explanation {

    private static final int NAMED_AT_MOST = 10;

    private final JobReport job;

    private Explanation(JobReport job) {
        this.job = job;
    }

    static String of(JobReport job) {
        var explanation = new Explanation(job);
        String sentence = job.outcome().map(explanation::ended).orElseGet(() -> explanation.going(job.state()));
        return job.path() + " " + sentence;
    }

    private String ended(JobOutcome outcome) {
        return switch (outcome) {
            case Succeeded succeeded -> "succeeded" + took();
            case Failed failed -> "failed" + took() + ": " + Texts.failure(failed.cause());
            case TimedOut timedOut -> "timed out" + attempts() + ": it " + timedOut.because();
            case Cancelled cancelled -> "was cancelled: " + cancelled.because() + lastFailure(cancelled);
            case Skipped skipped -> "was skipped: " + skipped.because();
            case NotRun notRun -> "was not run: " + notRun.because() + unmet("; it waited for ");
        };
    }

    private static String lastFailure(Cancelled cancelled) {
        return cancelled
                .failure()
                .map(last -> "; its last attempt had failed: " + Texts.failure(last))
                .orElse("");
    }

    private String took() {
        return job.duration().map(time -> " after " + Durations.text(time)).orElse("") + attempts();
    }

    private String attempts() {
        return job.attempts() > 1 ? " in attempt " + attempt() : "";
    }

    private String attempt() {
        return job.attempts() + " of "
                + Math.max(job.attempts(), job.planned().options().retry().maxAttempts());
    }

    private String going(State state) {
        return switch (state) {
            case QUEUED -> "is queued: " + whatItQueuesFor();
            case RUNNING -> "is running" + attempts() + since() + progress();
            case RETRYING -> "is waiting to be retried: attempt " + attempt() + " has failed";
            default -> "is " + state.word() + ": " + whatItWaitsFor();
        };
    }

    private String since() {
        return job.start()
                .map(start -> ", since " + Durations.text(start) + " after the start")
                .orElse("");
    }

    private String progress() {
        String inside = job.nested()
                .filter(run -> run.state() != RunState.IDLE)
                .map(run -> ": " + run.stats())
                .orElse("");
        return inside
                + job.progress()
                        .map(told -> ", " + Math.round(told.done() * 100) + " % done"
                                + (told.text().isEmpty() ? "" : ": " + Texts.value(told.text())))
                        .orElse("");
    }

    private String whatItWaitsFor() {
        if (job.run().state() == RunState.IDLE) {
            return "nothing has been run" + unmet(", and it requires ");
        }
        String unmet = unmet("it waits for ");
        if (!unmet.isEmpty()) {
            return unmet;
        }
        return job.run().state() == RunState.PAUSED ? "the run is paused" : "it is about to start";
    }

    /** The requirements that do not hold, each one with what is asked of it and what it does; empty if there are none. */
    private String unmet(String introduction) {
        var unmet = new ArrayList<String>();
        for (Link link : job.planned().requirements()) {
            var required = new JobReport(job.run(), link.job().number());
            boolean holds = required.outcome().map(link.ending()::holdsFor).orElse(false);
            if (!holds || neverStarted(required)) {
                unmet.add(required.id() + asked(link.ending()) + " ("
                        + required.state().word() + ")");
            }
        }
        return unmet.isEmpty() ? "" : introduction + named(unmet);
    }

    private static boolean neverStarted(JobReport required) {
        return required.state() == State.NOT_RUN;
    }

    private static String asked(Ending ending) {
        return switch (ending) {
            case FINISHED -> "";
            case SUCCEEDED -> " to succeed";
            case FAILED -> " to fail";
        };
    }

    private String whatItQueuesFor() {
        var reasons = new ArrayList<String>();
        if (job.run().state() == RunState.PAUSED) {
            reasons.add("the run is paused");
        }
        int window = job.run().plan().settings().window();
        if (window > 0) {
            List<String> running = holdersOfTheWindow();
            if (running.size() >= window) {
                reasons.add("all slots of the window (" + window + ") are taken by " + named(running));
            }
        }
        for (Limit limit : job.planned().options().limits()) {
            List<Object> holders = limit.holders();
            if (holders.size() >= limit.slots()) {
                reasons.add("all slots of " + limit + " are taken by "
                        + named(holders.stream().map(Texts::value).toList()));
            }
        }
        return reasons.isEmpty() ? "it waits for a slot" : String.join("; ", reasons);
    }

    private List<String> holdersOfTheWindow() {
        return job.run().jobs().stream()
                .filter(other -> other.state() == State.RUNNING && !other.forever())
                .map(JobReport::id)
                .toList();
    }

    /** Names, separated by commas; of many, the first ones and how many more there are. */
    static String named(List<String> names) {
        int more = names.size() - NAMED_AT_MOST;
        return names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
