package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.thread.Interrupts;
import io.orrery.time.Durations;
import io.orrery.time.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A job, from being spawned to its end: its state, and what users see of it. There may be very many, so it is kept small.
 *
 * <p>Its state changes by compare-and-set only, from pending to running to stopping to its outcome, so it begins once, is
 * stopped once and ends once, whoever is first.
 */
final class SpawnedJob<T extends @Nullable Object> implements ScopedJob<T>, Runnable {

    private static final VarHandle STATE;
    private static final VarHandle AUDIENCE;
    private static final VarHandle THREAD;
    private static final VarHandle NAME;

    static {
        try {
            var lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(SpawnedJob.class, "state", Object.class);
            THREAD = lookup.findVarHandle(SpawnedJob.class, "thread", Thread.class);
            NAME = lookup.findVarHandle(SpawnedJob.class, "name", String.class);
            AUDIENCE = lookup.findVarHandle(SpawnedJob.class, "audience", Audience.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * It was told to stop.
     *
     * @param instead how it ends, unless with something of its own
     */
    private record Stopping(JobOutcome instead) {
        /** Interrupts its thread, if it has one. */
        synchronized void interrupt(SpawnedJob<?> job) {
            Thread started = job.thread;
            if (started != null) {
                job.scope.time.interrupt(started);
            }
        }

        /** Called at the end by its thread, which has taken leave: it is never interrupted for this after that. */
        synchronized void over(boolean isInItsThread) {
            if (isInItsThread) {
                Thread.interrupted();
            }
        }
    }

    private static final JobOutcome NONE = new JobOutcome.NotRun("there is no job");

    final OpenScope scope;
    /** What comes behind it in line, which is the line's business; itself, if it has been left behind there. */
    volatile @Nullable SpawnedJob<?> next;
    /** Read by any thread, and changed by any, as if it were volatile; the one it is made with takes no fence. */
    @SuppressWarnings("UnusedVariable") // it is read by its handle
    private String name;
    /** What it does; null once its thread has called it, or it has ended, lest a kept handle keeps it. */
    private @Nullable Object body;
    /**
     * Null while it is pending; then {@link State#RUNNING}, a {@link Stopping} if it was told to stop, at last its
     * {@link JobOutcome}.
     */
    private volatile @Nullable Object state;
    /** The thread that it is interrupted by; set by that. */
    private volatile @Nullable Thread thread;
    /** Null as long as nobody waits for it. */
    private volatile @Nullable Audience audience;
    /** Its slot; null while it is pending, and if it is shielded work. Written by whoever has taken the slot. */
    @Nullable
    Lane lane;
    /** Null for most; set before it enters the scope. */
    @Nullable
    Terms terms;

    SpawnedJob(OpenScope scope, String name, Object body) {
        this.scope = scope;
        this.name = name;
        this.body = body;
    }

    /** What stands in a line for no job: it has ended, and nobody has heard of it. */
    static SpawnedJob<?> none(OpenScope scope) {
        var none = new SpawnedJob<>(scope, "", NONE);
        none.state = NONE;
        return none;
    }

    /** Whether it only stands for those that are not in line any more. */
    boolean isNone() {
        return NONE.equals(state);
    }

    // ---------------------------------------------------------------------------------------------- life

    @Override
    public void run() {
        scope.crew.run(this);
    }

    /** Begins, unless it has ended. Called by who has a slot for it. */
    boolean begin() {
        return STATE.compareAndSet(this, null, State.RUNNING);
    }

    @Nullable
    Object body() {
        return body;
    }

    /** Executes the body in the calling thread, and returns what came of it; the end has yet to be published. */
    JobOutcome execute() {
        Thread current = Thread.currentThread();
        thread = current;
        String known = name();
        if (!known.equals(current.getName())) { // also if it was given another one meanwhile
            current.setName(known);
        }
        JobOutcome outcome = state instanceof Stopping stopping ? stopping.instead : Execution.of(this);
        body = null;
        THREAD.setRelease(this, null);
        Thread.interrupted(); // what comes after is not the body's
        return outcome;
    }

    /** Whether it was told to stop before its end. */
    boolean isStopping() {
        return state instanceof Stopping;
    }

    /**
     * Tells it to stop; if it is pending, it ends.
     *
     * @param instead how it ends if it has begun, unless with something of its own
     * @param unbegun how it ends if it has not
     * @return whether it had not ended, nor was told before
     */
    boolean stop(JobOutcome instead, JobOutcome unbegun) {
        while (true) {
            Object known = state;
            if (known == null) {
                if (STATE.compareAndSet(this, known, unbegun)) {
                    scope.crew.withdrawn(this, unbegun);
                    return true;
                }
            } else if (known == State.RUNNING) {
                var stopping = new Stopping(instead);
                if (STATE.compareAndSet(this, known, stopping)) {
                    stopping.interrupt(this);
                    return true;
                }
            } else {
                return false;
            }
        }
    }

    /** Makes it end, if it is pending, as one that came too late; nobody has its handle yet. */
    boolean refuse() {
        var outcome = new JobOutcome.NotRun("the scope is closed");
        if (!STATE.compareAndSet(this, null, outcome)) {
            return false;
        }
        ended(outcome);
        return true;
    }

    boolean cancelBecause(String because) {
        return stop(new JobOutcome.Cancelled(because, null, null), new JobOutcome.NotRun(because));
    }

    /** Called by an alarm: what its end has others do, if it is pending, is done in a thread of its own. */
    void timedOut(Duration timeout) {
        var outcome = new JobOutcome.TimedOut(timeout, null);
        if (!isPending()) {
            stop(outcome, outcome);
            return;
        }
        try {
            scope.threads.start(name(), () -> {
                scope.threads.enter();
                stop(outcome, outcome);
            });
        } catch (Throwable e) { // out of memory for a thread
            stop(outcome, outcome);
        }
    }

    /**
     * Ends it, and tells all who wait.
     *
     * @param genuine what came of it by itself
     * @return whether it is a failure that nobody receives
     */
    boolean publish(JobOutcome genuine) {
        Object known = state;
        JobOutcome outcome = endOf(genuine, known);
        while (!STATE.compareAndSet(this, known, outcome)) {
            known = state;
            outcome = endOf(genuine, known);
        }
        if (known instanceof Stopping stopping) {
            stopping.over(body == null);
            scope.stuck.remove(this);
        }
        return ended(outcome);
    }

    private static JobOutcome endOf(JobOutcome genuine, @Nullable Object known) {
        return known instanceof Stopping(JobOutcome instead)
                        && genuine instanceof JobOutcome.Failed(Throwable thrown)
                        && Interrupts.isAnswer(thrown)
                ? instead
                : genuine;
    }

    /**
     * Tells all who wait of its end, which is known.
     *
     * @return whether it is a failure that has to be told, which reports have been taken note of
     */
    boolean ended(JobOutcome outcome) {
        body = null;
        Terms known = terms;
        if (known != null) {
            known.over();
        }
        if (scope.events.heard()) {
            scope.publish(at -> new ScopeEvent.JobFinished(scope, at, this, outcome));
        }
        Audience waiting = audience;
        boolean missed = isFailure(outcome) && isMissed(waiting);
        if (waiting != null) {
            waiting.tell(outcome, scope.reports);
        }
        return missed;
    }

    private boolean isMissed(@Nullable Audience waiting) {
        if (waiting != null) {
            return waiting.failed(scope.reports);
        }
        scope.reports.begins();
        return true;
    }

    static boolean isFailure(JobOutcome outcome) {
        return outcome instanceof JobOutcome.Failed || outcome instanceof JobOutcome.TimedOut;
    }

    @Nullable
    Thread thread() {
        return thread;
    }

    // ------------------------------------------------------------------------------------------- questions

    @Override
    public String name() {
        return (String) NAME.getVolatile(this);
    }

    @Override
    public void rename(String other) {
        Objects.requireNonNull(other, "A job needs a name.");
        NAME.setVolatile(this, other);
        Thread started = thread;
        if (started != null) {
            started.setName(other);
        }
    }

    @Override
    public JobScope scope() {
        return scope;
    }

    @Override
    public State state() {
        return switch (state) {
            case null -> State.QUEUED;
            case JobOutcome outcome -> outcome.state();
            default -> State.RUNNING;
        };
    }

    @Override
    public boolean isPending() {
        return state == null;
    }

    @Override
    public boolean isActive() {
        return !isPending() && !isEnded();
    }

    @Override
    public boolean isEnded() {
        return state instanceof JobOutcome;
    }

    @Override
    public Optional<JobOutcome> outcome() {
        return state instanceof JobOutcome outcome ? Optional.of(outcome) : Optional.empty();
    }

    // -------------------------------------------------------------------------------------------- waiting

    private Audience audience() {
        Audience known = audience;
        if (known == null) {
            var made = new Audience(scope.time);
            known = (Audience) AUDIENCE.compareAndExchange(this, null, made);
            known = known == null ? made : known;
        }
        return known;
    }

    /** Something that waits for the end. */
    private interface Waiting {
        /** How it ended; null if it has not. */
        @Nullable
        JobOutcome end() throws InterruptedException;
    }

    /** Is somebody who waits, from before that begins: what the job fails with meanwhile is the caller's. */
    private @Nullable JobOutcome attending(Waiting waits) throws InterruptedException {
        Audience waiting = audience();
        waiting.comes();
        JobOutcome outcome = null;
        try {
            outcome = waits.end();
            return outcome;
        } finally {
            if (waiting.leaves(outcome != null, scope.reports)) {
                scope.reports.tell(this, Objects.requireNonNull((JobOutcome) state));
            }
        }
    }

    /** Waits for the end, for at most {@code patience} if there is one, and returns how it ended; null if it has not. */
    private @Nullable JobOutcome awaitEnd(@Nullable Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before waiting for \"" + name() + "\"");
        }
        return attending(() -> {
            if (!isEnded()) {
                Signal ended = audience().ended;
                if (patience == null) {
                    ended.await();
                } else if (!ended.await(patience)) {
                    return null;
                }
            }
            return (JobOutcome) state;
        });
    }

    /** Waits for the end of what {@code start} begins. */
    T awaitFrom(Runnable start) throws InterruptedException, ExecutionException {
        JobOutcome outcome = attending(() -> {
            start.run();
            return awaitEnd(null);
        });
        return result(Objects.requireNonNull(outcome));
    }

    private @Nullable JobOutcome awaitStop() throws InterruptedException {
        return awaitEnd(scope.options().closeTimeout().orElse(null));
    }

    @Override
    public T await() throws InterruptedException, ExecutionException {
        JobOutcome outcome = awaitEnd(null);
        return result(Objects.requireNonNull(outcome));
    }

    @Override
    public T await(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        JobOutcome outcome = awaitEnd(patience);
        if (outcome == null) {
            throw new TimeoutException(
                    "job \"" + name() + "\" has not ended within " + Durations.text(patience) + "; it goes on");
        }
        return result(outcome);
    }

    @Override
    public T awaitOrCancel(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        String reason = "not awaited for longer than " + Durations.text(patience);
        JobOutcome outcome = attending(() -> {
            JobOutcome inTime = awaitEnd(patience);
            if (inTime != null) {
                return inTime;
            }
            cancelBecause(reason);
            return awaitStop();
        });
        String late = "job \"" + name() + "\" has not ended within " + Durations.text(patience);
        if (outcome == null) {
            scope.noteStuck(this);
            throw new TimeoutException(late + " and does not react to being cancelled");
        }
        if (outcome.because().equals(reason)) {
            throw new TimeoutException(late + " and was cancelled");
        }
        return result(outcome);
    }

    @Override
    public void cancel() throws InterruptedException, ExecutionException, TimeoutException {
        cancelWithin(scope.options().closeTimeout().orElse(null));
    }

    @Override
    public void cancel(Duration patience) throws InterruptedException, ExecutionException, TimeoutException {
        cancelWithin(patience);
    }

    private void cancelWithin(@Nullable Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (isEnded()) {
            return;
        }
        JobOutcome outcome = attending(() -> {
            requestCancel();
            return awaitEnd(patience);
        });
        if (outcome == null) {
            scope.noteStuck(this);
            throw new TimeoutException("job \"" + name() + "\" does not react to being cancelled");
        }
        if (isFailure(outcome)) {
            result(outcome);
        }
    }

    @Override
    public boolean requestCancel() {
        return cancelBecause("cancelled");
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the body's type is that of the handle
    private T result(JobOutcome outcome) throws ExecutionException {
        return switch (outcome) {
            case JobOutcome.Succeeded(Object value) -> (T) value;
            case JobOutcome.Failed(Throwable cause) ->
                throw new ExecutionException("job \"" + name() + "\" failed: " + cause, cause);
            case JobOutcome.TimedOut timedOut ->
                throw new ExecutionException(
                        "job \"" + name() + "\" " + timedOut.because(), new TimeoutException(timedOut.because()));
            case JobOutcome.Cancelled _, JobOutcome.NotRun _, JobOutcome.Skipped _ ->
                throw new CancellationException("job \"" + name() + "\" was cancelled: " + outcome.because());
        };
    }

    @Override
    public CompletableFuture<T> toCompletableFuture() {
        Audience waiting = audience();
        CompletableFuture<T> future = waiting.future();
        if (state instanceof JobOutcome outcome) {
            waiting.tell(outcome, scope.reports);
        }
        return future;
    }

    @Override
    public String toString() {
        return "job \"" + name() + "\" (" + state().word() + (isStopping() ? ", stopping" : "") + ")";
    }
}
