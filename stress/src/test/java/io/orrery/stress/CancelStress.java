package io.orrery.stress;

import io.orrery.job.Job;
import io.orrery.run.Run;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A run is cancelled while one of its jobs starts. */
@JCStressTest
@Outcome(id = "(FRESH|REUSED), Succeeded, true", expect = Expect.ACCEPTABLE, desc = "It had ended before.")
@Outcome(id = "(FRESH|REUSED), Cancelled, true", expect = Expect.ACCEPTABLE, desc = "It had begun.")
@Outcome(id = "(FRESH|REUSED), Cancelled, false", expect = Expect.ACCEPTABLE, desc = "It was just about to begin.")
@Outcome(id = "(FRESH|REUSED), NotRun, false", expect = Expect.ACCEPTABLE, desc = "It did not start.")
@Outcome(expect = Expect.FORBIDDEN, desc = "What is told is not what was done, or a body ran after the report.")
@State
public class CancelStress {
    /** Bodies that began after the report; seen by one of the next tries. */
    private static final AtomicInteger LATE = new AtomicInteger();

    private final Try one = new Try();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Job<Void> starting;
    private final Run run;
    private volatile boolean began;
    private volatile boolean reported;

    public CancelStress() {
        starting = one.flow.action("starting", this::begin).requires(one.gated("first", gate));
        run = one.flow.start();
    }

    private void begin() {
        began = true;
        if (reported) {
            LATE.incrementAndGet();
        }
    }

    @Actor
    public void start() {
        gate.countDown();
    }

    @Actor
    public void cancel() {
        Jitter.spin();
        run.cancel("enough");
    }

    @Arbiter
    public void end(LLL_Result result) {
        var report = Try.end(run);
        reported = true;
        result.r1 = one.threads;
        result.r2 = LATE.get() > 0 ? "late" : Try.outcome(report, starting);
        result.r3 = began;
    }
}
