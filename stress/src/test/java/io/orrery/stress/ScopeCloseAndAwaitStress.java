package io.orrery.stress;

import io.orrery.scope.ScopedJob;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** Somebody waits for a job whose scope is cancelled: they always hear of its end, and find its place free then. */
@JCStressTest
@Outcome(id = "(Succeeded|Cancelled|NotRun), 0", expect = Expect.ACCEPTABLE, desc = "Who waits has heard of the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Who waits has heard of something else.")
@State
public class ScopeCloseAndAwaitStress {
    private final Scoped scoped = new Scoped(1, 1);
    private final @Nullable ScopedJob<Integer> job = scoped.spawn();

    @Actor
    public void await(LI_Result result) {
        result.r1 = Scoped.end(job);
        result.r2 = scoped.scope.size();
    }

    @Actor
    public void cancel() {
        scoped.scope.cancel();
    }
}
