package io.orrery.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the JDK offers for jobs that are due later.
 *
 * @param threads how many run them
 */
record PoolTimers(String title, int threads) implements Contender {

    @Override
    public boolean can(Workload workload) {
        return workload.shape() == Shape.PENDING;
    }

    @Override
    public Callable<?> prepare(Work work) throws InterruptedException {
        var executor = new ScheduledThreadPoolExecutor(threads);
        var gate = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            executor.execute(() -> waitFor(gate));
        }
        var pending = Pending.of(work.size());
        for (int job = 0; job < work.size(); job++) {
            Future<?> _ = executor.schedule(work.body(job), pending.nextDelay(), TimeUnit.NANOSECONDS);
        }
        pending.pass();
        return () -> {
            gate.countDown();
            executor.shutdown();
            return executor.awaitTermination(5, TimeUnit.MINUTES);
        };
    }

    private static void waitFor(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody cancels a benchmark", e);
        }
    }
}
