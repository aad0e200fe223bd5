package io.orrery.workflow;

import io.orrery.job.Action;
import io.orrery.job.ContextAction;
import io.orrery.job.Input;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The bodies behind the short forms of declaring a job. */
final class Bodies {

    private Bodies() {}

    /** What was declared with a lambda, and is shown as one. */
    interface Lambda<T extends @Nullable Object> extends JobBody<T> {
        @Override
        default String kind() {
            return "Job";
        }
    }

    record Call<T extends @Nullable Object>(Callable<T> callable) implements Lambda<T> {
        @Override
        public T run(JobContext context) throws Exception {
            return callable.call();
        }
    }

    record Act(Action action) implements Lambda<@Nullable Void> {
        @Override
        public @Nullable Void run(JobContext context) throws Exception {
            action.run();
            return null;
        }
    }

    record ContextAct(ContextAction action) implements Lambda<@Nullable Void> {
        @Override
        public @Nullable Void run(JobContext context) throws Exception {
            action.run(context);
            return null;
        }
    }

    record OneInput<A extends @Nullable Object, T extends @Nullable Object>(
            Job<A> input, Input.OneInContext<A, T> function) implements Lambda<T> {
        @Override
        public T run(JobContext context) throws Exception {
            return function.apply(context, context.result(input));
        }
    }

    record TwoInputs<A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>(
            Job<A> first, Job<B> second, Input.Two<A, B, T> function) implements Lambda<T> {
        @Override
        public T run(JobContext context) throws Exception {
            return function.apply(context.result(first), context.result(second));
        }
    }

    record ManyInputs<A extends @Nullable Object, T extends @Nullable Object>(
            List<Job<? extends A>> inputs, Input.Many<A, T> function) implements Lambda<T> {
        @Override
        public T run(JobContext context) throws Exception {
            List<A> results = new ArrayList<>(inputs.size());
            for (Job<? extends A> input : inputs) {
                results.add(context.result(input));
            }
            return function.apply(results);
        }
    }
}
