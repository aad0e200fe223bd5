package io.orrery.run;

import io.orrery.job.Interceptor;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.thread.Events;
import io.orrery.thread.JobThreads;
import io.orrery.thread.RunIds;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an outermost run shares with all that is nested in it. Safe for use by any thread. */
final class RunTree {

    final TimeSource time;
    final String name;
    final String runId;
    final Instant startedAt;
    final Events<RunEvent> events;
    final List<Interceptor> interceptors;
    private final JobThreads threads;
    private final long origin;
    /** The first error that says that the virtual machine itself is broken. */
    private final AtomicReference<@Nullable Fatal> fatal = new AtomicReference<>();

    /**
     * An error that ends everything.
     *
     * @param error what was thrown
     * @param path the job that threw it
     */
    record Fatal(Error error, String path) {}
    /** Written by the outermost run's coordinator, read by those of all. */
    volatile boolean paused;

    RunTree(String name, RunOptions options) {
        this.time = options.time();
        this.threads = new JobThreads(time);
        this.name = name;
        this.startedAt = time.instant();
        this.origin = time.nanos();
        this.runId = RunIds.next(startedAt);
        this.events = new Events<>(time, tellers(options.listeners()), RunTree::isTheEnd, name + "/events");
        this.interceptors = options.capture();
    }

    private static List<Consumer<RunEvent>> tellers(List<RunListener> listeners) {
        return listeners.stream()
                .<Consumer<RunEvent>>map(listener -> listener::on)
                .toList();
    }

    private static boolean isTheEnd(RunEvent event) {
        return event instanceof RunEvent.RunFinished && event.path().isEmpty();
    }

    /**
     * Starts a virtual thread that has nothing of the one that starts it, which may be that of any job: no thread locals, not
     * even inheritable ones. User code is called in it only after {@link #enter}.
     */
    Thread start(String name, Runnable body) {
        return threads.start(name, body);
    }

    /** Gives the current thread the class loader of the caller. */
    void enter() {
        threads.enter();
    }

    /** Nanoseconds since the start of the outermost run. */
    long now() {
        return time.nanos() - origin;
    }

    /** When a limit that begins now will be over, in nanoseconds since the start of the outermost run. */
    long deadlineAfter(Duration limit) {
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        long now = now();
        return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
    }

    /** The moment that is so far from the start of the outermost run. */
    Instant instant(long nanos) {
        return startedAt.plusNanos(nanos);
    }

    /** Publishes an event, which is made only if somebody listens. */
    void publish(Function<Duration, RunEvent> event) {
        if (events.heard()) {
            events.publish(event.apply(Duration.ofNanos(now())));
        }
    }

    /** Notes an error that says that the virtual machine itself is broken, if it is one. */
    void noteIfFatal(@Nullable Throwable failure, String path) {
        if (failure instanceof Error error && isFatal(error)) {
            fatal.compareAndSet(null, new Fatal(error, path));
        }
    }

    /** Whether it says that the virtual machine itself is broken; a stack overflow is a fault of one body. */
    static boolean isFatal(@Nullable Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /** Notes an error of the engine itself. */
    void noteInternal(Throwable failure, String path) {
        Error error = failure instanceof Error one ? one : new AssertionError("internal error", failure);
        fatal.compareAndSet(null, new Fatal(error, path));
    }

    @Nullable
    Fatal fatal() {
        return fatal.get();
    }
}
