package io.orrery.job;

import org.jspecify.annotations.Nullable;

/** Bodies that are functions of the results of other jobs. */
public final class Input {

    private Input() {}

    /**
     * A function of one result.
     *
     * @param <A> the type of the input
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface One<A extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Does the work.
         *
         * @throws Exception to make this attempt a failure
         */
        T apply(A input) throws Exception;
    }

    /**
     * A function of two results.
     *
     * @param <A> the type of the first input
     * @param <B> the type of the second input
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Two<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Does the work.
         *
         * @throws Exception to make this attempt a failure
         */
        T apply(A first, B second) throws Exception;
    }
}
