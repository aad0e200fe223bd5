package io.orrery.examples;

import io.orrery.job.Job;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What examples E and F have in common: three jobs one after the other, the second of which fails. */
final class Explosion {

    private Explosion() {}

    static RunReport play(Stage stage, boolean critical) {
        var chain = Workflow.named(critical ? "critical" : "non-critical");
        var begin = chain.job("begin", stage.nap(200));
        var boom = explosion(chain).critical(critical);
        var end = chain.job("end", stage.nap(300));
        chain.sequence(begin, boom, end);

        RunReport run = stage.run(chain);

        stage.say(run.why());
        stage.show(run.list());
        return run;
    }

    private static Job<@Nullable Void> explosion(Workflow workflow) {
        return workflow.action("boom", ctx -> {
            ctx.sleep(Duration.ofMillis(200));
            throw new IllegalStateException("boom after 200 ms");
        });
    }
}
