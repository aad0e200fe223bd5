package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fire that somebody wanted, to be waited for. Safe for use by any thread. */
public final class FiredJob {

    private final Fire fire;
    private final Signal ended;
    private volatile @Nullable JobOutcome outcome; // set before the signal is

    FiredJob(Fire fire, Signal ended) {
        this.fire = fire;
        this.ended = ended;
    }

    void end(JobOutcome how) {
        outcome = how;
        ended.set();
    }

    /** The fire. */
    public Fire fire() {
        return fire;
    }

    /**
     * Waits for the end of its last attempt. An interrupt ends the wait, not the job.
     *
     * @return how it ended; of what another node has tried again that shares the store, {@link JobOutcome.NotRun}: that node tells
     *     how it ended
     * @throws InterruptedException if the calling thread is interrupted
     */
    public JobOutcome await() throws InterruptedException {
        ended.await();
        return Objects.requireNonNull(outcome);
    }

    /**
     * Waits for the end of its last attempt, for at most {@code patience}.
     *
     * @return how it ended; empty if it has not
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Optional<JobOutcome> await(Duration patience) throws InterruptedException {
        return ended.await(patience) ? Optional.ofNullable(outcome) : Optional.empty();
    }
}
