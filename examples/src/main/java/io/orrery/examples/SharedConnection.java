package io.orrery.examples;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import java.time.Duration;

/**
 * A body that is a class: it asks a server something over a connection, opened when first needed, used by several jobs, and
 * closed at the end of the run, whether it went well or not. Safe for use by several threads.
 */
final class SharedConnection implements JobBody<String> {

    private final Stage stage;
    private boolean open; // guarded by this

    SharedConnection(Stage stage) {
        this.stage = stage;
    }

    @Override
    public String run(JobContext context) throws InterruptedException {
        connect();
        context.sleep(Duration.ofMillis(100));
        stage.say("answer for " + context.label());
        return "answer for " + context.label();
    }

    private synchronized void connect() {
        if (!open) {
            open = true;
            stage.say("connection opened");
        }
    }

    /** Called once for each job that has this body, so all but the first find it closed. */
    @Override
    public synchronized void shutdown() {
        if (open) {
            open = false;
            stage.say("connection closed");
        }
    }

    @Override
    public String describe() {
        return "asks over one connection";
    }
}
