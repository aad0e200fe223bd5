package io.orrery.workflowfile;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.workflowfile.body.Unreachable;
import io.orrery.workflowfile.process.ExitStatus;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a job is tried again. Immutable.
 *
 * @param max how many attempts follow the first one
 * @param delay how long to wait before the first of them
 * @param backoff by what the delay grows from one to the next
 * @param maxDelay what it grows to at most, null for anything
 * @param jitter by what part each delay is spread
 * @param on after which endings
 */
record RetryModel(
        int max, Duration delay, double backoff, @Nullable Duration maxDelay, double jitter, On on) {

    static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);
    static final RetryModel NONE = times(0);

    static RetryModel times(int max) {
        return new RetryModel(max, DEFAULT_DELAY, 1, null, 0, On.ANY);
    }

    RetryPolicy policy() {
        if (max == 0) {
            return RetryPolicy.none();
        }
        RetryPolicy policy =
                RetryPolicy.retries(max).delay(delay).backoff(backoff).jitter(jitter);
        if (maxDelay != null) {
            policy = policy.maxDelay(maxDelay);
        }
        return on.equals(On.ANY) ? policy : policy.on(on::includes); // a policy without a predicate is data
    }

    /** The kinds of endings that can be asked for. */
    enum Cause {
        EXIT,
        TIMEOUT,
        UNREACHABLE,
        ERROR
    }

    /**
     * After which endings a job is tried again.
     *
     * @param causes the kinds
     * @param exitCodes of the exits, only those with these codes; empty for any
     */
    record On(Set<Cause> causes, Set<Integer> exitCodes) {
        static final On ANY = new On(Set.of(Cause.values()), Set.of());

        boolean includes(JobOutcome ending) {
            if (ending instanceof JobOutcome.TimedOut) {
                return causes.contains(Cause.TIMEOUT);
            }
            for (Throwable e = ending.failure().orElse(null); e != null; e = e.getCause()) {
                if (e instanceof Unreachable) {
                    return causes.contains(Cause.UNREACHABLE);
                }
                if (e instanceof ExitStatus exit) {
                    return causes.contains(Cause.EXIT) && (exitCodes.isEmpty() || exitCodes.contains(exit.code()));
                }
            }
            return causes.contains(Cause.ERROR);
        }
    }
}
