package io.orrery.workflow;

import io.orrery.job.JobBody;
import io.orrery.plan.Graph;
import io.orrery.plan.PlanBuilder;
import io.orrery.plan.Settings;
import java.util.ArrayDeque;
import java.util.List;

/** Turns what is declared now into the parts of a plan. */
final class Declarations {

    private Declarations() {}

    /** Not recursive: how deeply workflows may be nested is for the plan to judge. */
    static PlanBuilder toBuilder(Workflow workflow) {
        var todo = new ArrayDeque<Part>();
        var whole = new Part(workflow);
        todo.add(whole);
        for (Part part = todo.poll(); part != null; part = todo.poll()) {
            addJobs(part, todo);
        }
        return whole.builder;
    }

    private static void addJobs(Part part, ArrayDeque<Part> todo) {
        for (DeclaredJob<?> job : part.workflow.declared()) {
            if (job.work instanceof Workflow nested) {
                var inside = new Part(nested);
                todo.add(inside);
                part.builder.add(job.declaredLabel(), inside.builder, job.options(), job);
            } else {
                part.builder.add(job.declaredLabel(), (JobBody<?>) job.work, job.options(), job);
            }
        }
        addRequirements(part.workflow.declared(), part.builder);
    }

    /** A workflow, and the builder to be filled with what is declared in it. */
    private record Part(Workflow workflow, PlanBuilder builder) {
        Part(Workflow workflow) {
            this(workflow, new PlanBuilder(workflow.name(), workflow.settings(), workflow.size()));
        }
    }

    /** Who requires whom in the workflow itself; what is nested in it is not looked into. */
    static Graph graph(Workflow workflow) {
        var builder = new PlanBuilder(workflow.name(), Settings.DEFAULT, workflow.size());
        for (DeclaredJob<?> job : workflow.declared()) {
            builder.add(job.declaredLabel(), JobBody.nothing(), job.options(), job);
        }
        addRequirements(workflow.declared(), builder);
        return builder.graph();
    }

    private static void addRequirements(List<DeclaredJob<?>> jobs, PlanBuilder builder) {
        for (int i = 0; i < jobs.size(); i++) {
            jobs.get(i).number(i);
        }
        for (int i = 0; i < jobs.size(); i++) {
            DeclaredJob<?> job = jobs.get(i);
            int number = i;
            job.forEachLink((required, ending) -> builder.require(number, number(jobs, required), ending));
        }
    }

    private static int number(List<DeclaredJob<?>> jobs, DeclaredJob<?> job) {
        int number = job.number();
        if (number >= jobs.size() || !jobs.get(number).equals(job)) {
            throw new IllegalStateException("a requirement on a job that was removed");
        }
        return number;
    }
}
