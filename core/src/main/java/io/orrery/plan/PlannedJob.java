package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One job of a plan. A view: cheap to make, equal to every other one of the same job of the same plan.
 *
 * @param plan the plan that it is a job of
 * @param number its number there
 */
public record PlannedJob(Plan<?> plan, int number) {

    /**
     * A requirement of a job.
     *
     * @param job what is required
     * @param ending how it has to end
     */
    public record Link(PlannedJob job, Ending ending) {}

    /** Checks the number. */
    public PlannedJob {
        Objects.checkIndex(number, plan.size());
    }

    /** Its id: unique among its siblings. */
    public String id() {
        return plan.id(number);
    }

    /** Its label, for listings. */
    public String label() {
        return options().labels().text(plan.declaredLabel(number));
    }

    /** Its label for graphs, which may have several lines. */
    public String graphLabel() {
        String label = options().labels().graph();
        return label == null ? label() : label;
    }

    /** What it has been given beyond its body. */
    public JobOptions options() {
        return plan.options(number);
    }

    /** Its body; empty if it is a nested plan. */
    public Optional<JobBody<?>> body() {
        return plan.body(number);
    }

    /** The nested plan that it is; empty if it has a body. */
    public Optional<Plan<?>> nested() {
        return plan.nested(number);
    }

    /** The word for its kind in listings: {@code Workflow} for a nested plan, otherwise what its body says. */
    public String kind() {
        return Labels.orFailure(() -> body().map(JobBody::kind).orElse("Workflow"), "(kind failed: ");
    }

    /** The details its body gives of itself; empty for none. A body that throws is shown as such. */
    public String details() {
        return Labels.orFailure(() -> body().map(JobBody::describe).orElse(""), "(describe failed: ");
    }

    /** What it requires, in the order of declaration. */
    public List<Link> requirements() {
        Graph graph = plan.graph();
        return IntStream.range(0, graph.requirementCount(number))
                .map(k -> graph.requirement(number, k))
                .mapToObj(this::link)
                .toList();
    }

    /** Who requires it, in the order of declaration; the ending is the one that they ask for. */
    public List<Link> successors() {
        Graph graph = plan.graph();
        return IntStream.range(0, graph.successorCount(number))
                .map(k -> graph.successor(number, k))
                .mapToObj(this::link)
                .toList();
    }

    private Link link(int link) {
        return new Link(plan.job(Graph.target(link)), Graph.ending(link));
    }

    @Override
    public String toString() {
        return "\"" + id() + "\" of " + plan;
    }
}
