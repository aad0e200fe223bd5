package io.orrery.stress;

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

/** The only slot of a window is given back while the run is paused and resumed. */
@JCStressTest
@Outcome(id = "(FRESH|REUSED), 3, 1", expect = Expect.ACCEPTABLE, desc = "The slot went from one to the next.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A job never had the slot, or two had it at once.")
@State
public class WindowStress {
    private final Try one = new Try();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final Run run;

    public WindowStress() {
        one.flow.window(1);
        one.flow.action("holder", () -> {
            gate.await();
            enter();
        });
        one.flow.action("next", this::enter);
        one.flow.action("last", this::enter);
        run = one.flow.start();
    }

    private void enter() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        done.incrementAndGet();
        inside.decrementAndGet();
    }

    @Actor
    public void giveBack() {
        gate.countDown();
    }

    @Actor
    public void pause() {
        run.pause();
        run.resume();
    }

    @Arbiter
    public void end(LLL_Result result) {
        Try.end(run);
        result.r1 = one.threads;
        result.r2 = done.get();
        result.r3 = most.get();
    }
}
