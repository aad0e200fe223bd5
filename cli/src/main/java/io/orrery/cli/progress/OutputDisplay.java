package io.orrery.cli.progress;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.workflowfile.process.OutputLines;
import org.jspecify.annotations.Nullable;

/** Shows people the output of jobs and no progress, which is told to a listener. Without an outlet it shows nothing. */
record OutputDisplay(RunListener progress, @Nullable Outlet outlet) implements Display {

    @Override
    public void on(RunEvent event) {
        progress.on(event);
    }

    @Override
    public void show(OutputLines lines) {
        if (outlet != null) {
            outlet.write(lines);
        }
    }

    @Override
    public void pause() {
        if (outlet != null) {
            outlet.flush();
        }
    }

    @Override
    public void tell(String message) {}

    @Override
    public void close() {}
}
