package io.orrery.scope;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The end of a scope. The first who closes it does the work, in their own thread; others wait for that. */
final class Closing {

    private final OpenScope scope;
    private final TimeSource time;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Signal done;
    private volatile boolean refuses;
    private volatile boolean hurries;
    /** Why all are told to stop; null until they are. */
    private volatile @Nullable String stops;
    /** Set by who closes the scope, to be told when something has ended; null while nobody waits. */
    private volatile @Nullable Signal news;
    /** What who closes the scope waits for. */
    private volatile BooleanSupplier awaited = this::isQuiet;

    private boolean interrupted; // that of who closes it

    Closing(OpenScope scope) {
        this.scope = scope;
        this.time = scope.time;
        this.done = time.signal();
    }

    boolean refuses() {
        return refuses;
    }

    @Nullable
    String stops() {
        return stops;
    }

    IllegalStateException refusal(SpawnedJob<?> job) {
        return new IllegalStateException("A scope that is closed takes no more jobs, but \"" + job.name()
                + "\" was spawned in \"" + scope.name() + "\". Open another one.");
    }

    /** Called when something has ended, by who has seen to it that this can be seen. */
    void news() {
        Signal waits = news;
        if (waits != null && (hurries || awaited.getAsBoolean())) {
            waits.set();
        }
    }

    private boolean isQuiet() {
        return scope.entrance.count() == 0
                && scope.lanes.areQuiet()
                && scope.shields.isEmpty()
                && scope.reports.areDone();
    }

    void close(boolean now) {
        refuseOwnJobs();
        if (now) {
            hurries = true;
            news();
        }
        if (!begun.compareAndSet(false, true)) {
            done.awaitUninterruptibly();
            return;
        }
        try {
            work(now);
        } finally {
            done.set();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refuseOwnJobs() {
        Thread caller = Thread.currentThread();
        if (scope.reports.isTelling(caller)) {
            throw new IllegalStateException(
                    "A scope waits for whom it tells of the end of its jobs when it closes, but \""
                            + scope.name()
                            + "\" is being closed by one of those. Close it from outside, or in a thread of its own.");
        }
        for (SpawnedJob<?> job : scope.all()) {
            if (caller.equals(job.thread())) {
                throw new IllegalStateException(
                        "A scope waits for its jobs when it closes, but is being closed by one of them, \"" + job.name()
                                + "\". Close it from outside, or in a thread of its own.");
            }
        }
    }

    private void work(boolean now) {
        Duration patience = scope.options().waitTimeout().orElse(null);
        long began = time.nanos();
        boolean quiet = !now && awaitNews(patience, /* mayHurry= */ true);
        refuses = true;
        scope.entrance.refuseAll();
        if (quiet) { // who came in at the last moment has the rest of the time
            Duration spent = Duration.ofNanos(time.nanos() - began);
            awaitNews(patience == null ? null : patience.minus(spent), /* mayHurry= */ true);
        }
        String why = hurries || interrupted ? "the scope was cancelled" : "the scope is closed";
        scope.publish(at -> new ScopeEvent.ScopeClosing(scope, at, why));
        stopAll(why);
        Duration grace = scope.options().closeTimeout().orElse(null);
        if (!awaitNews(grace, /* mayHurry= */ false)) {
            nameStuck();
            awaited = scope.reports::areDone;
            awaitNews(grace, /* mayHurry= */ false);
        }
        scope.ended();
    }

    private void stopAll(String because) {
        stops = because;
        scope.crew.stopAll(because);
        scope.shields.stopAll(because);
    }

    private void nameStuck() {
        List<SpawnedJob<?>> left = new ArrayList<>(scope.crew.active());
        left.addAll(scope.shields.all());
        for (SpawnedJob<?> job : left) {
            if (scope.noteStuck(job)) {
                scope.reports.stuck(job);
            }
        }
    }

    /**
     * Waits for what is awaited: that nothing is left, or at last that all has been told of what is.
     *
     * @param mayHurry whether this ends when somebody wants it to, also by interrupting this thread
     * @return whether it has come
     */
    private boolean awaitNews(@Nullable Duration patience, boolean mayHurry) {
        long began = time.nanos();
        while (true) {
            Signal signal = time.signal();
            news = signal;
            if (awaited.getAsBoolean()) {
                return true;
            }
            if (mayHurry && (hurries || interrupted)) {
                return false;
            }
            try {
                if (patience == null) {
                    signal.await();
                } else if (!signal.await(patience.minusNanos(time.nanos() - began))) {
                    return awaited.getAsBoolean();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
