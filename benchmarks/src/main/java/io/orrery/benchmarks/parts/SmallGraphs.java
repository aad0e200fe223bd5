package io.orrery.benchmarks.parts;

import io.orrery.job.Job;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.run.Run;
import io.orrery.workflow.Workflow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Chains so short that starting and ending a run is what counts, called from a virtual thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class SmallGraphs {

    /** How many jobs. */
    @Param({"1", "10", "1000"})
    public int jobs;

    private Plan<RunReport> plan = Workflow.named("none").plan();

    /** Makes a plan. */
    @Setup(Level.Trial)
    public void plan() {
        plan = declare().plan();
    }

    private Workflow declare() {
        var workflow = Workflow.named("chain");
        Job<?> before = workflow.action("first", () -> {});
        for (int i = 1; i < jobs; i++) {
            before = workflow.action("next", () -> {}).requires(before);
        }
        return workflow;
    }

    /** Declares, plans and runs. */
    @Benchmark
    public RunReport declarePlanAndRun() {
        return declare().run();
    }

    /** Runs a plan that is there. */
    @Benchmark
    public RunReport run() {
        return Run.execute(plan);
    }

    /** Declares and plans. */
    @Benchmark
    public Plan<RunReport> declareAndPlan() {
        return declare().plan();
    }
}
