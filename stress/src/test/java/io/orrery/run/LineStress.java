package io.orrery.run;

import io.orrery.workflow.Workflow;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** One thread takes from the line of reused threads, the other adds to it and takes; its places are taken again. */
@JCStressTest
@Outcome(id = "\\[1, 1, 1, 1\\]", expect = Expect.ACCEPTABLE, desc = "Each was taken by one of them.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was lost or taken by both.")
@State
public class LineStress {
    private static final int JOBS = 4;
    private static final GraphRun RUN = ended();

    private final AtomicIntegerArray taken = new AtomicIntegerArray(JOBS);
    private final ReusedThreads line = new ReusedThreads(RUN, new LiveAttempts(RUN, RUN.plan()));

    public LineStress() {
        for (int i = 0; i < JOBS - 1; i++) { // so that the next ones go round
            line.start(i, 1);
            line.takeBack(job -> {});
        }
        line.start(0, 1);
        line.start(1, 1);
    }

    private static GraphRun ended() {
        var flow = Workflow.named("flow");
        for (int i = 0; i < JOBS; i++) {
            flow.action("job" + i, Thread::onSpinWait); // a lambda would wait for this class
        }
        Run run = flow.start();
        run.awaitUninterruptibly();
        return (GraphRun) run;
    }

    @Actor
    public void take() {
        line.takeBack(taken::incrementAndGet);
    }

    @Actor
    public void addAndTake() {
        line.start(2, 1);
        line.start(3, 1);
        line.takeBack(taken::incrementAndGet);
    }

    @Arbiter
    public void end(L_Result result) {
        line.takeBack(taken::incrementAndGet);
        result.r1 = taken.toString();
    }
}
