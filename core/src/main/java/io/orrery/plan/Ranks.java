package io.orrery.plan;

import java.util.IdentityHashMap;
import java.util.List;

/**
 * The numbers that jobs have in listings and graphs: from 1, in topological order, depth first, so that a nested plan
 * comes before its jobs and these before whatever follows it. Immutable; safe for use by any thread.
 */
public final class Ranks {

    private final IdentityHashMap<Plan<?>, int[]> ranks = new IdentityHashMap<>();
    private int count; // written while this is built, by one thread

    private Ranks() {}

    /** The ranks of all jobs of a plan, those of nested plans included. */
    public static Ranks of(Plan<?> plan) {
        return of(List.of(plan));
    }

    /** The ranks of the jobs of several plans, one plan after the other; a plan that comes twice is ranked once. */
    public static Ranks of(List<? extends Plan<?>> plans) {
        var made = new Ranks();
        plans.forEach(made::add);
        return made;
    }

    private void add(Plan<?> plan) {
        if (ranks.containsKey(plan)) {
            return;
        }
        int[] own = new int[plan.size()];
        ranks.put(plan, own);
        for (int job : plan.graph().topologicalOrder()) {
            own[job] = ++count;
            plan.nested(job).ifPresent(this::add);
        }
    }

    /** How many jobs have a rank. */
    public int count() {
        return count;
    }

    /**
     * The rank of a job.
     *
     * @throws IllegalArgumentException if it is not a job of the plans that were ranked
     */
    public int of(PlannedJob job) {
        int[] own = ranks.get(job.plan());
        if (own == null) {
            throw new IllegalArgumentException("Only the jobs of the ranked plans have a rank, but " + job
                    + " is none of them. Rank the plan it belongs to.");
        }
        return own[job.number()];
    }

    /**
     * The rank of a job with leading zeros, as many as make all these texts equally long.
     *
     * @throws IllegalArgumentException if it is not a job of the plans that were ranked
     */
    public String text(PlannedJob job) {
        String digits = Integer.toString(of(job));
        return "0".repeat(Integer.toString(count).length() - digits.length()) + digits;
    }
}
