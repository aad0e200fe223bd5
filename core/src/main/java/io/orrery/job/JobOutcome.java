package io.orrery.job;

import io.orrery.time.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a job ended. Immutable. */
public sealed interface JobOutcome {

    /** The state that goes with it. */
    State state();

    /** The exception that goes with it: the failure, or the last failure before a cancellation; empty if none. */
    default Optional<Throwable> failure() {
        return Optional.empty();
    }

    /** Why it ended so, where that is not in the failure: for instance {@code run finished}; empty if it is. */
    default String because() {
        return "";
    }

    /**
     * Returned.
     *
     * @param value what it returned, null for nothing
     */
    record Succeeded(@Nullable Object value) implements JobOutcome {
        @Override
        public State state() {
            return State.SUCCEEDED;
        }
    }

    /**
     * Threw.
     *
     * @param cause what it threw, in its last attempt
     */
    record Failed(Throwable cause) implements JobOutcome {
        @Override
        public State state() {
            return State.FAILED;
        }

        @Override
        public Optional<Throwable> failure() {
            return Optional.of(cause);
        }
    }

    /**
     * Took longer than its own timeout. Counts as a failure.
     *
     * @param timeout the timeout it exceeded
     * @param late what came of it after it had been told to stop, null for nothing
     */
    record TimedOut(Duration timeout, @Nullable Late late) implements JobOutcome {
        @Override
        public State state() {
            return State.TIMED_OUT;
        }

        @Override
        public String because() {
            return "took longer than " + Durations.text(timeout);
        }
    }

    /**
     * Had started and was told to stop.
     *
     * @param because why: what ended the run, or {@code run finished} for a forever job
     * @param lastFailure the failure of an earlier attempt, if it was waiting to be retried; null if there was none
     * @param late what came of it after it had been told to stop, null for nothing
     */
    record Cancelled(
            String because,
            @Nullable Throwable lastFailure,
            @Nullable Late late) implements JobOutcome {
        @Override
        public State state() {
            return State.CANCELLED;
        }

        @Override
        public Optional<Throwable> failure() {
            return Optional.ofNullable(lastFailure);
        }
    }

    /**
     * Was not done: a condition it has on another job could no longer hold, so that it did not start; or its body found that
     * there was nothing to do, see {@link JobSkippedException}.
     *
     * @param because which job that was, and how it ended; or what the body says
     */
    record Skipped(String because) implements JobOutcome {
        @Override
        public State state() {
            return State.SKIPPED;
        }
    }

    /**
     * Had not started when the run ended.
     *
     * @param because what ended the run
     */
    record NotRun(String because) implements JobOutcome {
        @Override
        public State state() {
            return State.NOT_RUN;
        }
    }

    /** What came of a job after it had been told to stop. Changes no verdict; kept for the report. */
    sealed interface Late {
        /**
         * It returned all the same.
         *
         * @param value what it returned, null for nothing
         */
        record Value(@Nullable Object value) implements Late {}

        /**
         * It threw.
         *
         * @param cause what it threw
         */
        record Failure(Throwable cause) implements Late {}

        /** It had not stopped when the grace period was over: its thread is still there. */
        record Straggler() implements Late {}
    }
}
