package io.orrery.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Threads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That nobody has to wait longer because a scope reuses its threads. */
@Tag("smoke")
@Timeout(60)
class ReusedThreadsOfScopesTest {
    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();
    private static final int CHAINS = 8;
    private static final int OTHERS = 16;
    private static final int TURNS = 100;
    private static final int MOST = 200_000;

    private final CountDownLatch together = new CountDownLatch(CHAINS);
    private final CountDownLatch theirTurns = new CountDownLatch(OTHERS * TURNS);
    private final CountDownLatch computing = new CountDownLatch(CARRIERS - 1);
    private final AtomicInteger jobs = new AtomicInteger();
    private volatile boolean over;

    /** Of the carriers one is left, and the threads of all chains are its own, since one of them has called the others. */
    @Test
    void other_virtual_threads_have_their_turns_while_jobs_go_on_and_on() throws InterruptedException {
        for (int i = 1; i < CARRIERS; i++) {
            Thread.ofVirtual().start(this::compute);
        }
        computing.await();
        try (var scope =
                JobScope.named("busy").limit(CHAINS).threads(Threads.REUSED).open()) {
            for (int i = 0; i < CHAINS; i++) {
                scope.spawnAction("first", () -> begin(scope));
            }
        } finally {
            over = true;
        }

        assertThat(jobs).hasValueLessThan(MOST);
    }

    private void compute() {
        computing.countDown();
        while (!over) {
            Thread.onSpinWait();
        }
    }

    private void begin(JobScope scope) throws InterruptedException {
        together.countDown();
        together.await();
        for (int i = 0; i < OTHERS / CHAINS; i++) {
            Thread.ofVirtual().start(this::takeTurns);
        }
        goOn(scope);
    }

    private void goOn(JobScope scope) throws InterruptedException {
        if (theirTurns.getCount() > 0 && jobs.incrementAndGet() < MOST) {
            scope.spawnAction("next", () -> goOn(scope));
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // how soon it gets a turn is what is asked
    private void takeTurns() {
        for (int i = 0; i < TURNS; i++) {
            theirTurns.countDown();
            Thread.yield();
        }
    }
}
