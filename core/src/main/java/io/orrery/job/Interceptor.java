package io.orrery.job;

import org.jspecify.annotations.Nullable;

/**
 * Code around each attempt of each job, in the job's own thread: a place for scoped values, diagnostic contexts, spans.
 *
 * <p>Called by many threads at once. What it throws counts as thrown by the job; if the
 * body threw, too, it is the body's exception that counts, and the interceptor's is suppressed in it. Several interceptors wrap each other in
 * the order in which they were added, the first one outermost. A scoped value is bound so:
 *
 * {@snippet :
 * Interceptor tenant = (context, attempt) -> ScopedValue.where(TENANT, "acme").call(attempt::proceed);
 * }
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Does something around {@code attempt}, which it has to {@linkplain Attempt#proceed proceed}: a job whose interceptor
     * returns without having done so fails. What the attempt returned or threw stands, whether it is passed on or not.
     *
     * @throws Exception what the attempt threw, or to make it a failure
     */
    void around(JobContext context, Attempt attempt) throws Exception;

    /** What is inside an interceptor: the next one, and at last the body. Its result stays with the engine. */
    @FunctionalInterface
    interface Attempt {

        /**
         * Does it.
         *
         * @return what the body returned; the engine keeps it by itself
         * @throws Exception what the body threw
         * @throws IllegalStateException if it is called a second time, or from another thread
         */
        @Nullable
        Object proceed() throws Exception;
    }
}
