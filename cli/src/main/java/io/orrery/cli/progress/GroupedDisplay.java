package io.orrery.cli.progress;

import io.orrery.cli.output.OutputGroups;
import io.orrery.cli.terminal.Shell;
import io.orrery.outcome.RunEvent;
import io.orrery.workflowfile.process.OutputLines;
import java.util.List;

/** Shows what jobs print job by job, each when it has ended, in whatever way another display does. */
final class GroupedDisplay implements Display {

    private final Display display;
    private final Shell shell;
    private final boolean marks; // whether somebody folds the lines between the marks
    private final OutputGroups groups = new OutputGroups(this::show);

    GroupedDisplay(Display display, Shell shell) {
        this.display = display;
        this.shell = shell;
        this.marks = "true".equals(shell.env().get("GITHUB_ACTIONS"));
    }

    private void show(List<OutputLines> lines) {
        if (marks) {
            shell.out().println("::group::" + lines.getFirst().job());
        }
        lines.forEach(display::show);
        display.pause();
        if (marks) {
            shell.out().println("::endgroup::");
        }
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.JobFinished finished) {
            groups.end(finished.path());
        }
        display.on(event);
    }

    @Override
    public void show(OutputLines lines) {
        groups.add(lines);
    }

    @Override
    public void pause() {
        display.pause();
    }

    @Override
    public void tell(String message) {
        display.tell(message);
    }

    @Override
    public void close() {
        groups.close();
        display.close();
    }
}
