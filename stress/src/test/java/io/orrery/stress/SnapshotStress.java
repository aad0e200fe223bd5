package io.orrery.stress;

import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.run.Run;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Somebody asks how it stands while jobs end. */
@JCStressTest
@Outcome(id = "(FRESH|REUSED), RUNNING, true", expect = Expect.ACCEPTABLE, desc = "Told while it went on.")
@Outcome(id = "(FRESH|REUSED), SUCCEEDED, true", expect = Expect.ACCEPTABLE, desc = "Told at its end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "State, outcome and times of a job contradict each other.")
@State
public class SnapshotStress {
    private final Try one = new Try();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final Run run;
    private @Nullable RunReport told;

    public SnapshotStress() {
        var a = one.gated("a", gate);
        var b = one.flow.action("b", () -> {}).requires(a);
        one.flow.action("c", () -> {}).requires(b);
        one.flow.action("d", () -> {}).requires(b);
        run = one.flow.start();
    }

    @Actor
    public void finish() {
        gate.countDown();
    }

    @Actor
    public void ask() {
        Jitter.spin();
        told = run.snapshot();
    }

    @Arbiter
    public void end(LLL_Result result) {
        var last = Try.end(run);
        result.r1 = one.threads;
        result.r2 = told.state();
        result.r3 =
                Stream.of(told, last).flatMap(report -> report.jobs().stream()).allMatch(SnapshotStress::isSound);
    }

    private static boolean isSound(JobReport job) {
        var times = Stream.of(job.ready(), job.start(), job.end())
                .flatMap(Optional::stream)
                .toList();
        return job.state().ended() == job.outcome().isPresent()
                && job.state().ended() == job.end().isPresent()
                && times.equals(times.stream().sorted().toList());
    }
}
