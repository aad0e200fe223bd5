package io.orrery.run;

import static org.assertj.core.api.Assertions.fail;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand random graphs: nested, with windows, limits, failures, retries, timeouts, cancellations, pauses. The system
 * property {@code orrery.random-runs} sets how many, {@code orrery.random-seed} the first seed.
 */
class RandomRunsTest {
    private static final int RUNS = Integer.getInteger("orrery.random-runs", 10_000);
    private static final long FIRST_SEED = Long.getLong("orrery.random-seed", 1);

    @Test
    @Timeout(900)
    @Spec({"A-055", "A-083", "A-087", "GB-04", "GB-05", "GB-08"})
    void the_engine_agrees_with_the_model_on_every_outcome() throws InterruptedException {
        var seed = RandomRuns.firstDifference(FIRST_SEED, RUNS);
        if (seed.isPresent()) {
            fail("With seed " + seed.get()
                    + " the engine (+) does not do what the model (-) predicts. The smallest such" + " case found:\n\n"
                    + RandomRuns.explain(seed.get()));
        }
    }
}
