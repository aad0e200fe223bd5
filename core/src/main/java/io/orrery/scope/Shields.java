package io.orrery.scope;

import io.orrery.job.JobOutcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Work that goes on when its caller is interrupted, and that the scope waits for all the same. Safe for use by any thread. */
final class Shields {

    private final OpenScope scope;
    private final Set<SpawnedJob<?>> open = ConcurrentHashMap.newKeySet();

    Shields(OpenScope scope) {
        this.scope = scope;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    boolean has(SpawnedJob<?> work) {
        return open.contains(work);
    }

    List<SpawnedJob<?>> all() {
        return List.copyOf(open);
    }

    /**
     * Starts it.
     *
     * @throws IllegalStateException if the scope is closed
     */
    void start(SpawnedJob<?> work) {
        work.begin(); // it is never pending, nor counted among those who are
        open.add(work);
        if (scope.closing.refuses()) {
            open.remove(work);
            scope.closing.news();
            throw scope.closing.refusal(work);
        }
        scope.publish(at -> new ScopeEvent.JobSpawned(scope, at, work));
        try {
            scope.threads.start(work.name(), () -> run(work));
        } catch (Throwable e) {
            end(work, new JobOutcome.Failed(e));
        }
    }

    private void run(SpawnedJob<?> work) {
        end(work, work.execute());
    }

    private void end(SpawnedJob<?> work, JobOutcome outcome) {
        if (work.publish(outcome)) {
            scope.reports.tell(work, outcome);
        }
        open.remove(work);
        scope.closing.news();
    }

    void stopAll(String because) {
        open.forEach(work -> work.cancelBecause(because));
    }
}
