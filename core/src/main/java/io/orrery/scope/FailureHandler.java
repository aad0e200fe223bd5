package io.orrery.scope;

/**
 * Told of what went wrong in a scope and nobody received.
 *
 * <p>Called once for each problem, by a thread that belongs to the job or to who waited for it last, while the scope holds no lock and
 * the job no place under the limit; by several at once. It is not interrupted for what the job was told. A scope that closes waits
 * for it, so it must not close the scope itself, which is refused: a handler that wants the scope cancelled has a thread of its own
 * do that. What it throws is logged, and changes nothing: the next handler is told all the same.
 */
@FunctionalInterface
public interface FailureHandler {

    /** Takes note of a problem. */
    void on(ScopeProblem problem);
}
