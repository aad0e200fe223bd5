package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Graphs to try things on, the same ones for the same seed. */
final class RandomGraphs {

    private RandomGraphs() {}

    /** Up to 12 jobs; any of them may require any other, so that there may be cycles. */
    static PlanBuilder any(Random random) {
        return graph(random, /* backwardsOnly= */ false);
    }

    /** Up to 12 jobs in an order that is not that of their numbers; no cycles. */
    static PlanBuilder withoutCycles(Random random) {
        return graph(random, /* backwardsOnly= */ true);
    }

    private static PlanBuilder graph(Random random, boolean backwardsOnly) {
        int size = random.nextInt(13);
        var builder = new PlanBuilder("random", Settings.DEFAULT);
        List<Integer> ranks = new ArrayList<>();
        for (int job = 0; job < size; job++) {
            builder.add("job" + job, JobBody.nothing(), JobOptions.DEFAULT, null);
            ranks.add(random.nextInt(ranks.size() + 1), job);
        }
        int links = size == 0 ? 0 : random.nextInt(2 * size);
        for (int i = 0; i < links; i++) {
            int job = random.nextInt(size);
            int required = random.nextInt(size);
            if (!backwardsOnly || ranks.indexOf(required) < ranks.indexOf(job)) {
                builder.require(job, required, Ending.values()[random.nextInt(2)]);
            }
        }
        return builder;
    }
}
