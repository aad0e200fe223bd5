package io.orrery.stress;

import io.orrery.job.Limit;
import io.orrery.run.Run;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Two runs start at once and hand the only slot of a limit to each other. */
@JCStressTest
@Outcome(
        id = "(FRESH|REUSED) and (FRESH|REUSED), 4, 1",
        expect = Expect.ACCEPTABLE,
        desc = "The slot went through all of both runs.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A job never had the slot, or two had it at once, or it was not given back.")
@State
public class LimitStress {
    private final Limit limit = Limit.named("limit", 1);
    private final Try one = new Try();
    private final Try other = new Try();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private @Nullable Run oneRun;
    private @Nullable Run otherRun;

    public LimitStress() {
        for (Try each : new Try[] {one, other}) {
            each.flow.action("a", this::enter).limit(limit);
            each.flow.action("b", this::enter).limit(limit);
        }
    }

    private void enter() {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        done.incrementAndGet();
        inside.decrementAndGet();
    }

    @Actor
    public void start() {
        oneRun = one.flow.start();
    }

    @Actor
    public void startOther() {
        otherRun = other.flow.start();
    }

    @Arbiter
    public void end(LLL_Result result) {
        Try.end(oneRun);
        Try.end(otherRun);
        result.r1 = one.threads + " and " + other.threads;
        result.r2 = done.get() + limit.holders().size();
        result.r3 = most.get();
    }
}
