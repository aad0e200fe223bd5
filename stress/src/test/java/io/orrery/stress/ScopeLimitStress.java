package io.orrery.stress;

import io.orrery.scope.ScopedJob;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two spawn three jobs into a scope with one place and room for one more. */
@JCStressTest
@Outcome(id = "3, 1, 0", expect = Expect.ACCEPTABLE, desc = "All jobs ran, one at a time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A job was lost, or begun twice, or beside another one, or is still listed.")
@State
public class ScopeLimitStress {
    private final Scoped scoped = new Scoped(1, 1);
    private @Nullable ScopedJob<Integer> one;
    private @Nullable ScopedJob<Integer> two;
    private @Nullable ScopedJob<Integer> three;

    @Actor
    public void spawn() {
        one = scoped.spawn();
        two = scoped.spawn();
    }

    @Actor
    public void spawnAnother() {
        three = scoped.spawn();
    }

    @Arbiter
    public void end(III_Result result) {
        Scoped.end(one);
        Scoped.end(two);
        Scoped.end(three);
        result.r1 = scoped.begun();
        result.r2 = scoped.most();
        result.r3 = scoped.scope.size();
    }
}
