package io.orrery.cli.progress;

import io.orrery.cli.terminal.Channel;
import io.orrery.outcome.RunEvent;
import io.orrery.report.Json;
import io.orrery.workflowfile.process.OutputLine;
import org.jspecify.annotations.Nullable;

/** One JSON object a line for each event, for programs; nothing else is written among them. */
record JsonDisplay(Channel err, @Nullable Outlet outlet) implements Display {

    @Override
    public void on(RunEvent event) {
        err.println(Json.of(event));
    }

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
