package io.orrery.job;

/** A body without a result that uses its context. */
@FunctionalInterface
public interface ContextAction {

    /**
     * Does the work.
     *
     * @throws Exception to make this attempt a failure
     */
    void run(JobContext context) throws Exception;
}
