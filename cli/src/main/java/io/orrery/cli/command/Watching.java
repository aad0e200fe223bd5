package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Runs again whenever a file in the folder of the workflow file has changed, until a run is interrupted. What changes while a run
 * lasts is taken for its own work, but for the workflow file itself: otherwise a job that writes there would run for ever.
 */
final class Watching {

    /** An editor writes a file in several steps. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path file;
    private final Shell shell;
    private final IntSupplier run;

    Watching(Path file, Shell shell, IntSupplier run) {
        this.file = file;
        this.shell = shell;
        this.run = run;
    }

    int run() {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new CommandFailure(ExitCode.USAGE, "\"" + file + "\" is in no folder. Name a workflow file.");
        }
        try (WatchService watcher = folder.getFileSystem().newWatchService()) {
            folder.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            int exitCode = once();
            while (exitCode != ExitCode.INTERRUPTED && exitCode != ExitCode.TERMINATED) {
                if (!forgetOthers(watcher)) {
                    shell.err().println("watching " + folder + ", Ctrl-C to end");
                    awaitChange(watcher);
                }
                exitCode = once();
            }
            return exitCode;
        } catch (IOException | ClosedWatchServiceException e) {
            throw new CommandFailure(
                    ExitCode.INTERNAL_ERROR,
                    "The folder " + folder + " can't be watched: " + e + ". Run it without --watch.");
        } catch (InterruptedException e) {
            return ExitCode.INTERRUPTED;
        }
    }

    private int once() {
        try {
            return run.getAsInt();
        } catch (CommandFailure failure) {
            if (!failure.text().isEmpty()) {
                shell.err().println("orrery: " + failure.text());
            }
            return failure.exitCode();
        }
    }

    /** Forgets what has changed until now; returns whether the workflow file is among that. */
    private boolean forgetOthers(WatchService watcher) throws InterruptedException {
        shell.time().sleep(PAUSE); // news of a change may take a moment
        boolean workflow = false;
        for (WatchKey key = watcher.poll(); key != null; key = watcher.poll()) {
            for (WatchEvent<?> event : key.pollEvents()) {
                workflow |= file.getFileName().equals(event.context());
            }
            key.reset();
        }
        return workflow;
    }

    private void awaitChange(WatchService watcher) throws InterruptedException {
        boolean isOurs = false;
        while (!isOurs) {
            WatchKey key = watcher.take();
            isOurs = isOurs(key);
            key.reset();
        }
        forgetOthers(watcher);
    }

    /** Whether something has changed that is not hidden: Orrery's own files are. */
    private static boolean isOurs(WatchKey key) {
        boolean isOurs = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            isOurs |= event.context() == null || !event.context().toString().startsWith(".");
        }
        return isOurs;
    }
}
