package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A job that was spawned in a scope.
 *
 * <p>It is pending, then active, then ended. One that was told to stop is active until its body has ended. How the body ends is
 * how the job ends, also after it was told to stop: with what it returns, or with what it throws, unless that is the answer to
 * the interrupt; then the job was cancelled, or has timed out.
 *
 * <p>A failure that nobody receives is reported to the scope's {@linkplain FailureHandler handlers}, once. It is received by whoever
 * is waiting for the job when it ends and is still waiting when it is told, and by what depends on the
 * {@linkplain #toCompletableFuture future} by then. Asking a failed job later gives the same failure again.
 *
 * <p>Safe for use by any thread. Follows J-014 to J-024 of the specification.
 *
 * @param <T> the type of the result; {@link Void} for none
 */
public sealed interface ScopedJob<T extends @Nullable Object> permits SpawnedJob {

    /** Its name: the one it was given, or that of the scope and a number. */
    String name();

    /** Gives it another name, and its thread, too, if it is running. */
    void rename(String name);

    /** The scope it was spawned in. */
    JobScope scope();

    /** {@link State#QUEUED} while it is pending, {@link State#RUNNING} while it is active, or how it ended. */
    State state();

    /** Whether it has not begun, and has not ended either. */
    boolean isPending();

    /** Whether it has begun and has not ended. */
    boolean isActive();

    /** Whether it has ended. */
    boolean isEnded();

    /** How it ended; empty while it has not. */
    Optional<JobOutcome> outcome();

    /**
     * Waits for the end. An interrupt ends the wait, not the job.
     *
     * @return what its body returned
     * @throws ExecutionException if it failed, with the very object that was thrown as its cause, or timed out, with a
     *     {@link TimeoutException} as its cause
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws InterruptedException if the calling thread is interrupted
     */
    T await() throws InterruptedException, ExecutionException;

    /**
     * Waits for the end, for at most {@code patience} on the clock of the scope; zero or less does not wait. When that is over,
     * the job goes on.
     *
     * @return what its body returned
     * @throws TimeoutException if it has not ended by then
     * @throws ExecutionException if it failed or timed out, as in {@link #await()}
     * @throws java.util.concurrent.CancellationException if it was cancelled
     * @throws InterruptedException if the calling thread is interrupted
     */
    T await(Duration patience) throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * Waits for the end, for at most {@code patience} from now; when that is over, cancels the job and allows it the
     * {@linkplain ScopeOptions#closeTimeout close timeout} to stop. If the wait is interrupted, the job is not cancelled, then
     * or later.
     *
     * @return what its body returned, in time or when it was told to stop
     * @throws TimeoutException if it had to be cancelled and was, or has not stopped in time either: then it is stuck
     * @throws ExecutionException if it failed or timed out, as in {@link #await()}
     * @throws java.util.concurrent.CancellationException if it was cancelled by somebody else
     * @throws InterruptedException if the calling thread is interrupted
     */
    T awaitOrCancel(Duration patience) throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * Cancels it and waits for its end, for at most the scope's {@linkplain ScopeOptions#closeTimeout close timeout}. One
     * that is pending is never run. Does nothing if it has ended, even with a failure.
     *
     * @throws TimeoutException if it has not stopped in time: it is stuck
     * @throws ExecutionException if it answers with a failure of its own
     * @throws InterruptedException if the calling thread is interrupted; the job is cancelled all the same
     */
    void cancel() throws InterruptedException, ExecutionException, TimeoutException;

    /** Cancels it and waits for its end, for at most {@code patience}, like {@link #cancel()}. */
    void cancel(Duration patience) throws InterruptedException, ExecutionException, TimeoutException;

    /**
     * Tells it to stop and does not wait. One that is pending is never run.
     *
     * @return whether it had not ended, nor was told before
     */
    boolean requestCancel();

    /**
     * A view of its end, the same one each time: completed with what {@link #await()} would return, or the cause of what it
     * would throw. Completing or cancelling the view changes nothing of the job. What depends on it is run by the job's thread,
     * or by whoever ends one that is pending; it has to be short, and must not close the scope, which is refused.
     */
    CompletableFuture<T> toCompletableFuture();
}
