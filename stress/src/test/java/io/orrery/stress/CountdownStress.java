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

/** Two requirements of a job end at once, and each of them is the only one of another job. */
@JCStressTest
@Outcome(id = "(FRESH|REUSED), 1, 2", expect = Expect.ACCEPTABLE, desc = "Every job started once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A job started never or twice.")
@State
public class CountdownStress {
    private final Try one = new Try();
    private final CountDownLatch a = new CountDownLatch(1);
    private final CountDownLatch b = new CountDownLatch(1);
    private final AtomicInteger both = new AtomicInteger();
    private final AtomicInteger each = new AtomicInteger();
    private final Run run;

    public CountdownStress() {
        var first = one.gated("a", a);
        var second = one.gated("b", b);
        one.flow.action("both", both::incrementAndGet).requires(first, second);
        one.flow.action("after a", each::incrementAndGet).requires(first);
        one.flow.action("after b", each::incrementAndGet).requires(second);
        run = one.flow.start();
    }

    @Actor
    public void first() {
        a.countDown();
    }

    @Actor
    public void second() {
        b.countDown();
    }

    @Arbiter
    public void end(LLL_Result result) {
        Try.end(run);
        result.r1 = one.threads;
        result.r2 = both.get();
        result.r3 = each.get();
    }
}
