package io.orrery.schedule.executor;

import io.orrery.job.JobContext;
import io.orrery.schedule.Fire;

/** What a job that is run by a scheduler may know beyond what any job may. */
public interface FireContext extends JobContext {

    /** The fire. Its id is the same for all attempts, in all processes: an idempotency key. */
    Fire fire();

    /**
     * The fencing token: greater than that of any earlier attempt. Whoever keeps the greatest that it has seen, and refuses
     * smaller ones, is safe from an owner that comes late.
     */
    long token();

    /** Whether it was told to stop, or can't be sure of its lease any more, having been away for too long. */
    @Override
    boolean cancelled();

    /**
     * The context of a fire.
     *
     * @throws IllegalArgumentException if the body is not run by a scheduler
     */
    static FireContext of(JobContext context) {
        if (context instanceof FireContext known) {
            return known;
        }
        throw new IllegalArgumentException("Only what a scheduler runs belongs to a fire, but \"" + context.path()
                + "\" is run otherwise. Run it by a schedule.");
    }
}
