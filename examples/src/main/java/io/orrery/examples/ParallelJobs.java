package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;

/** Example A. Three jobs that know nothing of each other run at the same time, and each has a result. */
final class ParallelJobs {

    private ParallelJobs() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var naps = Workflow.named("parallel");
        var a1 = naps.job("a1", stage.nap(100));
        naps.job("a2", stage.nap(200));
        naps.job("a3", stage.nap(250));

        RunReport run = stage.run(naps);

        int slept = run.result(a1); // typed, as declared
        stage.say("all are done, and a1 has slept for " + slept + " ms");
        return run;
    }
}
