package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.time.Alarm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one job: its being told to stop, its end, and the outcome that follows from the two. When it ends it
 * becomes mail to its run.
 *
 * <p>It ends by itself or it is stopped, whichever comes first: a single compare-and-set decides, so what is genuine and
 * what is late is never in doubt.
 */
abstract sealed class Attempt extends Mail permits BodyAttempt, NestedAttempt {

    private static final VarHandle END;

    static {
        try {
            END = MethodHandles.lookup().findVarHandle(Attempt.class, "end", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final GraphRun run;
    final int job;
    final int number;
    /** Null while it goes on; then a {@link Stop}, if it was told to stop; at last its {@link JobOutcome}. */
    private volatile @Nullable Object end;
    /** Null if it may take any time; set before it begins. */
    private @Nullable TimeLimit limit;
    /** Set by the coordinator when it has given up waiting: what comes later is ignored. */
    private boolean abandoned;

    // What follows from the end, found before the coordinator hears of it, since it takes asking the user's code.
    private boolean retried;
    private boolean critical;

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

    /** How long an attempt may take, and then, how long to stop. */
    static final class TimeLimit {
        /** Nanoseconds since the start of the outermost run. */
        final long deadline;
        /** Set by whoever begins the attempt. */
        @Nullable
        Alarm timeout;
        /** The coordinator's. */
        @Nullable
        Alarm grace;

        TimeLimit(long deadline) {
            this.deadline = deadline;
        }

        void cancel() {
            if (timeout != null) {
                timeout.cancel();
            }
            if (grace != null) {
                grace.cancel();
            }
        }
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
        return critical ? Rank.CRITICAL_FAILURE : Rank.COMPLETION;
    }

    @Override
    void deliver() {
        run.attemptEnded(this);
    }

    /** Passes on that it is to stop. Called once at most, after that has been noted. */
    abstract void interrupt();

    /** Whether it may be given up now, the grace period being over. */
    abstract boolean mayBeAbandoned();

    /** What came of it although it was stopped, if that is worth a note. */
    abstract JobOutcome.@Nullable Late late(JobOutcome genuine);

    /** Takes note that nobody waits for it any more: what comes of it is ignored. Called by the coordinator. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void limit(TimeLimit known) {
        limit = known;
    }

    @Nullable
    TimeLimit limit() {
        return limit;
    }

    /** Nanoseconds since the start of the outermost run, or {@link Long#MAX_VALUE}. */
    long deadlineNanos() {
        TimeLimit known = limit;
        return known == null ? Long.MAX_VALUE : known.deadline;
    }

    /** Stops it, unless it has ended or is stopped already. */
    boolean stop(Stop why) {
        if (end != null || !END.compareAndSet(this, null, why)) {
            return false;
        }
        interrupt();
        return true;
    }

    /** Why it is to stop; null if it was not told to, or has ended. */
    @Nullable
    Stop stopReason() {
        return end instanceof Stop stop ? stop : null;
    }

    /** Whether it has ended or is to stop. */
    boolean isOver() {
        return end != null;
    }

    /** Whether it was told to stop before it ended by itself. */
    boolean wasStopped() {
        Object known = end;
        return known instanceof Stop || known instanceof JobOutcome.TimedOut || known instanceof JobOutcome.Cancelled;
    }

    /** Takes note of its end, after which it can't be stopped. Called once, by whatever did the work. */
    void ended(JobOutcome genuine) {
        if (END.compareAndExchange(this, null, genuine) instanceof Stop why) {
            end = stoppedOutcome(why, lateOrFault(genuine));
        } else {
            run.table.endedAt(job, run.tree.now());
        }
    }

    private JobOutcome.@Nullable Late lateOrFault(JobOutcome genuine) {
        try {
            return late(genuine);
        } catch (Throwable e) { // what is thrown is the user's, and may throw in turn
            return new JobOutcome.Late.Failure(e);
        }
    }

    /** Finds out whether another attempt is wanted. Called once, after its end and before the run is told. */
    void judge() {
        JobOutcome known = outcome();
        if (Retries.isFailure(known)) {
            retried = wantsRetry(known);
            critical = run.isCriticalFailure(this);
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

    /** How it ended; known once it has. */
    JobOutcome outcome() {
        if (end instanceof JobOutcome known) {
            return known;
        }
        throw new IllegalStateException("asked before its end");
    }

    /** Whether another attempt is wanted; known once it has been reported. */
    boolean retried() {
        return retried;
    }

    /** How it counts when nobody waits for it any more. */
    JobOutcome stragglerOutcome() {
        return end instanceof Stop stop ? stoppedOutcome(stop, new JobOutcome.Late.Straggler()) : outcome();
    }

    private static JobOutcome stoppedOutcome(Stop why, JobOutcome.@Nullable Late late) {
        return switch (why) {
            case Stop.TimedOut timedOut -> new JobOutcome.TimedOut(timedOut.timeout(), late);
            case Stop.Cancelled cancelled -> new JobOutcome.Cancelled(cancelled.because(), null, late);
        };
    }
}
