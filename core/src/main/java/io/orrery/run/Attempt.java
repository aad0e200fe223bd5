package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one job: its being told to stop, its end, and the outcome that follows from the two. When it ends it
 * becomes mail to its run.
 *
 * <p>It ends by itself or it is stopped, whichever comes first: a single compare-and-set decides, so what is genuine and
 * what is late is never in doubt.
 */
abstract sealed class Attempt extends Mail permits BodyAttempt, NestedAttempt {

    private static final int LIVE = 0;
    private static final int ENDED = 1;
    private static final int STOPPED = 2;

    final GraphRun run;
    final int job;
    final int number;
    private final AtomicInteger state = new AtomicInteger(LIVE);
    /** Why it was stopped; written by the coordinator before the thread learns of it. */
    private volatile @Nullable Stop stop;
    /** Set by the coordinator when it has given up waiting: what comes later is ignored. */
    boolean abandoned;

    private @Nullable JobOutcome outcome; // coordinator only, like the next
    private @Nullable Boolean retried;

    /** For its timeout, then for its grace period. */
    @Nullable
    Alarm alarm;
    /** Nanoseconds since the start of the outermost run, or {@link Long#MAX_VALUE}. */
    long deadline = Long.MAX_VALUE;

    /** Why an attempt was stopped. */
    sealed interface Stop {
        /**
         * It took longer than it may.
         *
         * @param timeout how long it may take
         */
        record TimedOut(Duration timeout) implements Stop {}

        /**
         * The run ends.
         *
         * @param because why
         */
        record Cancelled(String because) implements Stop {}
    }

    Attempt(GraphRun run, int job, int number) {
        this.run = run;
        this.job = job;
        this.number = number;
    }

    @Override
    int job() {
        return job;
    }

    @Override
    Rank rank() {
        return run.isCriticalFailure(this) ? Rank.CRITICAL_FAILURE : Rank.COMPLETION;
    }

    @Override
    void deliver() {
        run.attemptEnded(this);
    }

    /** Begins. Called by the coordinator. */
    abstract void begin();

    /** Passes on that it is to stop. Called by the coordinator, once at most, after {@link #stop} has been set. */
    abstract void interrupt();

    /** Whether it may be given up now, the grace period being over. */
    abstract boolean mayBeAbandoned();

    /** How it ended, had it not been stopped. */
    abstract JobOutcome genuineOutcome();

    /** What came of it although it was stopped. */
    abstract JobOutcome.@Nullable Late late();

    /** Stops it, unless it has ended. Called by the coordinator. */
    boolean stop(Stop why) {
        if (state.get() != LIVE) {
            return false;
        }
        stop = why;
        if (!state.compareAndSet(LIVE, STOPPED)) {
            return false;
        }
        interrupt();
        return true;
    }

    /** Marks its end, and tells the run. Called once, by whatever did the work. */
    void ended() {
        state.compareAndSet(LIVE, ENDED);
        run.post(this);
    }

    @Nullable
    Stop stopReason() {
        return stop;
    }

    boolean isStopped() {
        return state.get() == STOPPED;
    }

    /** How it ended. Asked by the coordinator only, when it has ended. */
    JobOutcome outcome() {
        JobOutcome known = outcome;
        if (known == null) {
            known = isStopped() ? stoppedOutcome(late()) : genuineOutcome();
            outcome = known;
        }
        return known;
    }

    /** Whether the policy wants another attempt; it is asked once. Asked by the coordinator only, after a failure. */
    boolean retried(RetryPolicy policy) {
        Boolean known = retried;
        if (known == null) {
            known = asks(policy);
            retried = known;
        }
        return known;
    }

    private boolean asks(RetryPolicy policy) {
        if (RunTree.isFatal(outcome().failure().orElse(null))) {
            return false;
        }
        try {
            return policy.retries(number, outcome());
        } catch (RuntimeException e) {
            outcome().failure().ifPresent(failure -> failure.addSuppressed(e));
            return false;
        }
    }

    JobOutcome stragglerOutcome() {
        return stoppedOutcome(new JobOutcome.Late.Straggler());
    }

    private JobOutcome stoppedOutcome(JobOutcome.@Nullable Late late) {
        return switch (stop) {
            case Stop.TimedOut timedOut -> new JobOutcome.TimedOut(timedOut.timeout(), late);
            case Stop.Cancelled cancelled -> new JobOutcome.Cancelled(cancelled.because(), null, late);
            case null -> throw new IllegalStateException("stopped without a reason");
        };
    }
}
