package io.orrery.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orrery.cli.command.Orrery;
import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command wrote, and its exit code; the command was executed in this process. */
public record Captured(int exitCode, String out, String err) {

    /** Executes a command in a folder, with pipes as its streams. */
    public static Captured orrery(Path folder, Object... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Shell(
                new Channel(out, UTF_8, false),
                new Channel(err, UTF_8, false),
                Map.of("TERM", "xterm"),
                folder,
                TimeSource.system(),
                Optional::empty);
        var texts = List.of(args).stream().map(String::valueOf).toArray(String[]::new);
        int exitCode = Orrery.execute(shell, texts);
        return new Captured(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The last line on the standard error. */
    public String lastError() {
        return err.lines().reduce("", (before, line) -> line);
    }
}
