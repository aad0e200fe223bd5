package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects jobs and requirements, and makes a plan of them. Workflows use it; so can whoever has a graph from elsewhere.
 * For use by one thread, and for one plan.
 */
public final class PlanBuilder {

    private static final int[] NO_LINKS = {};

    final String name;
    final Settings settings;
    final List<String> labels = new ArrayList<>();
    final List<Object> work = new ArrayList<>(); // a JobBody or a PlanBuilder each
    final List<JobOptions> options = new ArrayList<>();
    final List<@Nullable Job<?>> handles = new ArrayList<>();
    final List<int[]> requirements = new ArrayList<>(); // links of each job, without duplicates
    private final List<PlanProblem.Contradiction> contradictions = new ArrayList<>();

    /** A plan without jobs so far. */
    public PlanBuilder(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
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

    private int addWork(String label, Object what, JobOptions jobOptions, @Nullable Job<?> handle) {
        labels.add(label);
        work.add(what);
        options.add(jobOptions);
        handles.add(handle);
        requirements.add(NO_LINKS);
        return labels.size() - 1;
    }

    /**
     * Makes one job require another. Of several requirements on the same job, the strictest holds.
     *
     * @throws IndexOutOfBoundsException if a number has not been given out
     */
    public void require(int job, int required, Ending ending) {
        Objects.checkIndex(required, labels.size());
        int[] links = requirements.get(job);
        for (int i = 0; i < links.length; i++) {
            if (Graph.target(links[i]) == required) {
                links[i] = merge(job, links[i], ending);
                return;
            }
        }
        int[] more = Arrays.copyOf(links, links.length + 1);
        more[links.length] = Graph.link(required, ending);
        requirements.set(job, more);
    }

    private int merge(int job, int link, Ending ending) {
        Ending known = Graph.ending(link);
        int required = Graph.target(link);
        if (ending == Ending.FINISHED || ending == known) {
            return link;
        }
        if (known != Ending.FINISHED) {
            contradictions.add(new PlanProblem.Contradiction(labels.get(job), labels.get(required)));
        }
        return Graph.link(required, ending);
    }

    /** All that is wrong so far, in nested plans too; empty if it can be built. */
    public List<PlanProblem> problems() {
        return PlanValidator.problems(this);
    }

    /**
     * Validates everything, nested plans included, and makes the plan.
     *
     * @throws InvalidPlanException with all problems, if there are any
     */
    public <R> Plan<R> build() {
        List<PlanProblem> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidPlanException(name, problems);
        }
        return buildValid();
    }

    private <R> Plan<R> buildValid() {
        Object[] built = new Object[work.size()];
        for (int i = 0; i < built.length; i++) {
            built[i] = work.get(i) instanceof PlanBuilder nested ? nested.buildValid() : work.get(i);
        }
        return new Plan<>(this, graph(), ids(), built);
    }

    /** Who requires whom, valid or not. */
    public Graph graph() {
        int[] ends = new int[requirements.size()];
        int sum = 0;
        for (int i = 0; i < ends.length; i++) {
            sum += requirements.get(i).length;
            ends[i] = sum;
        }
        int[] links = new int[sum];
        for (int i = 0; i < ends.length; i++) {
            int[] own = requirements.get(i);
            System.arraycopy(own, 0, links, ends[i] - own.length, own.length);
        }
        return new Graph(ends, links);
    }

    /** The labels, each one that was there before made unique by a number. */
    String[] ids() {
        Map<String, Integer> seen = new HashMap<>();
        String[] ids = new String[labels.size()];
        for (int i = 0; i < ids.length; i++) {
            String label = labels.get(i);
            String id = label;
            while (seen.putIfAbsent(id, 1) != null) {
                id = label + "#" + seen.merge(label, 1, Integer::sum);
            }
            ids[i] = id;
        }
        return ids;
    }

    List<PlanProblem.Contradiction> contradictions() {
        return contradictions;
    }
}
