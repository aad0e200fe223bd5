package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobContext;
import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that compute, as many as the machine has processors, so that there is none left for other virtual threads. */
@Tag("smoke")
@Timeout(60)
class BusyCarriersTest {
    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

    private final CountDownLatch computing = new CountDownLatch(CARRIERS);
    private final AtomicInteger others = new AtomicInteger();

    private void compute(JobContext ctx) {
        computing.countDown();
        while (!ctx.cancelled()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void endless_jobs_end_with_the_last_of_the_others(Threads threads) {
        for (int round = 0; round < 100; round++) {
            var flow = Workflow.named("flow").threads(threads);
            var first = flow.action("first", () -> {});
            for (int i = 0; i < CARRIERS; i++) {
                flow.forever("endless", ctx -> compute(ctx)).requires(first);
            }
            flow.action("second", () -> {});

            assertThat(flow.run().succeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_has_not_begun_when_the_run_is_cancelled_is_not_executed(Threads threads) throws InterruptedException {
        var flow = Workflow.named("flow").threads(threads);
        for (int i = 0; i < CARRIERS; i++) {
            flow.action("computes", ctx -> compute(ctx));
        }
        for (int i = 0; i < 1_000; i++) {
            flow.action("other", others::incrementAndGet);
        }

        RunReport report;
        try (Run run = flow.start()) {
            computing.await();
            run.cancel("enough");
            report = run.await();
        }

        assertThat(report.jobs())
                .filteredOn(job -> job.state() == State.SUCCEEDED)
                .hasSize(others.get());
        assertThat(report.summary().notes().stragglers()).isEmpty();
    }
}
