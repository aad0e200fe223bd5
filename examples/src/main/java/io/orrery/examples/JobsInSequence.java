package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;

/** Example B′. The same as {@link Requirements}, said with a sequence. */
final class JobsInSequence {

    private JobsInSequence() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var naps = Workflow.named("sequence");
        naps.sequence(naps.job("b1", stage.nap(100)), naps.job("b2", stage.nap(200)));
        naps.job("b3", stage.nap(250));

        return stage.run(naps);
    }
}
