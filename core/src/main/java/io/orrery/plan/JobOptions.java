package io.orrery.plan;

import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a declared job has been given beyond its body. Immutable.
 *
 * @param critical whether a failure stops the run
 * @param forever whether it is endless
 * @param timeout how long an attempt may take, null for no limit
 * @param retry what happens when an attempt fails
 * @param limits the shared limits it needs a slot of, in the order given
 * @param labels how it is shown
 */
public record JobOptions(
        boolean critical,
        boolean forever,
        @Nullable Duration timeout,
        RetryPolicy retry,
        List<Limit> limits,
        Labels labels) {

    /** Critical, finite, without timeout, retry or limit, shown under the label it was declared with. */
    public static final JobOptions DEFAULT =
            new JobOptions(true, false, null, RetryPolicy.none(), List.of(), Labels.DECLARED);

    /**
     * Copies the list and checks the timeout.
     *
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    public JobOptions {
        Settings.positive("timeout", timeout);
        limits = List.copyOf(limits);
    }

    /** A copy that is critical or not. */
    public JobOptions withCritical(boolean critical) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }

    /** A copy that is endless or not. */
    public JobOptions withForever(boolean forever) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }

    /** A copy with a timeout. */
    public JobOptions withTimeout(@Nullable Duration timeout) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }

    /** A copy with a retry policy. */
    public JobOptions withRetry(RetryPolicy retry) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }

    /** A copy with these limits. */
    public JobOptions withLimits(List<Limit> limits) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }

    /** A copy with these labels. */
    public JobOptions withLabels(Labels labels) {
        return new JobOptions(critical, forever, timeout, retry, limits, labels);
    }
}
