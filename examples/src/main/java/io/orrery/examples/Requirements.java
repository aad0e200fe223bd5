package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;

/** Example B. One job waits for another one, and a third one runs beside both. */
final class Requirements {

    private Requirements() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var naps = Workflow.named("requirements");
        var b1 = naps.job("b1", stage.nap(100));
        naps.job("b2", stage.nap(200)).requires(b1);
        naps.job("b3", stage.nap(250)); // ends while b2 runs

        RunReport run = stage.run(naps);

        stage.show(run.list());
        return run;
    }
}
