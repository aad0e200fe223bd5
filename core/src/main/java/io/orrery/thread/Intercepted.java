package io.orrery.thread;

import io.orrery.job.Interceptor;
import io.orrery.job.JobContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds an interceptor to its contract. */
public final class Intercepted implements Interceptor.Attempt {
    private final Interceptor interceptor;
    private final JobContext context;
    private final Interceptor.Attempt inside;
    private final Thread thread = Thread.currentThread();
    private boolean proceeded;
    private @Nullable Object result;
    private @Nullable Throwable thrown;

    private Intercepted(Interceptor interceptor, JobContext context, Interceptor.Attempt inside) {
        this.interceptor = interceptor;
        this.context = context;
        this.inside = inside;
    }

    /** An attempt with interceptors around it, the first one outermost. Called by the thread that makes the attempt. */
    public static Interceptor.Attempt by(
            List<Interceptor> interceptors, JobContext context, Interceptor.Attempt attempt) {
        Interceptor.Attempt inside = attempt;
        for (Interceptor interceptor : interceptors.reversed()) {
            inside = new Intercepted(interceptor, context, inside);
        }
        return inside;
    }

    @Override
    public @Nullable Object proceed() throws Exception {
        try {
            interceptor.around(context, this::proceedInside);
        } catch (Throwable e) {
            if (thrown == null || thrown.equals(e)) {
                throw e;
            }
            thrown.addSuppressed(e);
        }
        if (!proceeded) {
            throw new IllegalStateException("An interceptor must proceed with the attempt, but " + interceptor
                    + " returned without. Call attempt.proceed(), or throw.");
        }
        switch (thrown) {
            case Exception e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
        return result;
    }

    private @Nullable Object proceedInside() throws Exception {
        if (proceeded || !Thread.currentThread().equals(thread)) {
            throw new IllegalStateException(
                    "An attempt is made once, in the job's own thread, but " + interceptor + " proceeded "
                            + (proceeded ? "twice" : "from another one") + ". Use a retry policy to repeat it.");
        }
        proceeded = true;
        try {
            result = inside.proceed();
            return result;
        } catch (Throwable e) {
            thrown = e;
            throw e;
        }
    }
}
