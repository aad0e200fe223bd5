package io.orrery.benchmarks;

import io.orrery.job.Job;
import io.orrery.run.Run;
import io.orrery.workflow.Workflow;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Orrery, as users get it: states, times, cancellation and a report, with nothing turned off.
 *
 * @param policy what users may choose for the workflow as a whole
 */
record Orrery(String title, Part part, UnaryOperator<Workflow> policy) implements Contender {

    /** What is timed. */
    enum Part {
        /** Declaring, planning and running. */
        ALL,
        /** Running a plan that is there. */
        RUN,
        /** Declaring and planning. */
        PLAN
    }

    @Override
    public boolean can(Workload workload) {
        return Shape.graphs().contains(workload.shape());
    }

    @Override
    public Callable<?> prepare(Work work) {
        return switch (part) {
            case ALL -> () -> declare(work).run().orThrow();
            case RUN -> {
                var plan = declare(work).plan();
                yield () -> Run.execute(plan).orThrow();
            }
            case PLAN -> () -> declare(work).plan();
        };
    }

    @Override
    public boolean runsJobs() {
        return part != Part.PLAN;
    }

    Workflow declare(Work work) {
        var workflow = policy.apply(Workflow.named("benchmark"));
        workflow.window(work.workload().window());
        int size = work.size();
        var jobs = new Job<?>[size];
        for (int job = 0; job < size; job++) {
            jobs[job] = workflow.action(work.label(job), work.body(job));
        }
        Dag dag = work.dag();
        for (int job = 0; job < size; job++) {
            int count = dag.count(job);
            if (count > 0) {
                var required = new Job<?>[count];
                for (int k = 0; k < count; k++) {
                    required[k] = jobs[dag.requirement(job, k)];
                }
                jobs[job].requires(required);
            }
        }
        return workflow;
    }
}
