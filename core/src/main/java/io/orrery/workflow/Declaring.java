package io.orrery.workflow;

import io.orrery.job.Action;
import io.orrery.job.Condition;
import io.orrery.job.ContextAction;
import io.orrery.job.Input;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which a workflow's jobs can be declared. A job has a result, an action has none.
 *
 * <p>Where a method that is referred to has overloads, Java can't tell which form is meant: write a lambda then, as in
 * {@code action("wait", () -> process.waitFor())}.
 */
abstract sealed class Declaring permits Workflow {

    abstract <T extends @Nullable Object> Job<T> declare(String label, Object work);

    /** Refuses a job of another workflow. */
    abstract void check(Job<?> input);

    /** Declares a job. */
    public <T extends @Nullable Object> Job<T> job(String label, Callable<T> body) {
        return declare(label, new Bodies.Call<>(body));
    }

    /** Declares a job that uses its context, or whose body is a class. */
    public <T extends @Nullable Object> Job<T> job(String label, JobBody<T> body) {
        return declare(label, body);
    }

    /**
     * Declares a job that works on the result of another one, which it requires to have succeeded: if it has not, this job is
     * skipped.
     *
     * @throws IllegalArgumentException if the input belongs to another workflow: the message names both
     */
    public <A extends @Nullable Object, T extends @Nullable Object> Job<T> job(
            String label, Job<A> input, Input.One<A, T> body) {
        return working(label, new Bodies.OneInput<>(input, (context, one) -> body.apply(one)), input);
    }

    /**
     * Like {@link #job(String, Job, Input.One)}, for a body that uses its context.
     *
     * @throws IllegalArgumentException if the input belongs to another workflow: the message names both
     */
    public <A extends @Nullable Object, T extends @Nullable Object> Job<T> job(
            String label, Job<A> input, Input.OneInContext<A, T> body) {
        return working(label, new Bodies.OneInput<>(input, body), input);
    }

    /**
     * Declares a job that works on the results of two others, which it requires to have succeeded: if one has not, this job is
     * skipped.
     *
     * @throws IllegalArgumentException if an input belongs to another workflow: the message names both
     */
    public <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object> Job<T> job(
            String label, Job<A> first, Job<B> second, Input.Two<A, B, T> body) {
        return working(label, new Bodies.TwoInputs<>(first, second, body), first, second);
    }

    /**
     * Declares a job that works on the results of several others, in their order. It requires them to have succeeded: if one
     * has not, this job is skipped.
     *
     * @throws IllegalArgumentException if an input belongs to another workflow: the message names both
     */
    public <A extends @Nullable Object, T extends @Nullable Object> Job<T> job(
            String label, List<? extends Job<? extends A>> inputs, Input.Many<A, T> body) {
        List<Job<? extends A>> all = List.copyOf(inputs);
        return working(label, new Bodies.ManyInputs<>(all, body), all.toArray(Job<?>[]::new));
    }

    /** Declares a job without a result. */
    public Job<@Nullable Void> action(String label, Action body) {
        return declare(label, new Bodies.Act(body));
    }

    /** Declares a job without a result that uses its context. */
    public Job<@Nullable Void> action(String label, ContextAction body) {
        return declare(label, new Bodies.ContextAct(body));
    }

    /**
     * Declares a job without a result that works on the result of another one, which it requires to have succeeded: if it has
     * not, this job is skipped.
     *
     * @throws IllegalArgumentException if the input belongs to another workflow: the message names both
     */
    public <A extends @Nullable Object> Job<@Nullable Void> action(
            String label, Job<A> input, Input.OneAction<A> body) {
        return working(
                label,
                new Bodies.OneInput<A, @Nullable Void>(input, (context, one) -> {
                    body.accept(one);
                    return null;
                }),
                input);
    }

    private <T extends @Nullable Object> Job<T> working(String label, JobBody<T> body, Job<?>... inputs) {
        for (Job<?> input : inputs) {
            check(input);
        }
        return this.<T>declare(label, body).requires(Condition.succeeded(inputs));
    }

    /**
     * Declares an endless job: not waited for, and stopped when all others have ended. It is critical unless told otherwise, so
     * a failure of it stops the run; one that returns by itself has succeeded and is not started again. For a body that is a
     * class: {@code job(label, body).forever(true)}.
     */
    public Job<@Nullable Void> forever(String label, Action body) {
        return action(label, body).forever(true);
    }

    /** Declares an endless job that uses its context, like {@link #forever(String, Action)}. */
    public Job<@Nullable Void> forever(String label, ContextAction body) {
        return action(label, body).forever(true);
    }

    /** Declares a job that does nothing: a point that others can require, and that requires others. */
    public Job<@Nullable Void> barrier(String label) {
        return declare(label, JobBody.nothing());
    }
}
