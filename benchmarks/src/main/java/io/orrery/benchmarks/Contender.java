package io.orrery.benchmarks;

import java.util.concurrent.Callable;

/**
 * One way to run jobs. Made anew for each virtual machine and used by one thread at a time. A run may fail in any way, which
 * is then reported; the contender is not asked again.
 */
interface Contender extends AutoCloseable {

    /** Its name in tables and on the command line. */
    String title();

    /** Whether it is able to do this, and in a time that one wants to wait for. */
    boolean can(Workload workload);

    /**
     * Prepares the work; what is timed is what this returns, which may be called several times, and returns when all jobs have
     * ended. It returns what a user would hold in hands then.
     */
    Callable<?> prepare(Work work) throws Exception;

    /** Whether it runs the jobs at all. */
    default boolean runsJobs() {
        return true;
    }

    /** It takes part in every so many rounds only, being slow. */
    default int every() {
        return 1;
    }

    @Override
    default void close() {}
}
