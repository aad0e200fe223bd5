package io.orrery.job;

import org.jspecify.annotations.Nullable;

/**
 * What a job does. A lambda will do; a class may also clean up and describe itself.
 *
 * <p>One body may be run by several runs at once (a workflow can be run again, and concurrently), so a body that keeps
 * state must be safe for use by several threads.
 *
 * @param <T> the type of the result; {@link Void} for none
 */
@FunctionalInterface
public interface JobBody<T extends @Nullable Object> {

    /**
     * Does the work, in a thread of its own. It is cancelled by interrupting that thread.
     *
     * @return the job's result, which may be null
     * @throws Exception to make this attempt a failure
     */
    T run(JobContext context) throws Exception;

    /**
     * Cleans up, at the end of every run whose workflow holds the job, however the run or the job ended, and also when
     * the job never started ({@link JobContext#attempt()} is 0 then). Meant for light housekeeping: all bodies of a
     * workflow share its shutdown timeout. The default calls {@link #shutdown()}.
     *
     * @throws Exception to have it reported; the verdict of the run stays
     */
    default void shutdown(JobContext context) throws Exception {
        shutdown();
    }

    /**
     * {@link #shutdown(JobContext)} for bodies that need not know more. The default does nothing.
     *
     * @throws Exception to have it reported; the verdict of the run stays
     */
    default void shutdown() throws Exception {}

    /** Details for listings, in one or more lines; empty for none, which is the default. */
    default String describe() {
        return "";
    }

    /**
     * The word for its kind in listings. The default is the simple name of its class, or {@code Job} where the class has
     * none, as that of a lambda.
     */
    default String kind() {
        String name = getClass().isHidden() ? "" : getClass().getSimpleName();
        return name.isEmpty() ? "Job" : name;
    }

    /** The body that does nothing: of a job that is only there to require others and be required. Always the same one. */
    static JobBody<@Nullable Void> nothing() {
        return Nothing.NOTHING;
    }
}
