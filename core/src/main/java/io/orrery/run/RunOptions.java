package io.orrery.run;

import io.orrery.job.Interceptor;
import io.orrery.outcome.RunListener;
import io.orrery.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** How to run a plan: on which clock, watched by whom, with what around each attempt. Immutable. */
public final class RunOptions {

    private static final RunOptions DEFAULTS = new RunOptions(TimeSource.system(), List.of(), List.of());

    private final TimeSource time;
    private final List<RunListener> listeners;
    private final List<Supplier<Interceptor>> interceptors;

    private RunOptions(TimeSource time, List<RunListener> listeners, List<Supplier<Interceptor>> interceptors) {
        this.time = time;
        this.listeners = listeners;
        this.interceptors = interceptors;
    }

    /** In real time, with nobody watching and nothing around. */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /** Runs on this clock. */
    public RunOptions time(TimeSource time) {
        return new RunOptions(time, listeners, interceptors);
    }

    /** Tells {@code listener} of everything that happens, in addition to those already there. */
    public RunOptions listener(RunListener listener) {
        return new RunOptions(time, plus(listeners, listener), interceptors);
    }

    /** Puts {@code interceptor} around each attempt of each job, nested ones included, inside those already there. */
    public RunOptions around(Interceptor interceptor) {
        return capturing(() -> interceptor);
    }

    /**
     * Carries the context of the caller into the jobs: {@code capture} is called once, by the thread that starts the run,
     * and what it returns is put around each attempt, inside those already there.
     */
    public RunOptions capturing(Supplier<Interceptor> capture) {
        return new RunOptions(time, listeners, plus(interceptors, capture));
    }

    TimeSource time() {
        return time;
    }

    List<RunListener> listeners() {
        return listeners;
    }

    /** Captures the caller's context; to be called by the thread that starts the run. */
    List<Interceptor> capture() {
        return interceptors.isEmpty()
                ? List.of()
                : interceptors.stream().map(Supplier::get).toList();
    }

    private static <E> List<E> plus(List<E> list, E element) {
        var more = new ArrayList<>(list);
        more.add(element);
        return List.copyOf(more);
    }
}
