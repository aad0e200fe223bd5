package io.orrery.scope;

import io.orrery.job.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A scope at one moment. Immutable. While jobs come and go, the moment is not the same to the nanosecond for all that is in it.
 *
 * @param identity which scope
 * @param elapsed how long it has been open
 * @param closed whether it refuses new jobs
 * @param shielded how much shielded work was under way
 * @param jobs the jobs that were running, then those that were pending in their order
 */
public record ScopeSnapshot(Identity identity, Duration elapsed, boolean closed, int shielded, List<JobLine> jobs) {

    /**
     * Which scope.
     *
     * @param name its name
     * @param id its id, a ULID
     * @param openedAt when it was opened, on its wall clock
     */
    public record Identity(String name, String id, Instant openedAt) {}

    /**
     * One job.
     *
     * @param name its name
     * @param state {@link State#QUEUED} or {@link State#RUNNING}
     * @param stopping whether it was told to stop
     * @param stuck whether it did not do so in time
     */
    public record JobLine(String name, State state, boolean stopping, boolean stuck) {}

    /** Copies the list. */
    public ScopeSnapshot {
        jobs = List.copyOf(jobs);
    }

    /** How many jobs were running. */
    public int active() {
        return count(State.RUNNING);
    }

    /** How many jobs were pending. */
    public int pending() {
        return count(State.QUEUED);
    }

    private int count(State state) {
        return (int) jobs.stream().filter(job -> job.state() == state).count();
    }
}
