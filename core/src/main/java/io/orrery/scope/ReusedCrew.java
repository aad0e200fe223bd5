package io.orrery.scope;

import io.orrery.job.JobOutcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that has finished a job takes the next one.
 *
 * <p>All jobs stand in line. Threads are started one at a time: before a thread begins a job while others stand in line, it sees to
 * it that there is a starter, which is another thread that is about to take one. When the job blocks, its carrier goes on with the
 * starter; when it is short, the thread is back in line before the starter has cost anything. Whoever adds to the line looks
 * afterwards for a starter, and a starter says that it is none any more before it looks at the line.
 *
 * <p>A carrier takes threads that came from elsewhere, as fresh ones do, only when it has none of its own, and two threads that yield
 * to each other are its own for ever. So a thread yields now and then, and after {@value #LONG} jobs it ends, and a fresh one goes on
 * behind all that wait.
 *
 * <p>A job that was told to stop may be interrupted until its end is published, and never after that, so its thread takes
 * others like any other. A thread that has to tell a failure does not: a handler may take long.
 */
final class ReusedCrew extends Crew {

    /** After so many jobs a thread lets others have its carrier. */
    private static final int FAIR = 64;
    /** After so many jobs a thread leaves the others to a fresh one. */
    private static final int LONG = 2 * FAIR;

    /** Whether there is a starter. */
    private final AtomicBoolean starting = new AtomicBoolean();

    ReusedCrew(OpenScope scope, Lanes lanes) {
        super(scope, lanes);
    }

    @Override
    boolean add(SpawnedJob<?> job) {
        boolean accepted = enqueue(job);
        dispatch();
        return accepted;
    }

    @Override
    void dispatch() {
        while (!starting.get() && !line.isEmpty() && starting.compareAndSet(false, true)) {
            Lane lane = lanes.take();
            if (lane == null) {
                starting.set(false);
                if (!lanes.hasFree()) {
                    return; // who frees one looks at the line
                }
            } else if (startIn(lane)) {
                return;
            }
        }
    }

    /** Starts the starter; where there is no memory for one, a job fails. */
    private boolean startIn(Lane lane) {
        try {
            threads.start(scope.name(), () -> begin(lane));
            return true;
        } catch (Throwable e) {
            starting.set(false);
            SpawnedJob<?> job = next(lane);
            if (job == null) {
                free(lane);
            } else {
                var outcome = new JobOutcome.Failed(e);
                SpawnedJob<?> next = passOn(lane);
                if (end(job, outcome, next)) {
                    scope.reports.tell(job, outcome);
                }
                start(next);
            }
            return false;
        }
    }

    private void begin(Lane lane) {
        starting.set(false);
        SpawnedJob<?> job = next(lane);
        if (job == null) {
            free(lane);
            dispatch();
            return;
        }
        go(job);
    }

    @Override
    void run(SpawnedJob<?> job) {
        go(job);
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on yielding but fairness
    private void go(SpawnedJob<?> first) {
        int done = 0;
        for (SpawnedJob<?> job = first; job != null; ) {
            dispatch();
            job = executeAndNext(job);
            done++;
            if (done % LONG == 0 && job != null && isLeftToAnother(job)) {
                return;
            }
            if (done % FAIR == 0) {
                Thread.yield();
            }
        }
    }

    /** Starts a thread for a job that has begun; where there is no memory for one, it stays with this thread. */
    private boolean isLeftToAnother(SpawnedJob<?> job) {
        try {
            threads.start(job.name(), job);
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** Executes a job, and returns the next one for this thread. */
    private @Nullable SpawnedJob<?> executeAndNext(SpawnedJob<?> job) {
        JobOutcome outcome = job.execute();
        SpawnedJob<?> next = passOn(lane(job));
        boolean missed = end(job, outcome, next);
        if (!missed) {
            return next;
        }
        start(next);
        scope.reports.tell(job, outcome);
        return null;
    }
}
