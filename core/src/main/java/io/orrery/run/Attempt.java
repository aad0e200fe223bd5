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
    /**
     * Null while it goes on; then a {@link Stop}, if it was told to stop; then its {@link JobOutcome}, which is {@link Retried} in
     * the end if another attempt is wanted.
     */
    private volatile @Nullable Object end;

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

    /**
     * How it ended, and that another attempt is wanted.
     *
     * @param outcome how it ended
     */
    private record Retried(JobOutcome outcome) {}

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

        private TimeLimit(long deadline) {
            this.deadline = deadline;
        }

        /** That of an attempt which begins now; null if it may take any time. */
        static @Nullable TimeLimit of(GraphRun run, int job) {
            Duration most = run.plan().options(job).timeout();
            return most == null ? null : new TimeLimit(run.tree.deadlineAfter(most));
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
        return run.isCriticalFailure(this) ? Rank.CRITICAL_FAILURE : Rank.COMPLETION;
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

    /** How long it may take; null if any time. */
    @Nullable
    abstract TimeLimit limit();

    /** Nanoseconds since the start of the outermost run, or {@link Long#MAX_VALUE}. */
    long deadlineNanos() {
        TimeLimit known = limit();
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
        Object known = end instanceof Retried(JobOutcome outcome) ? outcome : end;
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
        if (Retries.isFailure(known) && wantsRetry(known)) {
            end = new Retried(known);
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
        return switch (end) {
            case JobOutcome known -> known;
            case Retried(JobOutcome known) -> known;
            case null, default -> throw new IllegalStateException("asked before its end");
        };
    }

    /** Whether another attempt is wanted; known once that was {@linkplain #judge judged}. */
    boolean retried() {
        return end instanceof Retried;
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
