package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects jobs and requirements, and makes a plan of them. Workflows use it; so can whoever has a graph from elsewhere.
 * For use by one thread, and for one plan.
 */
public final class PlanBuilder {

    final String name;
    final Settings settings;
    final List<String> labels;
    final List<Object> work; // a JobBody or a PlanBuilder each
    final List<JobOptions> options;
    final List<@Nullable Job<?>> handles;
    private boolean plain = true; // whether all are bodies, with default options
    private final RequirementLog requirements = new RequirementLog();
    private List<PlanProblem.Contradiction> contradictions = List.of();
    private @Nullable Graph graph; // null when something has changed since it was made
    private String @Nullable [] ids; // likewise

    /** A plan without jobs so far. */
    public PlanBuilder(String name, Settings settings) {
        this(name, settings, 0);
    }

    /** A plan without jobs so far, with room for as many as are expected. */
    public PlanBuilder(String name, Settings settings, int expected) {
        this.name = name;
        this.settings = settings;
        this.labels = new ArrayList<>(expected);
        this.work = new ArrayList<>(expected);
        this.options = new ArrayList<>(expected);
        this.handles = new ArrayList<>(expected);
    }

    /**
     * Adds a job with a body.
     *
     * @param handle the handle by which results are asked for, null if there is none
     * @return its number
     */
    public int add(String label, JobBody<?> body, JobOptions options, @Nullable Job<?> handle) {
        return addWork(label, body, options, handle);
    }

    /**
     * Adds a job that is a plan of its own, which is validated and built with this one.
     *
     * @param handle the handle by which results are asked for, null if there is none
     * @return its number
     */
    public int add(String label, PlanBuilder nested, JobOptions options, @Nullable Job<?> handle) {
        return addWork(label, nested, options, handle);
    }

    @SuppressWarnings("ReferenceEquality") // options that nobody changed are the very default
    private int addWork(String label, Object what, JobOptions jobOptions, @Nullable Job<?> handle) {
        plain &= jobOptions == JobOptions.DEFAULT && what instanceof JobBody<?>;
        labels.add(label);
        work.add(what);
        options.add(jobOptions);
        handles.add(handle);
        graph = null;
        ids = null;
        return labels.size() - 1;
    }

    /**
     * Makes one job require another. Of several requirements on the same job, the strictest holds. Requiring oneself is
     * ignored.
     *
     * @throws IndexOutOfBoundsException if a number has not been given out
     */
    public void require(int job, int required, Ending ending) {
        Objects.checkIndex(job, labels.size());
        Objects.checkIndex(required, labels.size());
        if (job != required) {
            requirements.add(job, required, ending);
            graph = null;
        }
    }

    /** All that is wrong so far, in nested plans too, of which there may be 200 levels; empty if it can be built. */
    public List<PlanProblem> problems() {
        return PlanValidator.problems(this);
    }

    /**
     * Validates everything, nested plans included, and makes the plan.
     *
     * @throws InvalidPlanException with all problems, if there are any
     */
    public Plan<?> build() {
        List<PlanProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(name, problems);
        }
        return buildValid();
    }

    private Plan<?> buildValid() {
        Object[] built = new Object[work.size()];
        for (int i = 0; i < built.length; i++) {
            built[i] = work.get(i) instanceof PlanBuilder nested ? nested.buildValid() : work.get(i);
        }
        return new Plan<>(this, graph(), ids(), built);
    }

    /** Who requires whom, valid or not. Linear time. */
    public Graph graph() {
        Graph known = graph;
        if (known == null) {
            var found = new ArrayList<PlanProblem.Contradiction>();
            String[] names = ids();
            known = requirements.graph(
                    labels.size(),
                    (job, required) -> found.add(new PlanProblem.Contradiction(names[job], names[required])));
            contradictions = found;
            graph = known;
        }
        return known;
    }

    /** The labels, fit to be part of a path, and each one that was there before made unique by a number. */
    String[] ids() {
        String[] known = ids;
        if (known == null) {
            known = Ids.of(labels);
            ids = known;
        }
        return known;
    }

    /** Whether all its jobs are bodies that were given nothing beyond: then there is little to check. */
    boolean isPlain() {
        return plain;
    }

    /** The labels as declared, in the array of the ids if they are the same. */
    String[] declaredLabels(String[] known) {
        for (int i = 0; i < known.length; i++) {
            if (!known[i].equals(labels.get(i))) {
                return labels.toArray(String[]::new);
            }
        }
        return known;
    }

    /** Who requires two different endings of whom. */
    List<PlanProblem.Contradiction> contradictions() {
        graph();
        return contradictions;
    }
}
