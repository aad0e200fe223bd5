package io.orrery.scope;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that went wrong in a scope and that nobody received. Immutable.
 *
 * @param scope where
 * @param job which job
 * @param kind what
 * @param cause what the job threw, or a {@link java.util.concurrent.TimeoutException}
 * @param spawnTrace where the job was spawned, if the scope {@linkplain ScopeOptions#traceSpawns keeps that}; null otherwise
 */
public record ScopeProblem(
        JobScope scope,
        ScopedJob<?> job,
        Kind kind,
        Throwable cause,
        @Nullable Throwable spawnTrace) {

    /** What can go wrong. */
    public enum Kind {
        /** A job failed or timed out. */
        FAILED("Job processing failed"),
        /** A job that was told to stop when its scope closed did not do so in time: it is stuck. */
        STUCK("Job closing timed out");

        private final String message;

        Kind(String message) {
            this.message = message;
        }
    }

    /** What went wrong, in words. */
    public String message() {
        return kind.message;
    }

    /** Where the job was spawned, if the scope keeps that. */
    public Optional<Throwable> spawnedAt() {
        return Optional.ofNullable(spawnTrace);
    }
}
