package io.orrery.stress;

import io.orrery.scope.ScopedJob;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A scope is cancelled while the turn comes to a pending job, which would never end unless it were told to stop. */
@JCStressTest
@Outcome(
        id = "(Succeeded|Cancelled|NotRun), (Cancelled|NotRun)",
        expect = Expect.ACCEPTABLE,
        desc = "Both have ended when cancelling returns.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The job whose turn it was has not been told to stop.")
@State
public class ScopeCancelAndTurnStress {
    private final Scoped scoped = new Scoped(1, 1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final @Nullable ScopedJob<Integer> first = scoped.spawnWaiting(free);
    private final @Nullable ScopedJob<Integer> endless = scoped.spawnWaiting(new CountDownLatch(1));

    @Actor
    public void makeWay() {
        free.countDown();
    }

    @Actor
    public void cancel(LL_Result result) {
        scoped.scope.cancel();
        result.r1 = first == null ? "Refused" : Scoped.outcome(first);
        result.r2 = endless == null ? "Refused" : Scoped.outcome(endless);
    }
}
