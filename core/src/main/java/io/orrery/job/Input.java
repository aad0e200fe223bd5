package io.orrery.job;

import java.util.List;
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

    /**
     * A function of one result that uses its context.
     *
     * @param <A> the type of the input
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface OneInContext<A extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Does the work.
         *
         * @throws Exception to make this attempt a failure
         */
        T apply(JobContext context, A input) throws Exception;
    }

    /**
     * A function of several results, in the order in which their jobs were given.
     *
     * @param <A> the type of the inputs
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Many<A extends @Nullable Object, T extends @Nullable Object> {
        /**
         * Does the work.
         *
         * @throws Exception to make this attempt a failure
         */
        T apply(List<A> inputs) throws Exception;
    }

    /**
     * Something done with one result.
     *
     * @param <A> the type of the input
     */
    @FunctionalInterface
    public interface OneAction<A extends @Nullable Object> {
        /**
         * Does the work.
         *
         * @throws Exception to make this attempt a failure
         */
        void accept(A input) throws Exception;
    }
}
