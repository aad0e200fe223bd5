package io.orrery.scope;

import io.orrery.job.JobOutcome;

/** A virtual thread of its own for each job. */
final class FreshCrew extends Crew {

    FreshCrew(OpenScope scope, Lanes lanes) {
        super(scope, lanes);
    }

    @Override
    boolean add(SpawnedJob<?> job) {
        Lane lane = lanes.hasFree() && line.isEmpty() ? lanes.take() : null;
        if (lane == null) {
            boolean accepted = enqueue(job);
            dispatch();
            return accepted;
        }
        lane.show(job);
        boolean refused = scope.closing.refuses() && job.refuse();
        if (!refused && begin(job, lane)) {
            start(job);
            return true;
        }
        lane.clear();
        free(lane);
        dispatch();
        return !refused;
    }

    @Override
    void dispatch() {
        while (lanes.hasFree() && !line.isEmpty()) {
            Lane lane = lanes.take();
            if (lane == null) {
                return;
            }
            SpawnedJob<?> next = next(lane);
            if (next == null) {
                free(lane);
            } else {
                start(next);
            }
        }
    }

    @Override
    void run(SpawnedJob<?> job) {
        JobOutcome outcome = job.execute();
        SpawnedJob<?> next = passOn(lane(job));
        boolean missed = end(job, outcome, next);
        start(next);
        if (missed) {
            scope.reports.tell(job, outcome);
        }
    }
}
