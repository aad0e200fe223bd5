package io.orrery.examples;

import io.orrery.job.JobContext;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.time.Duration;

/** Example D. A run as a whole may take 250 ms, and its only job counts for ever. */
final class RunTimeout {

    private RunTimeout() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var counting = Workflow.named("timeout").timeout(Duration.ofMillis(250));
        counting.forever("counter", ctx -> count(stage, ctx));

        RunReport run = stage.run(counting); // comes back at the timeout, and does not throw

        stage.say("the run " + run.why());
        stage.show(run.list());
        return run;
    }

    private static void count(Stage stage, JobContext ctx) throws InterruptedException {
        for (int i = 0; ; i++) {
            stage.say("counter at " + i);
            ctx.sleep(Duration.ofMillis(100));
        }
    }
}
