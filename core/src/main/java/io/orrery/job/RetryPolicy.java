package io.orrery.job;

import io.orrery.time.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How often and when a failed or timed-out attempt is repeated: after a delay that grows by a factor up to a cap, with
 * some jitter. While it waits for its next attempt, a job holds no thread and no slot. Immutable.
 */
public final class RetryPolicy {

    private static final RetryPolicy NONE = new RetryPolicy(0, Duration.ZERO, 1, null, 0, null);

    private final int retries;
    private final Duration delay;
    private final double backoff;
    private final @Nullable Duration maxDelay;
    private final double jitter;
    private final @Nullable Predicate<JobOutcome> on; // null for any failure or timeout

    private RetryPolicy(
            int retries,
            Duration delay,
            double backoff,
            @Nullable Duration maxDelay,
            double jitter,
            @Nullable Predicate<JobOutcome> on) {
        this.retries = retries;
        this.delay = delay;
        this.backoff = backoff;
        this.maxDelay = maxDelay;
        this.jitter = jitter;
        this.on = on;
    }

    /** One attempt, no retry. */
    public static RetryPolicy none() {
        return NONE;
    }

    /**
     * At most {@code retries} attempts after the first one, without a delay.
     *
     * @throws IllegalArgumentException if {@code retries} is negative
     */
    public static RetryPolicy retries(int retries) {
        Rules.require(retries >= 0, "The number of retries must not be negative", retries, "Use 0 for none");
        return new RetryPolicy(retries, NONE.delay, NONE.backoff, NONE.maxDelay, NONE.jitter, NONE.on);
    }

    /**
     * Waits {@code delay} before the first retry.
     *
     * @throws IllegalArgumentException if {@code delay} is zero or negative
     */
    public RetryPolicy delay(Duration delay) {
        return new RetryPolicy(retries, Rules.positive("delay", delay), backoff, maxDelay, jitter, on);
    }

    /**
     * Multiplies the delay by {@code factor} from one retry to the next.
     *
     * @throws IllegalArgumentException if {@code factor} is less than 1 or not finite
     */
    public RetryPolicy backoff(double factor) {
        Rules.require(
                factor >= 1 && Double.isFinite(factor),
                "The backoff must be a finite factor of at least 1",
                factor,
                "Use 1 for a constant delay, 2 to double it each time");
        return new RetryPolicy(retries, delay, factor, maxDelay, jitter, on);
    }

    /**
     * Caps the delay, before jitter.
     *
     * @throws IllegalArgumentException if {@code maxDelay} is zero or negative
     */
    public RetryPolicy maxDelay(Duration maxDelay) {
        return new RetryPolicy(retries, delay, backoff, Rules.positive("maxDelay", maxDelay), jitter, on);
    }

    /**
     * Spreads each delay evenly over plus and minus this fraction of it.
     *
     * @throws IllegalArgumentException if {@code fraction} is not between 0 and 1
     */
    public RetryPolicy jitter(double fraction) {
        Rules.require(
                fraction >= 0 && fraction <= 1,
                "The jitter must be between 0 and 1",
                fraction,
                "Use 0.2 to spread delays by up to 20 % in both directions");
        return new RetryPolicy(retries, delay, backoff, maxDelay, fraction, on);
    }

    /**
     * Retries only endings for which {@code condition} holds; it is asked about failures and timeouts only, by any thread. If
     * it throws, there is no retry, and what it threw is suppressed in the failure.
     */
    public RetryPolicy on(Predicate<JobOutcome> condition) {
        return new RetryPolicy(retries, delay, backoff, maxDelay, jitter, condition);
    }

    /** The most retries there can be. */
    public int retries() {
        return retries;
    }

    /** The delay before the first retry; zero for none. */
    public Duration delay() {
        return delay;
    }

    /** The factor from one delay to the next. */
    public double backoff() {
        return backoff;
    }

    /** The cap of the delay; empty if there is none. */
    public Optional<Duration> maxDelay() {
        return Optional.ofNullable(maxDelay);
    }

    /** The fraction by which each delay is spread in both directions. */
    public double jitter() {
        return jitter;
    }

    /** Whether {@link #on} has chosen which endings are retried. */
    public boolean isSelective() {
        return on != null;
    }

    /** The most attempts there can be. */
    public int maxAttempts() {
        return retries == Integer.MAX_VALUE ? retries : retries + 1;
    }

    /**
     * Whether another attempt follows.
     *
     * @param attempt the number of the attempt that has ended, from 1
     * @param ending how it ended
     */
    public boolean retries(int attempt, JobOutcome ending) {
        return attempt <= retries && wants(ending);
    }

    private boolean wants(JobOutcome ending) {
        try {
            return on == null || on.test(ending);
        } catch (RuntimeException | Error e) {
            ending.failure().filter(failure -> !failure.equals(e)).ifPresent(failure -> failure.addSuppressed(e));
            return false;
        }
    }

    /**
     * How long to wait after attempt number {@code attempt}.
     *
     * @param attempt the number of the attempt that has failed, from 1
     * @param random a number from 0 (inclusive) to 1 (exclusive) that chooses the jitter
     */
    public Duration delayAfter(int attempt, double random) {
        if (delay.isZero()) {
            return delay;
        }
        double nanos = nanos(delay) * Math.pow(backoff, attempt - 1);
        double capped = maxDelay == null ? nanos : Math.min(nanos, nanos(maxDelay));
        return Duration.ofNanos((long) (capped * (1 + jitter * (2 * random - 1))));
    }

    private static double nanos(Duration duration) {
        return duration.getSeconds() * 1e9 + duration.getNano();
    }

    @Override
    public String toString() {
        return retries == 0 ? "no retry" : "up to " + retries + " retries after " + Durations.text(delay);
    }
}
