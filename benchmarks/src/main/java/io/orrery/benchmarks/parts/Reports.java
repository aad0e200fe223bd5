package io.orrery.benchmarks.parts;

import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.run.RunOptions;
import io.orrery.workflow.Workflow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What is asked of a run of 1,000 jobs, and what a listener costs it. */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Reports {

    private static final int JOBS = 1_000;

    private final Workflow workflow = declare();
    private final RunReport report = workflow.run();

    private static Workflow declare() {
        var workflow = Workflow.named("independent");
        for (int i = 0; i < JOBS; i++) {
            workflow.action("job " + i, () -> {});
        }
        return workflow;
    }

    /** Counts the jobs in each state. */
    @Benchmark
    public int stats() {
        return report.stats().count(State.SUCCEEDED);
    }

    /** The classic listing. */
    @Benchmark
    public String list() {
        return report.list();
    }

    /** A run that nobody listens to. */
    @Benchmark
    public RunReport run() {
        return workflow.run();
    }

    /** A run with a listener. */
    @Benchmark
    public RunReport runWithListener(Blackhole blackhole) {
        return workflow.run(RunOptions.defaults().listener(blackhole::consume));
    }
}
