package io.orrery.schedule;

import io.orrery.job.RetryPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of due times that are late, that come together, that overlap, and of fires that fail. What is not set here
 * comes from the defaults of the scheduler. Immutable.
 */
public final class SchedulePolicy {

    private static final SchedulePolicy UNSET = new SchedulePolicy();
    private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);
    private static final int CATCH_UP = 1_000;

    // Set once, by the method that makes a copy; read by any thread.
    private @Nullable Duration grace; // UNLIMITED for no limit
    private @Nullable Misfire misfire;
    private @Nullable Coalesce coalesce;
    private @Nullable Integer catchUp;
    private @Nullable Integer maxInstances;
    private @Nullable Overlap overlap;
    private @Nullable RetryPolicy retry;
    private @Nullable Duration timeout;
    private @Nullable Integer priority;
    private @Nullable OnLost onLost;
    private @Nullable Integer maxOfJob;
    private @Nullable Boolean synchronousEnd;

    private SchedulePolicy() {}

    /** Nothing set. */
    public static SchedulePolicy unset() {
        return UNSET;
    }

    private SchedulePolicy with(Consumer<SchedulePolicy> change) {
        SchedulePolicy copy = merged(UNSET);
        change.accept(copy);
        return copy;
    }

    /** What is set here, and where it is not, what is set there. */
    @SuppressWarnings("ReferenceEquality") // very many schedules share it
    public SchedulePolicy over(SchedulePolicy defaults) {
        return this == UNSET ? defaults : merged(defaults);
    }

    private SchedulePolicy merged(SchedulePolicy defaults) {
        var copy = new SchedulePolicy();
        copy.grace = first(grace, defaults.grace);
        copy.misfire = first(misfire, defaults.misfire);
        copy.coalesce = first(coalesce, defaults.coalesce);
        copy.catchUp = first(catchUp, defaults.catchUp);
        copy.maxInstances = first(maxInstances, defaults.maxInstances);
        copy.overlap = first(overlap, defaults.overlap);
        copy.retry = first(retry, defaults.retry);
        copy.timeout = first(timeout, defaults.timeout);
        copy.priority = first(priority, defaults.priority);
        copy.onLost = first(onLost, defaults.onLost);
        copy.maxOfJob = first(maxOfJob, defaults.maxOfJob);
        copy.synchronousEnd = first(synchronousEnd, defaults.synchronousEnd);
        return copy;
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    /**
     * How late a due time may be noticed and still run; exactly so late is still in time. Unless set, a time of a recurring
     * schedule may be late by the time to the next one, and that of a one-shot as late as it happens to be.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SchedulePolicy grace(Duration grace) {
        Rules.require(!grace.isNegative(), "The grace must not be negative", grace, "Use zero for never late");
        return with(copy -> copy.grace = grace);
    }

    /** However late a due time is noticed, it runs. */
    public SchedulePolicy neverTooLate() {
        return with(copy -> copy.grace = UNLIMITED);
    }

    /** What becomes of times that are too late; {@link Misfire#SKIP} unless set. */
    public SchedulePolicy misfire(Misfire misfire) {
        return with(copy -> copy.misfire = Objects.requireNonNull(misfire));
    }

    /** Which of several times that are due at once run; {@link Coalesce#LATEST} unless set. */
    public SchedulePolicy coalesce(Coalesce coalesce) {
        return with(copy -> copy.coalesce = Objects.requireNonNull(coalesce));
    }

    /**
     * How many times that are due at once run at most under {@link Coalesce#ALL}; 1000 unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SchedulePolicy catchUp(int most) {
        Rules.require(most > 0, "The catch-up limit must be positive", most, "Use Coalesce.LATEST for just one");
        return with(copy -> copy.catchUp = most);
    }

    /**
     * How many fires of the schedule may run at once, in all processes together; 1 unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SchedulePolicy maxInstances(int most) {
        Rules.require(
                most > 0, "The number of instances must be positive", most, "Pause the schedule to have it not run");
        return with(copy -> copy.maxInstances = most);
    }

    /**
     * How many fires of all schedules that run the same declared job may run at once, in all processes together; any number
     * unless set. One that is due while so many run waits for one of them to end, as under {@link Schedule#limit}.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SchedulePolicy maxOfJob(int most) {
        Rules.require(most > 0, "The number of fires of a job must be positive", most, "Leave it out for any number");
        return with(copy -> copy.maxOfJob = most);
    }

    /** What becomes of a fire that is due while as many run as may; {@link Overlap#SKIP} unless set. */
    public SchedulePolicy overlap(Overlap overlap) {
        return with(copy -> copy.overlap = Objects.requireNonNull(overlap));
    }

    /** Whether and when a failed attempt is repeated; not at all unless set. Between attempts it has no thread. */
    public SchedulePolicy retry(RetryPolicy retry) {
        return with(copy -> copy.retry = Objects.requireNonNull(retry));
    }

    /**
     * How long one attempt may take; any time unless set.
     *
     * @throws IllegalArgumentException if it is zero or negative
     */
    public SchedulePolicy timeout(Duration timeout) {
        Rules.positive("timeout", timeout);
        return with(copy -> copy.timeout = timeout);
    }

    /** Who comes first of those that are due together, or wait for a thread together: the greater one; 0 unless set. */
    public SchedulePolicy priority(int priority) {
        return with(copy -> copy.priority = priority);
    }

    /** What becomes of a fire whose node died; {@link OnLost#RERUN} unless set. */
    public SchedulePolicy onLost(OnLost onLost) {
        return with(copy -> copy.onLost = Objects.requireNonNull(onLost));
    }

    /**
     * Whether the end of an attempt is written by its own thread as soon as the job has returned, and not together with those of
     * others by whichever thread does so; not unless set. It does not wait behind them, and nothing of it is left to do once its
     * thread has ended, but it costs a transaction.
     */
    public SchedulePolicy synchronousEnd(boolean synchronous) {
        return with(copy -> copy.synchronousEnd = synchronous);
    }

    /** The grace, if one is set and there is a limit. */
    public Optional<Duration> grace() {
        return isNeverTooLate() ? Optional.empty() : Optional.ofNullable(grace);
    }

    /** Whether it was set that nothing is ever too late. */
    public boolean isNeverTooLate() {
        return UNLIMITED.equals(grace);
    }

    /** What becomes of times that are too late. */
    public Misfire misfire() {
        return misfire == null ? Misfire.SKIP : misfire;
    }

    /** Which of several times that are due at once run. */
    public Coalesce coalesce() {
        return coalesce == null ? Coalesce.LATEST : coalesce;
    }

    /** How many times that are due at once run at most. */
    public int catchUp() {
        return catchUp == null ? CATCH_UP : catchUp;
    }

    /** How many fires may run at once. */
    public int maxInstances() {
        return maxInstances == null ? 1 : maxInstances;
    }

    /** How many fires of all schedules with the same job may run at once; empty for any number. */
    public OptionalInt maxOfJob() {
        return maxOfJob == null ? OptionalInt.empty() : OptionalInt.of(maxOfJob);
    }

    /** What becomes of a fire that is due while as many run as may. */
    public Overlap overlap() {
        return overlap == null ? Overlap.SKIP : overlap;
    }

    /** Whether and when a failed attempt is repeated. */
    public RetryPolicy retry() {
        return retry == null ? RetryPolicy.none() : retry;
    }

    /** How long one attempt may take; empty for any time. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Who comes first. */
    public int priority() {
        return priority == null ? 0 : priority;
    }

    /** What becomes of a fire whose node died. */
    public OnLost onLost() {
        return onLost == null ? OnLost.RERUN : onLost;
    }

    /** Whether the end of an attempt is written by its own thread at once. */
    public boolean isEndSynchronous() {
        return synchronousEnd != null && synchronousEnd;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchedulePolicy policy && values().equals(policy.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** What holds, set or not. Retries are compared by their numbers: whether they also choose by a condition, not by which. */
    private List<@Nullable Object> values() {
        RetryPolicy again = retry();
        return Arrays.asList(
                grace,
                misfire(),
                coalesce(),
                catchUp(),
                maxInstances(),
                overlap(),
                List.of(
                        again.retries(),
                        again.delay(),
                        again.backoff(),
                        again.maxDelay(),
                        again.jitter(),
                        again.isSelective()),
                timeout,
                priority(),
                onLost(),
                maxOfJob,
                isEndSynchronous());
    }

    @Override
    public String toString() {
        return "max instances " + maxInstances() + ", overlap " + overlap() + ", coalesce " + coalesce() + ", misfire "
                + misfire();
    }

    /** Which of several times that are due at once are run. */
    public enum Coalesce {
        /** The last one; the others count as coalesced. The default. */
        LATEST,
        /** The first one; the others count as coalesced. */
        EARLIEST,
        /** Every one, from the first to the last, but no more than {@link SchedulePolicy#catchUp() the cap}: the latest of them. */
        ALL
    }

    /** What becomes of times that are noticed later than their grace allows. */
    public enum Misfire {
        /** They are missed, and recorded so. The default. */
        SKIP,
        /** If no time is left that is not too late, the last one that is runs all the same. */
        RUN_ONCE,
        /** They run as if they were in time. */
        RUN
    }
}
