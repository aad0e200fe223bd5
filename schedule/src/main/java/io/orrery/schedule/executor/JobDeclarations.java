package io.orrery.schedule.executor;

/**
 * Declares jobs: code that one process wants to have, and the processes that it starts. Implement it by a public class with a
 * public constructor without parameters.
 */
@FunctionalInterface
public interface JobDeclarations {

    /** Declares them. What payloads are written with goes here too: {@link JobCatalog#codec}. */
    void declare(JobCatalog jobs);
}
