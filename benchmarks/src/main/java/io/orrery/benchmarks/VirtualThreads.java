package io.orrery.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

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
            return () -> {
                try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int job = 0; job < work.size(); job++) {
                        executor.execute(work.body(job));
                    }
                    return executor;
                }
            };
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
            return () -> {
                var permits = new Semaphore(work.workload().window());
                try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int job = 0; job < work.size(); job++) {
                        Body body = work.body(job);
                        executor.execute(() -> runWith(permits, body));
                    }
                    return executor;
                }
            };
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
            return () -> {
                var permits = new Semaphore(work.workload().window());
                try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int job = 0; job < work.size(); job++) {
                        Body body = work.body(job);
                        permits.acquireUninterruptibly();
                        executor.execute(() -> {
                            try {
                                body.run();
                            } finally {
                                permits.release();
                            }
                        });
                    }
                    return executor;
                }
            };
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
            return () -> {
                var permits = new Semaphore(work.workload().window());
                var room = new Semaphore(work.workload().window() + PENDING);
                try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int job = 0; job < work.size(); job++) {
                        Body body = work.body(job);
                        room.acquireUninterruptibly();
                        executor.execute(() -> {
                            try {
                                runWith(permits, body);
                            } finally {
                                room.release();
                            }
                        });
                    }
                    return executor;
                }
            };
        }
    };

    /** As many as may be pending in a scope that was not told otherwise. */
    private static final int PENDING = 10_000;

    private final String title;

    VirtualThreads(String title) {
        this.title = title;
    }

    private static void runWith(Semaphore permits, Body body) {
        permits.acquireUninterruptibly();
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
