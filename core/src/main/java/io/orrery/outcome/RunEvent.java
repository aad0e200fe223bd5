package io.orrery.outcome;

import io.orrery.job.JobOutcome;
import io.orrery.plan.Plan;
import java.time.Duration;

/** Something that happened in a run. Immutable. */
public sealed interface RunEvent {

    /** The id of the run; the same for all that is nested in it. */
    String runId();

    /** The path of the job, or of the nested run, that it is about; empty for the outermost run. */
    String path();

    /** When it happened, since the start of the outermost run. */
    Duration at();

    /** Something that happened to a job. */
    sealed interface JobEvent extends RunEvent {}

    /**
     * A run, or a nested one, began.
     *
     * @param plan what is run
     */
    record RunStarted(String runId, String path, Duration at, Plan<?> plan) implements RunEvent {}

    /** All that a job requires has ended as required, but it has to wait: for a slot, or for the end of a pause. */
    record JobQueued(String runId, String path, Duration at) implements JobEvent {}

    /**
     * An attempt began.
     *
     * @param attempt its number, from 1
     */
    record JobStarted(String runId, String path, Duration at, int attempt) implements JobEvent {}

    /**
     * An attempt failed or timed out, and another one is to come.
     *
     * @param attempt the number of the attempt that ended
     * @param ending how it ended
     * @param delay how long to wait for the next one
     */
    record JobRetrying(String runId, String path, Duration at, int attempt, JobOutcome ending, Duration delay)
            implements JobEvent {}

    /**
     * A job told how far it is.
     *
     * @param progress what it told
     */
    record JobProgressed(String runId, String path, Duration at, Progress progress) implements JobEvent {}

    /**
     * A job said something.
     *
     * @param message what it said
     */
    record JobLogged(String runId, String path, Duration at, String message) implements JobEvent {}

    /**
     * A job ended for good, or turned out never to start.
     *
     * @param outcome how it ended
     * @param attempts how many attempts it had, 0 if it never started
     */
    record JobFinished(String runId, String path, Duration at, JobOutcome outcome, int attempts) implements JobEvent {}

    /** From now on nothing new starts. */
    record RunPaused(String runId, String path, Duration at) implements RunEvent {}

    /** Jobs start again. */
    record RunResumed(String runId, String path, Duration at) implements RunEvent {}

    /**
     * The verdict is known: nothing new starts, what still runs is told to stop, and the shutdown follows.
     *
     * @param state the verdict
     * @param why the reason
     */
    record RunStopping(String runId, String path, Duration at, RunState state, String why) implements RunEvent {}

    /**
     * The shutdown of a job failed or took too long.
     *
     * @param problem what went wrong
     */
    record ShutdownFailed(String runId, String path, Duration at, ShutdownProblem problem) implements RunEvent {}

    /**
     * A run, or a nested one, is over.
     *
     * @param report what became of it
     */
    record RunFinished(String runId, String path, Duration at, RunReport report) implements RunEvent {}
}
