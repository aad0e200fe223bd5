package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;

/** Eight jobs of half a second, of which four may run at once: they take a second, in order of declaration. */
final class LimitedWindow {

    private LimitedWindow() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var naps = Workflow.named("window").window(4);
        for (int i = 1; i <= 8; i++) {
            naps.job("nap " + i, stage.nap(500));
        }

        RunReport run = stage.run(naps);

        stage.say("all are done");
        return run;
    }
}
