package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.Progress;
import java.time.Duration;

/** Something that happened in a scope. Immutable. */
public sealed interface ScopeEvent {

    /** Where it happened. */
    JobScope scope();

    /** When it happened, since the scope was opened. */
    Duration at();

    /** Something that happened to a job. */
    sealed interface JobEvent extends ScopeEvent {
        /** Which job. */
        ScopedJob<?> job();
    }

    /** The scope was opened. */
    record ScopeOpened(JobScope scope, Duration at) implements ScopeEvent {}

    /** A job was spawned, or work shielded; that it began follows, at once or later. */
    record JobSpawned(JobScope scope, Duration at, ScopedJob<?> job) implements JobEvent {}

    /** A job's body is about to begin. */
    record JobStarted(JobScope scope, Duration at, ScopedJob<?> job) implements JobEvent {}

    /**
     * A job told how far it is.
     *
     * @param progress what it told
     */
    record JobProgressed(JobScope scope, Duration at, ScopedJob<?> job, Progress progress) implements JobEvent {}

    /**
     * A job said something.
     *
     * @param message what it said
     */
    record JobLogged(JobScope scope, Duration at, ScopedJob<?> job, String message) implements JobEvent {}

    /** A job that was told to stop did not do so in time. */
    record JobStuck(JobScope scope, Duration at, ScopedJob<?> job) implements JobEvent {}

    /**
     * A job ended.
     *
     * @param outcome how
     */
    record JobFinished(JobScope scope, Duration at, ScopedJob<?> job, JobOutcome outcome) implements JobEvent {}

    /**
     * The scope refuses new jobs, and tells those it has to stop.
     *
     * @param why the reason
     */
    record ScopeClosing(JobScope scope, Duration at, String why) implements ScopeEvent {}

    /**
     * The scope is closed.
     *
     * @param snapshot what became of it; its jobs are those that are stuck
     */
    record ScopeClosed(JobScope scope, Duration at, ScopeSnapshot snapshot) implements ScopeEvent {}
}
