package io.orrery.benchmarks.parts;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Plan;
import io.orrery.plan.PlanBuilder;
import io.orrery.plan.Settings;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From numbers to a validated plan, and what a plan is asked: 10,000 jobs with three requirements each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class Planning {

    private static final int JOBS = 10_000;
    private static final JobBody<?> BODY = JobBody.nothing();

    private final Plan<?> plan = newPlan();

    /** Collects, validates and builds. */
    @Benchmark
    public Plan<?> build() {
        return newPlan();
    }

    private static Plan<?> newPlan() {
        var builder = new PlanBuilder("planning", Settings.DEFAULT);
        for (int job = 0; job < JOBS; job++) {
            builder.add("job", BODY, JobOptions.DEFAULT, null);
        }
        var random = new SplittableRandom(42);
        for (int job = 1; job < JOBS; job++) {
            for (int k = 0; k < 3; k++) {
                builder.require(job, random.nextInt(job), Ending.FINISHED);
            }
        }
        return builder.build();
    }

    /** Orders jobs by what they require. */
    @Benchmark
    public int[] topologicalOrder() {
        return plan.graph().topologicalOrder();
    }
}
