package io.orrery.cli.command;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.plan.Graph;
import io.orrery.plan.Plan;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The most jobs of which each has to wait for the one before: of several such chains, the one that is declared first. */
final class LongestChain {

    private static final int NOBODY = -1;

    private LongestChain() {}

    /** Removes all jobs that are not in it. */
    static void keepIn(Workflow workflow) {
        Plan<?> plan = workflow.plan();
        Set<Integer> chain = in(plan.graph());
        List<Requirement> kept = new ArrayList<>();
        for (Job<?> job : workflow.jobs()) {
            if (chain.contains(plan.numberOf(job).orElse(NOBODY))) {
                kept.add(job);
            }
        }
        if (!kept.isEmpty()) {
            workflow.keepOnly(kept.toArray(Requirement[]::new));
        }
    }

    private static Set<Integer> in(Graph graph) {
        int[] length = new int[graph.size()];
        int[] before = new int[graph.size()];
        Arrays.fill(before, NOBODY);
        int last = NOBODY;
        for (int job : graph.topologicalOrder()) {
            for (int k = 0; k < graph.requirementCount(job); k++) {
                int required = Graph.target(graph.requirement(job, k));
                if (length[required] > length[job]) {
                    length[job] = length[required];
                    before[job] = required;
                }
            }
            length[job]++;
            last = last == NOBODY || length[job] > length[last] ? job : last;
        }
        Set<Integer> chain = new HashSet<>();
        for (int job = last; job != NOBODY; job = before[job]) {
            chain.add(job);
        }
        return chain;
    }
}
