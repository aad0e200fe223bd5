package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.time.Duration;

/** Jobs that hold a resource together and let it go at the end: here of a run that fails halfway. */
final class ShutdownOfJobs {

    private ShutdownOfJobs() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var questions = Workflow.named("shutdown").shutdownTimeout(Duration.ofSeconds(2));
        var connection = new SharedConnection(stage);
        var first = questions.job("first", connection);
        var broken = questions.action("broken", ctx -> {
            throw new IllegalStateException("not understood");
        });
        questions.sequence(first, broken, questions.job("second", connection)); // second never starts

        RunReport run = stage.run(questions);

        stage.say(run.why());
        return run;
    }
}
