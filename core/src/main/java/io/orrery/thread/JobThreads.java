package io.orrery.thread;

import io.orrery.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Makes the virtual threads of jobs. Made by the thread whose context class loader they are to have. Safe for use by any thread. */
public final class JobThreads {

    private final TimeSource time;
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();

    /** Threads on this clock. */
    public JobThreads(TimeSource time) {
        this.time = time;
    }

    /**
     * Starts a virtual thread that has nothing of the one that starts it, which may be that of any job: no thread locals, not
     * even inheritable ones. User code is called in it only after {@link #enter}.
     */
    public Thread start(String name, Runnable body) {
        return time.start(Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false), body);
    }

    /** Gives the current thread the class loader of who made this. */
    @SuppressWarnings("ReferenceEquality") // the very loader
    public void enter() {
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() != contextClassLoader) {
            thread.setContextClassLoader(contextClassLoader);
        }
    }
}
