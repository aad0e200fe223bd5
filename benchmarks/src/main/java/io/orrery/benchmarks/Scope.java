package io.orrery.benchmarks;

import io.orrery.job.Threads;
import io.orrery.scope.JobScope;
import java.util.concurrent.Callable;

/** A scope of Orrery, as users get it: every job has a handle, and can be cancelled, awaited and listed. */
record Scope(String title, Threads threads) implements Contender {

    @Override
    public boolean can(Workload workload) {
        return workload.shape() == Shape.SPAWNED;
    }

    @Override
    public Callable<?> prepare(Work work) {
        return () -> {
            try (var scope = JobScope.named("benchmark")
                    .limit(work.workload().window())
                    .threads(threads)
                    .open()) {
                for (int job = 0; job < work.size(); job++) {
                    scope.spawnAction("job", work.body(job));
                }
                return scope;
            }
        };
    }
}
