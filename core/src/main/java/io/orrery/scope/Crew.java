package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.thread.JobThreads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a scope turns jobs into virtual threads.
 *
 * <h2>Who begins a job</h2>
 *
 * <p>A job needs a {@link Lane}. Pending jobs stand in line. Whoever adds to the line looks afterwards for a free lane, and
 * whoever frees a lane looks afterwards at the line: one of the two sees the other, so no job is forgotten. Whose job has ended
 * passes the lane on to the first in line, without freeing it. A job in line that was told to stop stays there until somebody
 * comes by; when there are many of those, they are swept out.
 *
 * <h2>The order of an end</h2>
 *
 * <p>First the lane is passed on or freed, and then the end of the job is published: who has waited for it finds its place taken by
 * the next, or free. The next one's thread starts after that. The lane counts both, what has begun and what has been published, so
 * who closes the scope misses no end in between.
 *
 * <h2>Closing</h2>
 *
 * <p>Who adds a job looks afterwards whether the scope has been closed; who closes it says so before looking at lanes and line. A
 * job that both see is refused or cancelled, whoever is first. A job that comes out of the line is shown by its lane before; one that
 * did not stand in line, and is not shown yet when all are told to stop, is told by who has it begin.
 */
abstract sealed class Crew permits FreshCrew, ReusedCrew {

    private static final int MANY = 64;

    final OpenScope scope;
    final JobThreads threads;
    final Lanes lanes;
    final Line line;
    /** About how many in the line were told to stop. */
    private final AtomicInteger withdrawn = new AtomicInteger();

    Crew(OpenScope scope, Lanes lanes) {
        this.scope = scope;
        this.threads = scope.threads;
        this.lanes = lanes;
        this.line = new Line(scope);
    }

    /**
     * Has a job begin, now or when it is its turn.
     *
     * @return false if the scope is closed: the job never begins
     */
    abstract boolean add(SpawnedJob<?> job);

    /** Executes a job, in a thread that was started for it. */
    abstract void run(SpawnedJob<?> job);

    /** Sees to it that somebody comes for those in line, if there are free lanes. */
    abstract void dispatch();

    /** Puts a job at the end of the line, from which it is yet to be {@linkplain #dispatch dispatched}. */
    final boolean enqueue(SpawnedJob<?> job) {
        line.add(job);
        if (scope.closing.refuses() && job.refuse()) {
            withdrawn.getAndIncrement();
            return false;
        }
        return true;
    }

    /** The first in line that is still to begin, which has begun then in this lane; null if there is none. */
    final @Nullable SpawnedJob<?> next(Lane lane) {
        for (SpawnedJob<?> job = line.poll(lane); job != null; job = line.poll(lane)) {
            if (begin(job, lane)) {
                return job;
            }
            if (!job.isNone()) {
                withdrawn.getAndDecrement();
            }
        }
        lane.clear();
        return null;
    }

    /** Has a job begin in the lane that shows it, unless it has ended; one that begins while all are told to stop is told, too. */
    final boolean begin(SpawnedJob<?> job, Lane lane) {
        if (!lane.begin(job)) {
            return false;
        }
        String why = scope.closing.stops();
        if (why != null) {
            job.cancelBecause(why);
        }
        return true;
    }

    /** Frees a lane in which nothing has begun. Who closes the scope may have taken it for one in use until now. */
    final void free(Lane lane) {
        lanes.giveBack(lane);
        scope.closing.news();
    }

    /** Passes the lane of a job whose body has ended on to the next one, which is returned to be started, or frees it. */
    final @Nullable SpawnedJob<?> passOn(Lane lane) {
        scope.entrance.leave();
        SpawnedJob<?> next = next(lane);
        if (next == null) {
            lanes.giveBack(lane);
            dispatch();
        }
        return next;
    }

    /** Takes note of the end of a job that never began. */
    final void withdrawn(SpawnedJob<?> job, JobOutcome outcome) {
        int many = withdrawn.incrementAndGet();
        boolean missed = job.ended(outcome);
        scope.entrance.leave();
        if (many > MANY && many > scope.entrance.count()) {
            withdrawn.set(0);
            line.sweep();
        }
        if (missed) {
            scope.reports.tell(job, outcome);
        }
        scope.closing.news();
    }

    /** Starts a thread for a job that has begun; where there is no memory for one, the job fails, and so does the next. */
    final void start(@Nullable SpawnedJob<?> job) {
        SpawnedJob<?> one = job;
        while (one != null) {
            try {
                threads.start(one.name(), one);
                return;
            } catch (Throwable e) {
                SpawnedJob<?> failed = one;
                var outcome = new JobOutcome.Failed(e);
                one = passOn(lane(failed));
                if (end(failed, outcome, one)) {
                    scope.reports.tell(failed, outcome);
                }
            }
        }
    }

    static Lane lane(SpawnedJob<?> job) {
        Lane lane = job.lane;
        if (lane == null) {
            throw new IllegalStateException("a job that runs has a lane");
        }
        return lane;
    }

    /**
     * Publishes the end of a job whose lane has been passed on.
     *
     * @param next who has the lane now and is yet to be started; null if it was given back
     * @return whether it is a failure that has yet to be told, since nobody receives it
     */
    final boolean end(SpawnedJob<?> job, JobOutcome outcome, @Nullable SpawnedJob<?> next) {
        Lane lane = lane(job);
        boolean missed = job.publish(outcome);
        if (next == null && line.forget(job)) {
            dispatch();
        }
        lane.ended(next != null);
        scope.closing.news();
        return missed;
    }

    /** The jobs that are running, as of now. */
    final Set<SpawnedJob<?>> active() {
        Set<SpawnedJob<?>> jobs = inLanes();
        jobs.removeIf(job -> !job.isActive());
        return jobs;
    }

    /** The jobs that are running, or are about to begin, as of now. */
    final Set<SpawnedJob<?>> inLanes() {
        var jobs = new LinkedHashSet<SpawnedJob<?>>();
        for (int number = 1; number <= lanes.made(); number++) {
            SpawnedJob<?> job = lanes.lane(number).current();
            if (job != null && !job.isEnded()) {
                jobs.add(job);
            }
        }
        return jobs;
    }

    /** The jobs that are pending, in their order, as of now. */
    final List<SpawnedJob<?>> pending() {
        List<SpawnedJob<?>> jobs = line.jobs();
        jobs.removeIf(job -> !job.isPending());
        return jobs;
    }

    /** Tells all jobs to stop. */
    final void stopAll(String because) {
        line.jobs().forEach(job -> job.cancelBecause(because));
        for (int number = 1; number <= lanes.made(); number++) {
            SpawnedJob<?> job = lanes.lane(number).current();
            if (job != null) {
                job.cancelBecause(because);
            }
        }
    }
}
