package io.orrery.stress;

import io.orrery.scope.ScopedJob;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/** A scope is closed, in order and at once, while its jobs end: what has been closed has no open job any more. */
@JCStressTest
@Outcome(
        id = "(Succeeded|Cancelled|NotRun), (Succeeded|Cancelled|NotRun), 0",
        expect = Expect.ACCEPTABLE,
        desc = "Both have ended when closing returns.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Closing has returned before a job had ended.")
@State
public class ScopeCloseAndFinishStress {
    private final Scoped scoped = new Scoped(1, 1);
    private final @Nullable ScopedJob<Integer> one = scoped.spawn();
    private final @Nullable ScopedJob<Integer> two = scoped.spawn();

    @Actor
    public void close(LLI_Result result) {
        scoped.scope.close();
        result.r1 = one == null ? "Refused" : Scoped.outcome(one);
        result.r3 = scoped.scope.size();
    }

    @Actor
    public void cancel(LLI_Result result) {
        scoped.scope.cancel();
        result.r2 = two == null ? "Refused" : Scoped.outcome(two);
    }
}
