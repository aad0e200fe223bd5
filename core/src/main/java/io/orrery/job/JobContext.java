package io.orrery.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a body may know and do while it runs. Belongs to one attempt of one job; safe for use by the job's thread and
 * any it starts, until the attempt ends.
 */
public interface JobContext {

    /**
     * The result of a job that has succeeded, in this run, in one that encloses it, or in a nested one that has succeeded.
     * Require the job to have succeeded: without a requirement it is chance whether it has ended.
     *
     * @throws IllegalStateException if it has not succeeded: the message names its state and, if it failed, the cause
     * @throws IllegalArgumentException if none of these runs has that job
     */
    <T extends @Nullable Object> T result(Job<T> job);

    /**
     * How a job ended, in this run, in one that encloses it, or in a nested one that has succeeded; empty while it has not.
     *
     * @throws IllegalArgumentException if none of these runs has that job
     */
    Optional<JobOutcome> outcome(Job<?> job);

    /** This job's path: the ids of the workflows around it and its own, joined by {@code /}. */
    String path();

    /** This job's label. */
    String label();

    /** The id of the run, a ULID; the same for all that is nested in it. */
    String runId();

    /** 1 for the first attempt, 2 for the first retry; 0 in the shutdown of a job that never started. */
    int attempt();

    /**
     * The moment, on the clock of the run, at which this attempt or a run around it will time out; empty if none of them has a
     * timeout.
     */
    Optional<Instant> deadline();

    /** Whether this attempt has been told to stop. Its thread was interrupted then. */
    boolean cancelled();

    /**
     * Waits, on the clock of the run.
     *
     * @throws InterruptedException when the job is told to stop
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Tells how far the job is.
     *
     * @param done the part that is done, from 0 to 1; less counts as 0, more as 1
     * @param text what it is at, for people; may be empty
     * @throws IllegalArgumentException if {@code done} is not a number
     */
    void progress(double done, String text);

    /** Says something to those who listen to the run, now. It is kept nowhere, and lost where nobody listens. */
    void log(String message);

    /**
     * Runs a workflow that was made on the fly, inside this job: cancelled with it, and reported with it.
     *
     * @return its report; a failure in it is not this job's, unless {@code orThrow()} on the report makes it one
     * @throws InterruptedException when this job is told to stop; the inner run has ended by then
     */
    <R> R run(RunnableGraph<R> workflow) throws InterruptedException;
}
