package io.orrery.outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of a run as a whole. Immutable.
 *
 * @param identity which run it is
 * @param state its state
 * @param why the reason for its state, in one sentence; empty while it has none
 * @param elapsed how long it took, or has taken so far
 * @param failure the first failure that brought it down, null if none did
 * @param notes what went wrong without changing the verdict
 */
public record RunSummary(
        Identity identity,
        RunState state,
        String why,
        Duration elapsed,
        @Nullable Failure failure,
        Notes notes) {

    /**
     * Which run it is.
     *
     * @param runId its id, the same for all that is nested in it; empty before it is run
     * @param path the path of the job that it is nested in, empty for the outermost run
     * @param startedAt when the outermost run began, on the wall clock
     */
    public record Identity(String runId, String path, Instant startedAt) {}

    /**
     * The failure of a job.
     *
     * @param path the job
     * @param cause what it threw
     */
    public record Failure(String path, Throwable cause) {}

    /**
     * What went wrong without changing the verdict.
     *
     * @param shutdown shutdowns that failed or took too long
     * @param stragglers jobs whose threads had not stopped when the grace period was over
     */
    public record Notes(List<ShutdownProblem> shutdown, List<String> stragglers) {
        /** Nothing. */
        public static final Notes NONE = new Notes(List.of(), List.of());

        /** Copies the lists. */
        public Notes {
            shutdown = List.copyOf(shutdown);
            stragglers = List.copyOf(stragglers);
        }
    }
}
