package io.orrery.cli.progress;

import io.orrery.outcome.RunEvent;
import io.orrery.workflowfile.process.OutputLine;
import org.jspecify.annotations.Nullable;

/** Shows no progress, only jobs' output, if there is an outlet for it. */
record SilentDisplay(@Nullable Outlet outlet) implements Display {

    @Override
    public void on(RunEvent event) {}

    @Override
    public void show(OutputLine line) {
        if (outlet != null) {
            outlet.write(line);
        }
    }

    @Override
    public void tell(String message) {}

    @Override
    public void close() {}
}
