package io.orrery.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome;
import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Random use of scopes on real threads: several spawn, cancel and wait, and one closes in the midst of it. Every job that
 * was accepted ends, begins once at most, never beside more than the limit, and every failure is known to somebody. The
 * number of seeds is the system property {@code orrery.random-scopes}; a failure names its seed.
 */
class RandomScopesTest {

    private static final int SEEDS = Integer.getInteger("orrery.random-scopes", 300);

    @Test
    @Spec({"GT05", "GT02", "J-013", "J-028"})
    void no_job_is_lost_or_begun_twice_or_beyond_the_limit() throws InterruptedException {
        for (long seed = 0; seed < SEEDS; seed++) {
            new Use(seed).run();
        }
    }

    @Test
    @Spec({"J-023", "J-031", "GT02"})
    void what_is_thrown_to_who_cancels_or_shields_is_never_reported_as_well() throws InterruptedException {
        var reported = new AtomicInteger();
        try (JobScope scope = JobScope.named("answers")
                .closeTimeout(Duration.ofSeconds(20))
                .onFailure(problem -> reported.incrementAndGet())
                .open()) {
            for (int i = 0; i < SEEDS * 10; i++) {
                var begun = new CountDownLatch(1);
                var never = new CountDownLatch(1);
                ScopedJob<?> job = scope.spawnAction("job", () -> {
                    begun.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("answer", e.getCause());
                    }
                });
                begun.await();
                assertThatThrownBy(job::cancel).isInstanceOf(ExecutionException.class);
                assertThatThrownBy(() -> scope.shield("work", () -> {
                            throw new IllegalStateException("no");
                        }))
                        .isInstanceOf(ExecutionException.class);
            }
        }
        assertThat(reported).hasValue(0);
    }

    @Test
    @Spec("J-007")
    void a_job_is_always_seen_until_it_has_ended() throws InterruptedException {
        for (Threads threads : Threads.values()) {
            try (JobScope scope =
                    JobScope.named("seen").limit(1).threads(threads).open()) {
                for (int i = 0; i < SEEDS * 10; i++) {
                    scope.spawnAction("before", () -> {});
                    var free = new CountDownLatch(1);
                    ScopedJob<?> job = scope.spawnAction("job", free::await);
                    while (!job.isActive()) {
                        assertThat(scope).contains(job);
                    }
                    free.countDown();
                }
            }
        }
    }

    /** One use of one scope. */
    private static final class Use {
        private static final int SPAWNERS = 3;
        private static final int EACH = 40;

        final long seed;
        final int limit;
        final boolean closesEarly;
        final boolean now;
        final JobScope scope;
        final AtomicInteger inside = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger reported = new AtomicInteger();
        final ConcurrentLinkedQueue<Work> accepted = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
        final CountDownLatch some = new CountDownLatch(20);

        Use(long seed) {
            this.seed = seed;
            var random = new Random(seed);
            this.limit = 1 + random.nextInt(4);
            this.closesEarly = random.nextBoolean();
            this.now = random.nextBoolean();
            this.scope = JobScope.named("seed " + seed)
                    .limit(limit)
                    .pendingLimit(1 + random.nextInt(8))
                    .closeTimeout(Duration.ofSeconds(20))
                    .threads(random.nextBoolean() ? Threads.FRESH : Threads.REUSED)
                    .onFailure(problem -> reported.incrementAndGet())
                    .open();
        }

        /** One job, and how often it began. */
        final class Work {
            final AtomicInteger begun = new AtomicInteger();
            final int kind;
            ScopedJob<Integer> job;

            Work(int kind) {
                this.kind = kind;
            }

            int body() throws InterruptedException {
                begun.incrementAndGet();
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                try {
                    switch (kind) {
                        case 0 -> Thread.onSpinWait();
                        case 1 -> Thread.ofVirtual().start(() -> {}).join(); // blocks until another thread has run
                        case 2 -> {
                            failed.incrementAndGet();
                            throw new IllegalStateException("no");
                        }
                        default -> {}
                    }
                    return 1;
                } finally {
                    inside.decrementAndGet();
                }
            }
        }

        void run() throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < SPAWNERS; i++) {
                var random = new Random(seed * SPAWNERS + i);
                threads.add(Thread.ofVirtual().start(() -> spawn(random)));
            }
            if (closesEarly) {
                some.await();
            } else {
                join(threads);
            }
            if (now) {
                scope.cancel();
            } else {
                scope.close();
            }
            check();
            join(threads);
            check();
        }

        private static void join(List<Thread> threads) throws InterruptedException {
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private void spawn(Random random) {
            try {
                for (int i = 0; i < EACH; i++) {
                    var work = new Work(random.nextInt(6));
                    some.countDown();
                    if (random.nextInt(4) == 0) {
                        var job = scope.trySpawn("job", work::body);
                        if (job.isEmpty()) {
                            continue;
                        }
                        work.job = job.get();
                    } else {
                        work.job = scope.spawn("job", work::body);
                    }
                    accepted.add(work);
                    switch (random.nextInt(8)) {
                        case 0 -> work.job.requestCancel();
                        case 1 ->
                            assertThat(work.job.toCompletableFuture().isCompletedExceptionally() && !work.job.isEnded())
                                    .isFalse();
                        default -> {}
                    }
                }
            } catch (IllegalStateException e) {
                if (!scope.isClosed()) {
                    unexpected.add(e);
                }
            } catch (Throwable e) {
                unexpected.add(e);
            }
        }

        private void check() {
            String what = "seed " + seed;
            assertThat(unexpected).as(what).isEmpty();
            assertThat(most.get()).as(what).isLessThanOrEqualTo(limit);
            assertThat(scope.size()).as(what).isZero();
            assertThat(reported.get()).as(what).isEqualTo(failed.get());
            for (Work work : accepted) {
                JobOutcome outcome = work.job.outcome().orElseThrow(() -> new AssertionError(what + ": not ended"));
                int begun = work.begun.get();
                assertThat(begun).as(what).isLessThanOrEqualTo(1);
                switch (outcome) {
                    case JobOutcome.Succeeded _, JobOutcome.Failed _ ->
                        assertThat(begun).as(what).isOne();
                    case JobOutcome.NotRun _ -> assertThat(begun).as(what).isZero();
                    case JobOutcome.Cancelled _ -> {}
                    case JobOutcome.TimedOut _, JobOutcome.Skipped _ -> throw new AssertionError(what + ": " + outcome);
                }
            }
        }
    }
}
