package io.orrery.stress;

import io.orrery.job.Job;
import io.orrery.job.Threads;
import io.orrery.outcome.RunReport;
import io.orrery.run.Run;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/** A workflow with one of the two kinds of threads, at random, and what all tests do with it. */
public final class Try {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    public final Threads threads = ThreadLocalRandom.current().nextBoolean() ? Threads.FRESH : Threads.REUSED;
    public final Workflow flow = Workflow.named("flow").threads(threads);

    /** A job that ends when the latch is opened. */
    public Job<Void> gated(String label, CountDownLatch latch) {
        return flow.action(label, () -> latch.await());
    }

    /** What became of the run. */
    public static RunReport end(Run run) {
        try {
            return run.await(PATIENCE)
                    .orElseThrow(
                            () -> new AssertionError("hangs: " + run.snapshot().list()));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@code Succeeded}, or another of the outcomes. */
    public static String outcome(RunReport report, Job<?> job) {
        return report.outcome(job).orElseThrow().getClass().getSimpleName();
    }
}
