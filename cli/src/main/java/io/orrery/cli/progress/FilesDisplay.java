package io.orrery.cli.progress;

import io.orrery.cli.output.OutputFiles;
import io.orrery.cli.terminal.Shell;
import io.orrery.outcome.RunEvent;
import io.orrery.workflowfile.process.OutputLines;
import java.nio.file.Path;

/** Shows nothing of what jobs print, but writes it to a file for each. */
final class FilesDisplay implements Display {

    private final Display display;
    private final Shell shell;
    private final OutputFiles files;

    FilesDisplay(Display display, Shell shell, Path folder) {
        this.display = display;
        this.shell = shell;
        this.files = new OutputFiles(shell.folder().resolve(folder));
    }

    @Override
    public void on(RunEvent event) {
        display.on(event);
    }

    @Override
    public void show(OutputLines lines) {
        files.add(lines);
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
        display.close();
        files.close();
        files.problem().ifPresent(problem -> shell.err().println("warning: " + problem));
    }
}
