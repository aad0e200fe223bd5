package io.orrery.stress;

import io.orrery.scope.ScopedJob;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A scope is cancelled while a job is spawned. */
@JCStressTest
@Outcome(id = "Succeeded, 1", expect = Expect.ACCEPTABLE, desc = "The job was done before.")
@Outcome(id = "Cancelled, 0", expect = Expect.ACCEPTABLE, desc = "It was told to stop before its body began.")
@Outcome(id = "(NotRun|Refused), 0", expect = Expect.ACCEPTABLE, desc = "It came too late.")
@Outcome(expect = Expect.FORBIDDEN, desc = "It ran though it was refused, or was left behind.")
@State
public class ScopeCloseAndSpawnStress {
    private final Scoped scoped = new Scoped(1, 1);
    private @Nullable ScopedJob<Integer> job;

    @Actor
    public void spawn() {
        job = scoped.spawn();
    }

    @Actor
    public void cancel() {
        scoped.scope.cancel();
    }

    @Arbiter
    public void end(LI_Result result) {
        ScopedJob<Integer> spawned = job;
        result.r1 = spawned == null ? "Refused" : Scoped.outcome(spawned);
        result.r2 = scoped.begun();
    }
}
