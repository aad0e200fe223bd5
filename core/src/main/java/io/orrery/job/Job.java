package io.orrery.job;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handle of one declared unit of work in one workflow: what it is called, what it requires, and what its ending means
 * for the others. It says nothing about how a run of it went: that is in the run's report.
 *
 * <p>Handles come from the workflow that owns them, and are compared by identity; labels need not be unique. Declaring is
 * single-threaded: a handle may be changed by one thread at a time, and not while another one plans its workflow. A plan
 * that was already made stays as it is. Not meant for implementation by clients.
 *
 * @param <T> the type of the result; {@link Void} for none
 */
public interface Job<T extends @Nullable Object> extends Requirement {

    /** The label as it is now: the one that was set, or computed. */
    String label();

    /** Sets the label that listings and graphs show; the id, used in paths, stays the label it was declared with. */
    Job<T> label(String label);

    /** Has the label computed each time it is shown; a supplier that throws is shown as such. */
    Job<T> label(Supplier<String> label);

    /** Sets a label for graphs only, which may have several lines. */
    Job<T> graphLabel(String label);

    /**
     * Makes this job start only when each of {@code requirements} holds. Requiring the same twice is requiring it once;
     * requiring oneself is ignored, so that "everything requires the first step" can be said in one line.
     *
     * @throws IllegalArgumentException if a required job belongs to another workflow: the message names both
     */
    Job<T> requires(Requirement... requirements);

    /**
     * Like {@link #requires(Requirement...)}.
     *
     * @throws IllegalArgumentException if a required job belongs to another workflow: the message names both
     */
    Job<T> requires(Iterable<? extends Requirement> requirements);

    /**
     * Takes back requirements; of a sequence, the one on its last job.
     *
     * @throws IllegalArgumentException if one of them is not required
     */
    Job<T> dropRequirement(Requirement... requirements);

    /** Says whether a failure of this job stops the run; true unless set. */
    Job<T> critical(boolean critical);

    /** Says whether this job is endless: not waited for, and stopped when all others have ended; false unless set. */
    Job<T> forever(boolean forever);

    /**
     * Sets how long one attempt may take; none unless set.
     *
     * @throws IllegalArgumentException if {@code timeout} is zero or negative
     */
    Job<T> timeout(Duration timeout);

    /** Sets what happens when an attempt fails or times out; no retry unless set. */
    Job<T> retry(RetryPolicy policy);

    /**
     * Retries at once, at most {@code retries} times after the first attempt: short for a policy without a delay.
     *
     * @throws IllegalArgumentException if {@code retries} is negative
     */
    default Job<T> retries(int retries) {
        return retry(RetryPolicy.retries(retries));
    }

    /** Adds limits: the job runs only while it holds a slot of each of them. */
    Job<T> limit(Limit... limits);

    /** Whether a failure of this job stops the run. */
    boolean isCritical();

    /** Whether this job is endless. */
    boolean isForever();

    /** What it requires, in the order of declaration: sequences resolved to their last jobs, duplicates removed. */
    List<Requirement> requirements();
}
