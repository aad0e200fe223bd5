package io.orrery.run;

import io.orrery.model.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Compares random runs with the model until the time is up, each with both kinds of threads: on manual time, and several
 * times on real threads, where other runs are in their way. The seeds are new ones each time.
 */
final class StressRuns {
    private static final int WORKERS = 3;
    private static final int REPEATS = 5;

    private final AtomicLong seeds = new AtomicLong(ThreadLocalRandom.current().nextLong(1L << 40));
    private final AtomicLong onManualTime = new AtomicLong();
    private final AtomicLong onRealThreads = new AtomicLong();
    private final AtomicReference<@Nullable String> mismatch = new AtomicReference<>();
    private final long end;

    private StressRuns(Duration time) {
        this.end = System.nanoTime() + time.toNanos();
    }

    /** Exits with 1 when a run ended otherwise than predicted, having printed its seed and how. Takes the seconds it may last. */
    public static void main(String... arguments) throws InterruptedException {
        var one = new StressRuns(Duration.ofSeconds(Long.parseLong(arguments[0])));
        System.out.println("The first seed is " + one.seeds + ".");
        one.compare();
        System.out.printf(
                "%,d runs on manual time and %,d on real threads were compared with the model: %s%n",
                one.onManualTime.get(),
                one.onRealThreads.get(),
                one.mismatch.get() == null ? "no mismatch." : one.mismatch);
        System.exit(one.mismatch.get() == null ? 0 : 1);
    }

    private void compare() throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(Thread.ofPlatform().name("worker " + i).start(this::work));
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private void work() {
        try {
            while (System.nanoTime() - end < 0 && mismatch.get() == null) {
                compare(seeds.getAndIncrement());
            }
        } catch (Throwable e) {
            mismatch.compareAndSet(null, "a worker failed: " + e);
        }
    }

    private void compare(long seed) throws InterruptedException {
        if (RandomRuns.firstDifference(seed, 1).isPresent()) {
            note(seed, RandomRuns.explain(seed));
        }
        onManualTime.addAndGet(2);
        Case calm = RandomRuns.calm(seed);
        for (int i = 0; i < REPEATS; i++) {
            List<String> differences = RandomRuns.differencesOnRealThreads(calm);
            if (!differences.isEmpty()) {
                note(seed, "on real threads\n" + calm + "\n" + String.join("\n", differences));
            }
            onRealThreads.addAndGet(2);
        }
    }

    private void note(long seed, String how) {
        mismatch.compareAndSet(null, "seed " + seed + " differs: " + how);
    }
}
