package io.orrery.outcome;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shutdown of a job that failed or took too long. Changes no verdict.
 *
 * @param path the job
 * @param cause what it threw, null if it had not returned within the shutdown timeout
 */
public record ShutdownProblem(String path, @Nullable Throwable cause) {

    /** What it threw; empty if it had not returned within the shutdown timeout. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(cause);
    }

    @Override
    public String toString() {
        return "shutdown of " + path + (cause == null ? " did not return in time" : " failed: " + cause);
    }
}
