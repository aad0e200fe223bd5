package io.orrery.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** A future each, made in order of execution; building the graph is part of running it. */
record Futures(String title, ExecutorService executor) implements Contender {

    @Override
    public boolean can(Workload workload) {
        return workload.isInOrder() && workload.window() == 0;
    }

    @Override
    public Callable<?> prepare(Work work) {
        return () -> {
            Dag dag = work.dag();
            var futures = new CompletableFuture<?>[work.size()];
            for (int job = 0; job < futures.length; job++) {
                Body body = work.body(job);
                futures[job] = switch (dag.count(job)) {
                    case 0 -> CompletableFuture.runAsync(body, executor);
                    case 1 -> futures[dag.requirement(job, 0)].thenRunAsync(body, executor);
                    default -> all(futures, dag, job).thenRunAsync(body, executor);
                };
            }
            CompletableFuture.allOf(futures).join();
            return futures;
        };
    }

    private static CompletableFuture<?> all(CompletableFuture<?>[] futures, Dag dag, int job) {
        var required = new CompletableFuture<?>[dag.count(job)];
        for (int k = 0; k < required.length; k++) {
            required[k] = futures[dag.requirement(job, k)];
        }
        return CompletableFuture.allOf(required);
    }

    @Override
    public void close() {
        executor.close();
    }
}
