package io.orrery.run;

import static org.junit.jupiter.api.Assertions.fail;

import io.orrery.model.Case;
import io.orrery.model.CaseGenerator;
import io.orrery.model.Choices;
import io.orrery.model.Model;
import io.orrery.model.Shrinker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs random cases with the engine and compares everything that became of them with what the model predicts. The system
 * property {@code orrery.random-runs} sets how many, {@code orrery.random-seed} the first seed.
 */
class RandomRunsTest {
    private static final int RUNS = Integer.getInteger("orrery.random-runs", 10_000);
    private static final long FIRST_SEED = Long.getLong("orrery.random-seed", 1);

    @Test
    @Timeout(600)
    void the_engine_agrees_with_the_model_on_every_outcome() throws InterruptedException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            var choices = Choices.random(seed);
            if (!differences(make(choices)).isEmpty()) {
                List<Integer> shrunk = Shrinker.shrink(choices.taken(), RandomRunsTest::differs);
                Case smallest = make(Choices.again(shrunk));
                fail("seed " + seed + " after " + (seed - FIRST_SEED + 1) + " runs: with this case, the engine (+)"
                        + " does not what the model (-) predicts.\n\n" + smallest + "\n"
                        + String.join("\n", differences(smallest)));
            }
        }
    }

    private static Case make(Choices choices) {
        return Model.withAnEnd(CaseGenerator.make(choices));
    }

    private static boolean differs(List<Integer> choices) {
        try {
            return !differences(make(Choices.again(choices))).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> differences(Case one) throws InterruptedException {
        List<String> predicted = Model.predict(one);
        List<String> happened = EngineRun.trailOf(one);
        var differences = new ArrayList<String>();
        predicted.stream().filter(line -> !happened.contains(line)).forEach(line -> differences.add("- " + line));
        happened.stream().filter(line -> !predicted.contains(line)).forEach(line -> differences.add("+ " + line));
        if (differences.isEmpty() && !predicted.equals(happened)) {
            differences.add("something was done more than once: " + happened);
        }
        return differences;
    }
}
