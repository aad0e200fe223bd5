package io.orrery.plan;

import io.orrery.job.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds everything that is wrong with a plan before it is built. */
final class PlanValidator {

    /** Each level takes some stack in those who walk through plans and reports. */
    static final int MOST_LEVELS = 200;

    private final List<PlanProblem> problems = new ArrayList<>();

    private PlanValidator() {}

    static List<PlanProblem> problems(PlanBuilder plan) {
        var validator = new PlanValidator();
        validator.check(plan, "", Map.of(), MOST_LEVELS);
        return validator.problems;
    }

    /**
     * Checks one level and, recursively, those below.
     *
     * @param held the limits that are held around it, and by whom
     * @param levels how many levels there may be below
     */
    private void check(PlanBuilder plan, String prefix, Map<Limit, String> held, int levels) {
        String[] ids = plan.ids();
        for (PlanProblem.Contradiction one : plan.contradictions()) {
            problems.add(new PlanProblem.Contradiction(prefix + one.job(), prefix + one.required()));
        }
        Graph graph = plan.graph();
        for (int[] cycle : Cycles.of(graph)) {
            problems.add(new PlanProblem.Cycle(
                    Arrays.stream(cycle).mapToObj(job -> prefix + ids[job]).toList()));
        }
        if (plan.isPlain()) {
            return;
        }
        checkForever(plan, graph, prefix, ids);
        checkHeldForever(plan, prefix, ids, levels);
        for (int job = 0; job < ids.length; job++) {
            List<Limit> limits = plan.options.get(job).limits();
            for (Limit limit : limits) {
                String holder = held.get(limit);
                if (holder != null) {
                    problems.add(new PlanProblem.HeldAround(prefix + ids[job], limit.name(), holder));
                }
            }
            if (plan.work.get(job) instanceof PlanBuilder nested) {
                String path = prefix + ids[job];
                if (levels == 0) {
                    problems.add(new PlanProblem.NestedTooDeep(path, MOST_LEVELS));
                    continue;
                }
                var inside = new LinkedHashMap<>(held);
                limits.forEach(limit -> inside.put(limit, path));
                check(nested, path + "/", inside, levels - 1);
            }
        }
    }

    private void checkForever(PlanBuilder plan, Graph graph, String prefix, String[] ids) {
        for (int job = 0; job < ids.length; job++) {
            if (plan.options.get(job).forever()) {
                continue;
            }
            for (int k = 0; k < graph.requirementCount(job); k++) {
                int required = Graph.target(graph.requirement(job, k));
                if (plan.options.get(required).forever()) {
                    problems.add(new PlanProblem.RequiresForever(prefix + ids[job], prefix + ids[required]));
                }
            }
        }
    }

    private void checkHeldForever(PlanBuilder plan, String prefix, String[] ids, int levels) {
        Map<Limit, List<String>> forever = new LinkedHashMap<>();
        for (int job = 0; job < ids.length; job++) {
            if (plan.options.get(job).forever()) {
                for (Limit limit : plan.options.get(job).limits()) {
                    forever.computeIfAbsent(limit, key -> new ArrayList<>()).add(prefix + ids[job]);
                }
            }
        }
        forever.forEach((limit, holders) -> {
            if (holders.size() >= limit.slots()) {
                finiteJobNeeding(limit, plan, prefix, levels)
                        .forEach(job -> problems.add(new PlanProblem.HeldForever(limit.name(), holders, job)));
            }
        });
    }

    /** The first finite job that needs the limit, here or in a nested plan that is waited for. */
    private static List<String> finiteJobNeeding(Limit limit, PlanBuilder plan, String prefix, int levels) {
        String[] ids = plan.ids();
        for (int job = 0; job < ids.length; job++) {
            JobOptions options = plan.options.get(job);
            if (options.forever()) {
                continue;
            }
            if (options.limits().contains(limit)) {
                return List.of(prefix + ids[job]);
            }
            if (levels > 0 && plan.work.get(job) instanceof PlanBuilder nested) {
                List<String> inside = finiteJobNeeding(limit, nested, prefix + ids[job] + "/", levels - 1);
                if (!inside.isEmpty()) {
                    return inside;
                }
            }
        }
        return List.of();
    }
}
