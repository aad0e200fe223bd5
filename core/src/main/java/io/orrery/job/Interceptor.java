package io.orrery.job;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Code around each attempt of each job, in the job's own thread: a place for scoped values, diagnostic contexts, spans.
 *
 * <p>Called by many threads at once. What it throws counts as thrown by the job. Several interceptors wrap each other in
 * the order in which they were added, the first one outermost.
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Does something around {@code attempt}, which it must call exactly once, in the calling thread.
     *
     * @return what {@code attempt} returned
     * @throws Exception what {@code attempt} threw
     */
    @Nullable
    Object around(JobContext context, Callable<@Nullable Object> attempt) throws Exception;
}
