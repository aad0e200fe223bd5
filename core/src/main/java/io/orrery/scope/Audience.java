package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the end of one job, and whether one of them received its failure. Made for the first of them; most jobs
 * have none. Guarded by itself.
 */
final class Audience {

    final Signal ended;
    private int waiting;
    private boolean received;
    /** Whether the failure is left to those who were waiting at the end, and none of them has told yet what became of it. */
    private boolean left;

    private @Nullable CompletableFuture<?> future;

    Audience(TimeSource time) {
        this.ended = time.signal();
    }

    synchronized void comes() {
        waiting++;
    }

    /**
     * Takes note that one has stopped waiting.
     *
     * @param receives whether that one knows of the end
     * @param reports where a failure that is left to those who wait counts as open
     * @return whether the job has failed, and nobody has received it, nor will: it has to be told
     */
    boolean leaves(boolean receives, Reports reports) {
        synchronized (this) {
            waiting--;
            received |= receives;
            if (!left || (!received && waiting > 0)) {
                return false;
            }
            left = false;
            if (!received) {
                return true;
            }
        }
        reports.ends();
        return false;
    }

    /**
     * Takes note of the failure of the job, before those who wait are told.
     *
     * @param reports where it counts as open until it is known that somebody has received it, or it was told
     * @return whether nobody receives it, so that it has to be told
     */
    synchronized boolean failed(Reports reports) {
        if (future != null && future.getNumberOfDependents() > 0) {
            received = true;
        }
        if (received) {
            return false;
        }
        reports.begins();
        left = waiting > 0;
        return !left;
    }

    @SuppressWarnings("unchecked") // there is one, for the type of the job's result
    synchronized <T extends @Nullable Object> CompletableFuture<T> future() {
        if (future == null) {
            future = new CompletableFuture<T>();
        }
        return (CompletableFuture<T>) future;
    }

    /** Tells all who wait, and runs what depends on the end. */
    void tell(JobOutcome outcome, Reports reports) {
        ended.set();
        CompletableFuture<@Nullable Object> view;
        synchronized (this) {
            if (future == null) {
                return;
            }
            view = future();
        }
        reports.telling(() -> complete(view, outcome));
    }

    private static void complete(CompletableFuture<@Nullable Object> view, JobOutcome outcome) {
        switch (outcome) {
            case JobOutcome.Succeeded(Object value) -> view.complete(value);
            case JobOutcome.Failed(Throwable cause) -> view.completeExceptionally(cause);
            case JobOutcome.TimedOut timedOut -> view.completeExceptionally(new TimeoutException(timedOut.because()));
            case JobOutcome.Cancelled _, JobOutcome.NotRun _, JobOutcome.Skipped _ ->
                view.completeExceptionally(new CancellationException(outcome.because()));
        }
    }
}
