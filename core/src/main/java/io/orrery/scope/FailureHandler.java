package io.orrery.scope;

/**
 * Told of what went wrong in a scope and nobody received.
 *
 * <p>Called once for each problem, by a thread that belongs to the job or to who waited for it last, while the scope holds no lock and
 * the job no place under the limit; by several at once. A scope that closes waits for it. What it throws is logged, and changes
 * nothing: the next handler is told all the same.
 */
@FunctionalInterface
public interface FailureHandler {

    /** Takes note of a problem. */
    void on(ScopeProblem problem);
}
