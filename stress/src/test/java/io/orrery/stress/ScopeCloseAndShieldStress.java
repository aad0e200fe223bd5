package io.orrery.stress;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A scope is cancelled while work is shielded in it: the scope closes at once, and knows of no work then. */
@JCStressTest
@Outcome(
        id = "(done|cancelled|refused), 0",
        expect = Expect.ACCEPTABLE,
        desc = "The work was done, or its caller knows.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Work was left behind.")
@State
public class ScopeCloseAndShieldStress {
    private final Scoped scoped = new Scoped(1, 1);

    @Actor
    public void shield(LI_Result result) {
        try {
            result.r1 = scoped.scope.shield("work", () -> "done");
        } catch (CancellationException e) {
            result.r1 = "cancelled";
        } catch (IllegalStateException e) {
            result.r1 = "refused";
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void cancel() {
        scoped.scope.cancel();
    }

    @Arbiter
    public void end(LI_Result result) {
        result.r2 = scoped.scope.snapshot().shielded();
    }
}
