package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunSummary;
import io.orrery.plan.Plan;
import io.orrery.time.Alarm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a run that have begun and not ended: their timeouts, their grace periods, and the runs inside them. Used
 * by the run's coordinator only.
 */
final class LiveAttempts {

    /** How many runs inside it are remembered of each job. */
    private static final int MOST_INNER = 1_000;

    private static final VarHandle LIVE = MethodHandles.arrayElementVarHandle(Attempt[].class);

    private final GraphRun run;
    private final Plan<?> plan;
    private final Starter starter;
    /** By job; set by whoever begins the attempt, cleared by the coordinator. */
    private final @Nullable Attempt[] live;

    private final Map<Integer, List<GraphRun>> inner = new LinkedHashMap<>(); // also those that have ended
    private final List<String> stragglers = new ArrayList<>();
    private final Set<Attempt> givenUp = new HashSet<>(); // whose ends are still to come, and are ignored
    private int count;
    private @Nullable Alarm grace; // for all at once, when the run is stopped

    LiveAttempts(GraphRun run, Plan<?> plan) {
        this.run = run;
        this.plan = plan;
        this.live = new Attempt[plan.size()];
        this.starter = switch (plan.settings().threads()) {
            case FRESH -> new FreshThreads(run, this);
            case REUSED -> new ReusedThreads(run, this);
        };
    }

    /** Whether so many have been started that mail should be handled before others are. */
    boolean hasStartedMany() {
        return starter.hasStartedMany();
    }

    /** Sees to it that those begin that are to. */
    void flush() {
        starter.flush();
    }

    boolean isEmpty() {
        return count == 0;
    }

    private @Nullable Attempt live(int job) {
        return (Attempt) LIVE.getVolatile(live, job);
    }

    /** Has an attempt begin: a nested run here, a body in a thread. */
    void begin(int job, int number) {
        count++;
        if (run.tree.events.heard()) {
            run.tree.publish(at -> new RunEvent.JobStarted(run.tree.runId, run.pathOf(job), at, number));
        }
        try {
            if (plan.hasNested() && plan.work(job) instanceof Plan<?> nested) {
                var attempt = new NestedAttempt(run, job, number, nested);
                innerBegan(job, attempt.inner);
                begins(attempt);
                attempt.begin();
            } else {
                starter.start(job, number);
            }
        } catch (Throwable e) { // out of memory
            run.neverBegan(job, e);
        }
    }

    /** Forgets an attempt that did not come about. */
    void forget(int job) {
        LIVE.setRelease(live, job, null);
        count--;
    }

    /** Takes note of an attempt that is about to begin. Called by the coordinator, or by the thread that it begins in. */
    void begins(Attempt attempt) {
        LIVE.setRelease(live, attempt.job, attempt);
        Attempt.TimeLimit limit = attempt.limit();
        if (limit != null) {
            Duration timeout = Objects.requireNonNull(plan.options(attempt.job).timeout());
            limit.timeout = run.alarm(timeout, Mail.Rank.JOB_TIMEOUT, attempt.job, () -> timedOut(attempt, limit));
        }
    }

    /** Takes back those that have not begun, though they were to. */
    void takeBack(IntConsumer job) {
        starter.takeBack(one -> {
            count--;
            job.accept(one);
        });
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
        return live(attempt.job) == attempt;
    }

    /** Takes note of the end of an attempt that was waited for to the end. */
    void reported(Attempt attempt) {
        starter.reported(attempt);
        ended(attempt);
    }

    void ended(Attempt attempt) {
        LIVE.setOpaque(live, attempt.job, null);
        count--;
        Attempt.TimeLimit limit = attempt.limit();
        if (limit != null) {
            limit.cancel();
        }
    }

    private void timedOut(Attempt attempt, Attempt.TimeLimit limit) {
        Duration timeout = Objects.requireNonNull(plan.options(attempt.job).timeout());
        if (isLive(attempt) && attempt.stop(new Attempt.Stop.TimedOut(timeout))) {
            watch(attempt, limit);
        }
    }

    private void watch(Attempt attempt, Attempt.TimeLimit limit) {
        limit.grace = run.alarm(plan.settings().cancelGrace(), Mail.Rank.DEADLINE, attempt.job, () -> {
            if (isLive(attempt) && !giveUp(attempt)) {
                watch(attempt, limit);
            }
        });
    }

    /** Gives up waiting for an attempt: its thread may still be there, and is named. */
    private boolean giveUp(Attempt attempt) {
        if (!attempt.mayBeAbandoned()) {
            return false;
        }
        givenUp.add(attempt);
        stragglers.add(run.pathOf(attempt.job));
        run.gaveUp(attempt);
        return true;
    }

    /** Whether nobody waits for an attempt any more, which has ended now: what comes of it is ignored. */
    boolean wasGivenUp(Attempt attempt) {
        return !givenUp.isEmpty() && givenUp.remove(attempt);
    }

    /** Tells a job to stop, if it is being executed. */
    boolean stop(int job, String because) {
        Attempt attempt = live(job);
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
        for (int job = 0; job < live.length; job++) {
            Attempt attempt = live(job);
            if (attempt != null) {
                giveUp(attempt);
            }
        }
        watchAll();
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
        for (int job = 0; job < live.length; job++) {
            switch (live(job)) {
                case NestedAttempt nested -> nested.inner.wake();
                case BodyAttempt body -> body.going().forEach(RunHandle::wake);
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
