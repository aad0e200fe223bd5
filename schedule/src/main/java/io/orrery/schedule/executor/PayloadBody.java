package io.orrery.schedule.executor;

import org.jspecify.annotations.Nullable;

/**
 * What a job with a payload does.
 *
 * @param <P> the type of the payload
 */
@FunctionalInterface
public interface PayloadBody<P> {

    /**
     * Does the work, in a thread that is interrupted to cancel it.
     *
     * @param payload what the schedule gives it; null if it gives nothing
     * @return the result, null for none
     * @throws Exception to make this attempt a failure
     */
    @Nullable
    Object run(P payload, FireContext context) throws Exception;
}
