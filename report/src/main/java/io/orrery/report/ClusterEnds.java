package io.orrery.report;

import io.orrery.plan.Graph;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import java.util.List;
import java.util.Optional;

/** Which job of a nested workflow an edge is drawn to: the middle one of those at that end. */
enum ClusterEnds {
    /** The jobs that require nothing. */
    ENTRY {
        @Override
        List<PlannedJob> of(Plan<?> plan) {
            Graph graph = plan.graph();
            return plan.jobs().stream()
                    .filter(job -> graph.requirementCount(job.number()) == 0)
                    .toList();
        }
    },
    /** The jobs that nobody requires: the finite ones or, if there are none, the forever ones. */
    EXIT {
        @Override
        List<PlannedJob> of(Plan<?> plan) {
            Graph graph = plan.graph();
            List<PlannedJob> all = plan.jobs().stream()
                    .filter(job -> graph.successorCount(job.number()) == 0)
                    .toList();
            List<PlannedJob> finite =
                    all.stream().filter(job -> !job.options().forever()).toList();
            return finite.isEmpty() ? all : finite;
        }
    };

    abstract List<PlannedJob> of(Plan<?> plan);

    /** The middle one, of an even number the one before the middle; empty if the plan has no job. */
    Optional<PlannedJob> middle(Plan<?> plan) {
        List<PlannedJob> jobs = of(plan);
        return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.get((jobs.size() - 1) / 2));
    }
}
