package io.orrery.outcome;

import io.orrery.job.State;

/** The states of a run: four endings, and what comes before them. */
public enum RunState {
    /** Declared, not started. */
    IDLE(State.IDLE),
    /** Going on, its last phase included, in which jobs are stopped and shut down. */
    RUNNING(State.RUNNING),
    /** Going on, but nothing new starts. */
    PAUSED(State.PAUSED),
    /** All finite jobs have ended and no critical one failed. */
    SUCCEEDED(State.SUCCEEDED),
    /** A critical job failed. */
    FAILED(State.FAILED),
    /** The run's own timeout passed. */
    TIMED_OUT(State.TIMED_OUT),
    /** Stopped from outside. */
    CANCELLED(State.CANCELLED);

    private final State state;

    RunState(State state) {
        this.state = state;
    }

    /** The entry of the state vocabulary, for its icon, word and ASCII sign. */
    public State state() {
        return state;
    }

    /** Whether a run in this state has ended. */
    public boolean ended() {
        return compareTo(SUCCEEDED) >= 0;
    }
}
