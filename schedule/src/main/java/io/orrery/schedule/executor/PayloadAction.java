package io.orrery.schedule.executor;

/**
 * What a job with a payload and without a result does.
 *
 * @param <P> the type of the payload
 */
@FunctionalInterface
public interface PayloadAction<P> {

    /**
     * Does the work, in a thread that is interrupted to cancel it.
     *
     * @param payload what the schedule gives it; null if it gives nothing
     * @throws Exception to make this attempt a failure
     */
    void run(P payload, FireContext context) throws Exception;
}
