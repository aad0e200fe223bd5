package io.orrery.workflow;

import io.orrery.job.JobBody;
import io.orrery.plan.PlanBuilder;
import io.orrery.plan.Settings;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Turns what is declared now into the parts of a plan. */
final class Declarations {

    private Declarations() {}

    static PlanBuilder toBuilder(Workflow workflow, Settings settings) {
        var builder = new PlanBuilder(workflow.name(), settings);
        List<DeclaredJob<?>> jobs = workflow.declared();
        Map<DeclaredJob<?>, Integer> numbers = new IdentityHashMap<>(jobs.size());
        for (DeclaredJob<?> job : jobs) {
            numbers.put(job, add(builder, job));
        }
        for (DeclaredJob<?> job : jobs) {
            int number = numbers.get(job);
            job.forEachLink((required, ending) -> builder.require(number, numbers.get(required), ending));
        }
        return builder;
    }

    private static int add(PlanBuilder builder, DeclaredJob<?> job) {
        if (job.work instanceof Workflow nested) {
            return builder.add(job.declaredLabel(), nested.builder(), job.options(), job);
        }
        return builder.add(job.declaredLabel(), (JobBody<?>) job.work, job.options(), job);
    }
}
