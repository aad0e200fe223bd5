package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Limit;
import io.orrery.job.Threads;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That nobody has to wait longer because threads are reused: neither jobs, nor other threads, nor other runs. */
@Tag("smoke")
class ManyReusedThreadsTest {
    private static final int TURNS = 100;

    private final List<String> found = Collections.synchronizedList(new ArrayList<>());
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch holdOn = new CountDownLatch(1);
    private final Workflow flow = Workflow.named("flow").threads(Threads.REUSED);
    private final ThreadLocal<String> local = ThreadLocal.withInitial(() -> "nothing");

    @Test
    void a_thousand_jobs_that_wait_for_each_other_all_begin() {
        int jobs = 1_000;
        var together = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            flow.action("job" + i, () -> {
                together.countDown();
                together.await();
            });
        }

        flow.run().orThrow();

        assertThat(together.getCount()).isZero();
    }

    @Test
    void never_more_jobs_run_at_once_than_the_window_allows_and_in_few_threads() {
        int window = 4;
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        flow.window(window);
        for (int i = 0; i < 10_000; i++) {
            flow.action("job" + i, () -> {
                threads.add(Thread.currentThread());
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                atOnce.decrementAndGet();
            });
        }

        flow.run().orThrow();

        assertThat(most.get()).isBetween(1, window);
        assertThat(threads).hasSizeLessThan(1_000);
    }

    @Test
    void other_virtual_threads_have_their_turns_while_a_hundred_thousand_jobs_are_done() {
        int others = 16;
        var theirTurns = new CountDownLatch(others * TURNS);
        flow.window(8);
        flow.action("others", () -> {
            for (int i = 0; i < others; i++) {
                Thread.ofVirtual().start(() -> takeTurns(theirTurns));
            }
        });
        for (int i = 0; i < 100_000; i++) {
            flow.action("job" + i, () -> {});
        }
        flow.action("last", () -> found.add("turns left: " + theirTurns.getCount()));

        flow.run().orThrow();

        assertThat(found).containsExactly("turns left: 0");
    }

    @SuppressWarnings("ThreadPriorityCheck") // how soon it gets a turn is what is asked
    private static void takeTurns(CountDownLatch turns) {
        for (int i = 0; i < TURNS; i++) {
            turns.countDown();
            Thread.yield();
        }
    }

    @Test
    void each_workflow_has_the_threads_that_it_wants() throws InterruptedException {
        var fresh = Workflow.named("fresh").threads(Threads.FRESH);
        var reused = Workflow.named("reused").threads(Threads.REUSED);
        for (var one : List.of(fresh, reused)) {
            for (int job = 0; job < 1_000; job++) { // of a chain, another thread may take each
                one.action("job " + job, () -> {
                    found.add(one.name() + ": " + local.get());
                    local.set(one.name());
                });
            }
        }
        fresh.add(reused);
        flow.add(fresh);

        flow.run().orThrow();

        assertThat(new HashSet<>(found))
                .containsExactlyInAnyOrder("fresh: nothing", "reused: nothing", "reused: reused");
    }

    @Test
    void a_thread_that_is_busy_with_another_run_does_not_keep_the_next_job_waiting() throws InterruptedException {
        var limit = Limit.named("limit", 1);
        var done = new CountDownLatch(1);
        var a = flow.action("a", holdOn::await).limit(limit);
        flow.action("b", done::countDown).requires(a);
        var busy = Workflow.named("busy");
        busy.action("waits for a slot", () -> {}).limit(limit);
        busy.action("tells much", ctx -> {
            while (done.getCount() > 0) {
                ctx.progress(0.5, "not yet");
            }
        });

        try (Run run = flow.start();
                Run other = busy.start()) {
            holdOn.countDown();
            assertThat(run.await(Duration.ofSeconds(10))).isPresent();
            assertThat(other.await(Duration.ofSeconds(10))).isPresent();
        }
    }
}
