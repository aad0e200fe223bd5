package io.orrery.scope;

import io.orrery.job.Action;
import io.orrery.job.ContextAction;
import io.orrery.job.JobBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Spawns jobs into a scope. A {@link JobScope} is one; {@link #timeout} and {@link #deadline} give others, of the same scope,
 * whose jobs may only take so long. A job has a result, an action has none. The name of a job is also that of its thread.
 *
 * <p>A job begins at once if fewer than the limit are running. Otherwise it is pending, and jobs begin in the order in which they
 * were spawned. If as many are pending as may be, {@code spawn} waits for room, in order of arrival, and {@code trySpawn} does
 * not, or not for longer than its patience. Jobs may be spawned by jobs, and while the scope waits for their end in
 * {@link JobScope#close()}; once the scope is closed, spawning is refused, also to those who are waiting for room.
 *
 * <p>A job has nothing of the thread that spawns it: neither its thread locals, inheritable ones included, nor its scoped values,
 * since it may outlive what they are bound for; nor its context class loader, but that of the thread that opened the scope. What a
 * job is to know is given to its body:
 *
 * {@snippet :
 * String tenant = TENANT.get();
 * scope.spawn("welcome", () -> ScopedValue.where(TENANT, tenant).call(() -> mail.send(user)));
 * }
 *
 * <p>Immutable, and safe for use by any thread. Not meant for implementation by clients. Follows J-010 to J-015.
 */
public sealed interface Spawner permits JobScope, Spawning {

    /**
     * Spawns a job, having waited for room if there is none.
     *
     * @throws IllegalStateException if the scope is closed, or closes while this waits; the body is never run then
     * @throws InterruptedException if the calling thread is interrupted while this waits; the body is never run then
     */
    <T extends @Nullable Object> ScopedJob<T> spawn(String name, Callable<T> body) throws InterruptedException;

    /** Spawns a job that uses its context, or whose body is a class, like {@link #spawn(String, Callable)}. */
    <T extends @Nullable Object> ScopedJob<T> spawn(String name, JobBody<T> body) throws InterruptedException;

    /** Spawns a job that is named after the scope and a number, like {@link #spawn(String, Callable)}. */
    <T extends @Nullable Object> ScopedJob<T> spawn(Callable<T> body) throws InterruptedException;

    /** Spawns a job without a result, like {@link #spawn(String, Callable)}. */
    ScopedJob<@Nullable Void> spawnAction(String name, Action body) throws InterruptedException;

    /** Spawns a job without a result that uses its context, like {@link #spawn(String, Callable)}. */
    ScopedJob<@Nullable Void> spawnAction(String name, ContextAction body) throws InterruptedException;

    /**
     * Spawns a job if there is room for it now.
     *
     * @return the job; empty if there is no room, and then the body is never run
     * @throws IllegalStateException if the scope is closed
     */
    <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(String name, Callable<T> body);

    /**
     * Spawns a job if there is room for it within {@code patience}, on the clock of the scope; zero or less does not wait.
     *
     * @return the job; empty if there was no room, and then the body is never run
     * @throws IllegalStateException if the scope is closed, or closes while this waits
     * @throws InterruptedException if the calling thread is interrupted while this waits; the body is never run then
     */
    <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(String name, Duration patience, Callable<T> body)
            throws InterruptedException;

    /**
     * A spawner of the same scope whose jobs may take so long, from the beginning of their body: one that takes longer is told
     * to stop, and has timed out unless its body returns or throws something of its own.
     *
     * @throws IllegalArgumentException if {@code timeout} is zero or negative
     */
    Spawner timeout(Duration timeout);

    /**
     * A spawner of the same scope whose jobs have to have ended by {@code deadline}, on the clock of the scope. One that is
     * running then is told to stop; one that is pending then never runs; both have timed out. Of two deadlines the earlier one
     * holds. Spawning itself waits for room as long as it takes.
     */
    Spawner deadline(Instant deadline);
}
