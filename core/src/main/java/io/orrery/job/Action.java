package io.orrery.job;

/** A body without a result. */
@FunctionalInterface
public interface Action {

    /**
     * Does the work.
     *
     * @throws Exception to make this attempt a failure
     */
    void run() throws Exception;
}
