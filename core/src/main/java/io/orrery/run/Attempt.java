package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.Objects;
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

    // What follows from the end, found before the coordinator hears of it, since it takes asking the user's code.
    private @Nullable JobOutcome outcome;
    private boolean retried;

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

    /** Takes note that nobody waits for it any more: what comes of it is ignored. Called by the coordinator. */
    void abandon() {
        abandoned = true;
    }

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

    /** Marks its end, after which it can't be stopped. Called once, by whatever did the work. */
    void ended() {
        state.compareAndSet(LIVE, ENDED);
    }

    /** Finds out how it ended and whether another attempt is wanted, and tells the run. Called once, after its end. */
    void report() {
        try {
            JobOutcome known = isStopped() ? stoppedOutcome(late()) : genuineOutcome();
            outcome = known;
            retried = Retries.isFailure(known) && wantsRetry(known);
        } catch (Throwable e) {
            outcome = new JobOutcome.Failed(e);
        } finally {
            run.post(this);
        }
    }

    private boolean wantsRetry(JobOutcome ending) {
        if (RunTree.isFatal(ending.failure().orElse(null))) {
            return false;
        }
        try {
            return policy().retries(number, ending);
        } catch (Throwable e) { // the policy's condition is the user's
            ending.failure().filter(failure -> !failure.equals(e)).ifPresent(failure -> failure.addSuppressed(e));
            return false;
        }
    }

    RetryPolicy policy() {
        return run.plan().options(job).retry();
    }

    @Nullable
    Stop stopReason() {
        return stop;
    }

    boolean isStopped() {
        return state.get() == STOPPED;
    }

    /** How it ended; known once it has been reported. */
    JobOutcome outcome() {
        return Objects.requireNonNull(outcome, "asked before its end was reported");
    }

    /** Whether another attempt is wanted; known once it has been reported. */
    boolean retried() {
        return retried;
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
