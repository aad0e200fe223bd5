package io.orrery.workflow;

import io.orrery.job.JobBody;
import io.orrery.plan.Graph;
import io.orrery.plan.PlanBuilder;
import io.orrery.plan.Settings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/** Turns what is declared now into the parts of a plan. */
final class Declarations {

    private Declarations() {}

    static PlanBuilder toBuilder(Workflow workflow, Settings settings) {
        var builder = new PlanBuilder(workflow.name(), settings);
        for (DeclaredJob<?> job : workflow.declared()) {
            if (job.work instanceof Workflow nested) {
                builder.add(job.declaredLabel(), nested.builder(), job.options(), job);
            } else {
                builder.add(job.declaredLabel(), (JobBody<?>) job.work, job.options(), job);
            }
        }
        addRequirements(workflow.declared(), builder);
        return builder;
    }

    /** Who requires whom in the workflow itself; what is nested in it is not looked into. */
    static Graph graph(Workflow workflow) {
        var builder = new PlanBuilder(workflow.name(), Settings.DEFAULT);
        for (DeclaredJob<?> job : workflow.declared()) {
            builder.add(job.declaredLabel(), JobBody.nothing(), job.options(), job);
        }
        addRequirements(workflow.declared(), builder);
        return builder.graph();
    }

    private static void addRequirements(List<DeclaredJob<?>> jobs, PlanBuilder builder) {
        IdentityHashMap<DeclaredJob<?>, Integer> numbers = new IdentityHashMap<>(jobs.size());
        for (int i = 0; i < jobs.size(); i++) {
            numbers.put(jobs.get(i), i);
        }
        for (int i = 0; i < jobs.size(); i++) {
            int number = i;
            jobs.get(i).forEachLink((required, ending) -> builder.require(number, number(numbers, required), ending));
        }
    }

    private static int number(IdentityHashMap<DeclaredJob<?>, Integer> numbers, DeclaredJob<?> job) {
        return Objects.requireNonNull(numbers.get(job), "a requirement on a job that was removed");
    }
}
