package io.orrery.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/** What the JDK offers for jobs that do not depend on each other. */
enum VirtualThreads implements Contender {
    /** The least that can be done: a virtual thread each, and a latch to wait for them. */
    BARE("bare virtual threads") {
        @Override
        public Callable<?> prepare(Work work) {
            return () -> {
                var latch = new CountDownLatch(work.size());
                for (int job = 0; job < work.size(); job++) {
                    Body body = work.body(job);
                    Thread.startVirtualThread(() -> {
                        body.run();
                        latch.countDown();
                    });
                }
                latch.await();
                return latch;
            };
        }
    },
    EXECUTOR("newVirtualThreadPerTaskExecutor") {
        @Override
        public Callable<?> prepare(Work work) {
            return each(work, Executor::execute);
        }
    },
    /** A thread each at once, which then waits for a permit: how virtual threads are meant to be limited. */
    SEMAPHORE("virtual threads with a semaphore") {
        @Override
        public boolean can(Workload workload) {
            return workload.shape() == Shape.SPAWNED || workload.shape() == Shape.INDEPENDENT && workload.window() > 0;
        }

        @Override
        public Callable<?> prepare(Work work) {
            var permits = new Semaphore(work.workload().window());
            return each(work, (executor, body) -> executor.execute(() -> runWith(permits, body)));
        }
    },
    /** A thread for each that has a permit, which whoever spawns waits for: nothing is pending. */
    SEMAPHORE_FIRST("virtual threads with a semaphore, waited for before the start") {
        @Override
        public boolean can(Workload workload) {
            return workload.shape() == Shape.SPAWNED;
        }

        @Override
        public Callable<?> prepare(Work work) {
            var permits = new Semaphore(work.workload().window());
            return each(work, (executor, body) -> {
                permits.acquireUninterruptibly();
                executor.execute(() -> runAndRelease(permits, body));
            });
        }
    },
    /** As many may run, and as many be pending, as in a scope: who spawns waits for one semaphore, each thread for the other. */
    TWO_SEMAPHORES("virtual threads with a semaphore, and one for room to be pending") {
        @Override
        public boolean can(Workload workload) {
            return workload.shape() == Shape.SPAWNED;
        }

        @Override
        public Callable<?> prepare(Work work) {
            var permits = new Semaphore(work.workload().window());
            var room = new Semaphore(work.workload().window() + PENDING);
            return each(work, (executor, body) -> {
                room.acquireUninterruptibly();
                executor.execute(() -> runAndRelease(room, () -> runWith(permits, body)));
            });
        }
    };

    /** As many as may be pending in a scope that was not told otherwise. */
    private static final int PENDING = 10_000;

    private final String title;

    VirtualThreads(String title) {
        this.title = title;
    }

    /** Has each body of some work started, by an executor that begins and ends with it. */
    private static Callable<?> each(Work work, BiConsumer<Executor, Body> starter) {
        return () -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int job = 0; job < work.size(); job++) {
                    starter.accept(executor, work.body(job));
                }
                return executor;
            }
        };
    }

    private static void runWith(Semaphore permits, Body body) {
        permits.acquireUninterruptibly();
        runAndRelease(permits, body);
    }

    private static void runAndRelease(Semaphore permits, Runnable body) {
        try {
            body.run();
        } finally {
            permits.release();
        }
    }

    @Override
    public boolean can(Workload workload) {
        return workload.shape() == Shape.SPAWNED // where they know no limit
                || workload.shape() == Shape.INDEPENDENT && workload.window() == 0;
    }

    @Override
    public String title() {
        return title;
    }
}
