package io.orrery.examples;

import io.orrery.job.JobBody;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/**
 * Example C. Jobs that print nothing themselves but send messages to a monitor, which never ends by itself: the run is over
 * when the others are done, and stops it.
 */
final class EndlessMonitor {

    private final Stage stage;
    private final MessageBus bus;

    private EndlessMonitor(Stage stage) {
        this.stage = stage;
        this.bus = new MessageBus(stage.time());
    }

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var example = new EndlessMonitor(stage);
        var naps = Workflow.named("monitor");
        var c1 = naps.job("c1", example.nap(200));
        naps.job("c2", example.nap(400));
        naps.job("c3", example.nap(300)).requires(c1);
        naps.forever("monitor", ctx -> example.monitor());

        RunReport run = stage.run(naps);

        stage.show(run.list());
        return run;
    }

    private JobBody<Integer> nap(int millis) {
        return ctx -> {
            bus.put(ctx.label() + " begins");
            ctx.sleep(Duration.ofMillis(millis));
            bus.put(ctx.label() + " ends");
            return millis;
        };
    }

    /** Ends by the interrupt that every job is stopped with, and tells then what is still on the bus. */
    private void monitor() throws InterruptedException {
        try {
            while (true) {
                bus.awaitMessage();
                tell();
            }
        } finally {
            tell();
        }
    }

    private void tell() {
        for (Optional<String> message = bus.poll(); message.isPresent(); message = bus.poll()) {
            stage.say("bus: " + message.get());
        }
    }
}
