package io.orrery.scope;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Background jobs, so many at a time, that have all ended when the scope is closed, or are named.
 *
 * {@snippet :
 * try (var scope = JobScope.named("mail").limit(100).pendingLimit(10_000).open()) {
 *     ScopedJob<Receipt> sent = scope.spawn("welcome", () -> mail.send(user));
 *     sent.await(Duration.ofSeconds(2));
 * }
 * }
 *
 * <p>The jobs of a scope are those that are pending and those that are running. A job that was told to stop is one of them until
 * its body has ended, and so is a job that does not react to that: it is {@linkplain #stuck() stuck}, keeps its place under
 * the limit, and stays listed even when the scope is closed.
 *
 * <p>Safe for use by any thread. Its threads are virtual, so they do not keep the virtual machine alive: use it as a resource of
 * a {@code try} statement, or {@link CloseAtExit close it when the virtual machine stops}. Follows J-001 to J-032 and GT01 to
 * GT05 of the specification.
 */
public sealed interface JobScope extends Spawner, Iterable<ScopedJob<?>>, AutoCloseable permits OpenScope {

    /** The options of a scope, all of them as by default; it exists once it is {@linkplain ScopeOptions#open opened}. */
    static ScopeOptions named(String name) {
        return ScopeOptions.named(name);
    }

    /** Its name. */
    String name();

    /** Its id, a ULID. */
    String id();

    /** What it was opened with. */
    ScopeOptions options();

    /** How many jobs are running, those included that were told to stop and have not. */
    int active();

    /** How many jobs are pending. Those that wait for room in {@code spawn} do not count. */
    int pending();

    /** How many jobs it has: {@link #active} and {@link #pending}. */
    int size();

    /** Whether it refuses new jobs. It does so before {@link #close} and {@link #cancel} return. */
    boolean isClosed();

    /** Whether a job is one of this scope's and has not ended. */
    boolean contains(ScopedJob<?> job);

    /** The jobs that are running, then those that are pending in their order, as they are now; no later change is seen. */
    @Override
    Iterator<ScopedJob<?>> iterator();

    /** The jobs that were told to stop and have not done so in time. */
    List<ScopedJob<?>> stuck();

    /** What has become of it so far. */
    ScopeSnapshot snapshot();

    /**
     * Runs work that survives the interruption of its caller: in a virtual thread of its own, at once, not counted among the
     * jobs and under no limit. The scope waits for it when it closes, and cancels it when time is up. If the caller is
     * interrupted, the work goes on; should it fail then, the failure is reported as that of a job.
     *
     * @return what {@code work} returns
     * @throws InterruptedException if the calling thread is interrupted; {@code work} goes on
     * @throws ExecutionException if {@code work} throws, with that as its cause
     * @throws java.util.concurrent.CancellationException if {@code work} was told to stop, and did
     * @throws IllegalStateException if the scope is closed; {@code work} is never run then
     */
    <T extends @Nullable Object> T shield(String name, Callable<T> work)
            throws InterruptedException, ExecutionException;

    /**
     * Closes it in order: waits for all jobs and shielded work, what is spawned meanwhile included, for at most
     * {@linkplain ScopeOptions#waitTimeout the wait timeout}; then as {@link #cancel}. Returns when all have ended or the
     * rest is known to be stuck. If the calling thread is interrupted, this goes on to cancel at once, and leaves the thread
     * interrupted. If somebody else is closing the scope, waits for that.
     *
     * @throws IllegalStateException if called by a job of this scope, or by what is told of the end of one, which would wait
     *     for itself
     */
    @Override
    void close();

    /**
     * Closes it now: refuses new jobs, never begins those that are pending, tells all others to stop, all at once, and waits for
     * them for at most {@linkplain ScopeOptions#closeTimeout the close timeout}. Those that have not stopped then are stuck,
     * and reported, also if somebody knows already; handlers that are being told have as long again at most. If somebody else
     * is closing the scope, hurries that and waits for it.
     *
     * @throws IllegalStateException if called by a job of this scope, or by what is told of the end of one, which would wait
     *     for itself
     */
    void cancel();
}
