package io.orrery.run;

import io.orrery.job.Job;
import io.orrery.stress.Jitter;
import io.orrery.stress.Try;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** A job times out while it ends. What an alarm would tell the run is told by an actor, for an alarm is hardly ever so exact. */
@JCStressTest
@Outcome(id = "(FRESH|REUSED), Succeeded, false, false", expect = Expect.ACCEPTABLE, desc = "The end was first.")
@Outcome(id = "(FRESH|REUSED), TimedOut, true, false", expect = Expect.ACCEPTABLE, desc = "The timeout was first.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It was both or none, or another job was interrupted.")
@State
public class TimeoutStress {
    private final Try one = new Try();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Job<Void> slow;
    private final Run run;
    private volatile @Nullable BodyAttempt attempt;
    private volatile boolean wasStopped;
    private volatile boolean nextIsInterrupted;

    public TimeoutStress() {
        slow = one.flow
                .action("slow", context -> {
                    attempt = (BodyAttempt) context;
                    begun.countDown();
                    gate.await();
                })
                .critical(false);
        one.flow.action("next", this::next).requires(slow);
        run = one.flow.start();
        try {
            begun.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void next() {
        for (int i = 0; i < 100 && !nextIsInterrupted; i++) {
            nextIsInterrupted = Thread.interrupted();
            Thread.onSpinWait();
        }
    }

    @Actor
    public void finish() {
        gate.countDown();
    }

    @Actor
    public void timeOut() {
        Jitter.spin();
        attempt.run.post(Mail.of(Mail.Rank.JOB_TIMEOUT, attempt.job, () -> {
            wasStopped = attempt.stop(new Attempt.Stop.TimedOut(Duration.ofMillis(1)));
        }));
    }

    @Arbiter
    public void end(LLLL_Result result) {
        var report = Try.end(run);
        result.r1 = one.threads;
        result.r2 = Try.outcome(report, slow);
        result.r3 = wasStopped;
        result.r4 = nextIsInterrupted;
    }
}
