package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunSummary;
import io.orrery.plan.Plan;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a run that have begun and not ended: their timeouts, their grace periods, and the runs inside them. Used
 * by the run's coordinator only.
 */
final class LiveAttempts {

    /** How many runs inside it are remembered of each job. */
    private static final int MOST_INNER = 1_000;

    private final GraphRun run;
    private final Plan<?> plan;
    private final @Nullable Attempt[] live;
    private final Map<Integer, List<GraphRun>> inner = new LinkedHashMap<>(); // also those that have ended
    private final List<String> stragglers = new ArrayList<>();
    private int count;
    private @Nullable Alarm grace; // for all at once, when the run is stopped

    LiveAttempts(GraphRun run, Plan<?> plan) {
        this.run = run;
        this.plan = plan;
        this.live = new Attempt[plan.size()];
    }

    boolean isEmpty() {
        return count == 0;
    }

    void begin(int job, int number) {
        Attempt attempt = plan.nested(job)
                .map(nested -> nestedAttempt(job, number, nested))
                .orElseGet(
                        () -> new BodyAttempt(run, job, number, plan.body(job).orElseThrow()));
        live[job] = attempt;
        count++;
        Duration limit = plan.options(job).timeout();
        if (limit != null) {
            attempt.deadline = run.tree.deadlineAfter(limit);
            attempt.alarm = run.alarm(limit, Mail.Rank.JOB_TIMEOUT, job, () -> timedOut(attempt, limit));
        }
        run.tree.publish(at -> new RunEvent.JobStarted(run.tree.runId, run.pathOf(job), at, number));
        attempt.begin();
    }

    private Attempt nestedAttempt(int job, int number, Plan<?> nested) {
        var attempt = new NestedAttempt(run, job, number, nested);
        innerBegan(job, attempt.inner);
        return attempt;
    }

    /** Notes a run inside a job. Of very many, the first ones are forgotten, lest an endless job fills the memory. */
    void innerBegan(int job, GraphRun one) {
        List<GraphRun> runs = inner.computeIfAbsent(job, key -> new ArrayList<>(1));
        if (runs.size() == MOST_INNER && runs.getFirst().hasEnded()) {
            runs.removeFirst();
        }
        runs.add(one);
    }

    boolean isLive(Attempt attempt) {
        return live[attempt.job] == attempt;
    }

    void ended(Attempt attempt) {
        live[attempt.job] = null;
        count--;
        cancel(attempt.alarm);
    }

    private void timedOut(Attempt attempt, Duration limit) {
        if (isLive(attempt) && attempt.stop(new Attempt.Stop.TimedOut(limit))) {
            watch(attempt);
        }
    }

    private void watch(Attempt attempt) {
        attempt.alarm = run.alarm(plan.settings().cancelGrace(), Mail.Rank.DEADLINE, attempt.job, () -> {
            if (isLive(attempt) && !giveUp(attempt)) {
                watch(attempt);
            }
        });
    }

    /** Gives up waiting for an attempt: its thread may still be there, and is named. */
    private boolean giveUp(Attempt attempt) {
        if (!attempt.mayBeAbandoned()) {
            return false;
        }
        attempt.abandon();
        stragglers.add(run.pathOf(attempt.job));
        run.gaveUp(attempt);
        return true;
    }

    /** Tells a job to stop, if it is being executed. */
    boolean stop(int job, String because) {
        Attempt attempt = live[job];
        if (attempt == null) {
            return false;
        }
        attempt.stop(new Attempt.Stop.Cancelled(because));
        return true;
    }

    /** Gives all of them, which have been told to stop, the grace period to do so. */
    void watchAll() {
        if (count > 0) {
            grace = run.alarm(plan.settings().cancelGrace(), Mail.Rank.DEADLINE, 0, this::graceOver);
        }
    }

    private void graceOver() {
        boolean waitOn = false;
        for (Attempt attempt : live) {
            waitOn |= attempt != null && !giveUp(attempt);
        }
        if (waitOn) {
            watchAll();
        }
    }

    /** Called when all have ended. */
    void close() {
        cancel(grace);
    }

    private static void cancel(@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    void wakeInner() {
        for (Attempt attempt : live) {
            switch (attempt) {
                case NestedAttempt nested -> nested.inner.wake();
                case BodyAttempt body -> body.inner().forEach(RunHandle::wake);
                case null, default -> {}
            }
        }
    }

    /** The innermost job that the failure of a job comes from. */
    @SuppressWarnings("ReferenceEquality") // the very object that was thrown
    String culprit(int job, JobOutcome outcome) {
        Throwable cause = outcome.failure().orElse(null);
        for (GraphRun one : inner.getOrDefault(job, List.of()).reversed()) {
            RunSummary.Failure within = one.verdict().failure();
            if (within != null && within.cause() == cause) {
                return within.path();
            }
        }
        return run.pathOf(job);
    }

    List<String> stragglers() {
        return stragglers;
    }

    /** The runs inside each job, in the order in which they began. */
    Map<Integer, List<GraphRun>> inner() {
        return inner;
    }
}
