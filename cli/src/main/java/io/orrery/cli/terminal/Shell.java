package io.orrery.cli.terminal;

import io.orrery.time.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the command was started: all that it may see of the world but files and processes. Immutable.
 *
 * @param out where data goes
 * @param err where progress and problems go
 * @param env the environment
 * @param folder the current folder
 * @param time the clock
 * @param size the size of the terminal that {@code err} is, now; empty if it is none
 */
public record Shell(
        Channel out,
        Channel err,
        Map<String, String> env,
        Path folder,
        TimeSource time,
        Supplier<Optional<Size>> size) {

    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    /** The one around this process. */
    public static Shell system() {
        return new Shell(
                new Channel(
                        new FileOutputStream(FileDescriptor.out), charset("stdout.encoding"), Tty.isTerminal(STDOUT)),
                new Channel(
                        new FileOutputStream(FileDescriptor.err), charset("stderr.encoding"), Tty.isTerminal(STDERR)),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                TimeSource.system(),
                () -> Tty.size(STDERR));
    }

    private static Charset charset(String property) {
        return Charset.forName(System.getProperty(property, "UTF-8"), Charset.defaultCharset());
    }

    /** Whether {@code err} is a terminal on which the cursor can be moved. */
    public boolean hasScreen() {
        return err.isTerminal() && !isDumb() && size.get().isPresent();
    }

    /** This one with another variable. */
    public Shell with(String name, String value) {
        Map<String, String> other = new HashMap<>(env);
        other.put(name, value);
        return new Shell(out, err, Map.copyOf(other), folder, time, size);
    }

    private boolean isDumb() {
        return "dumb".equals(env.get("TERM"));
    }

    /** The signs that a channel can show. */
    public Signs signs(Channel channel) {
        return isDumb() || "true".equals(env.get("ORRERY_ASCII")) ? Signs.ASCII : Signs.of(channel.charset());
    }

    /** Whether a channel gets colours: as people ask by NO_COLOR and CLICOLOR_FORCE, else if it is a terminal. */
    public Colours colours(Channel channel) {
        if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
            return Colours.OFF;
        }
        boolean forced = !env.getOrDefault("CLICOLOR_FORCE", "0").equals("0");
        return forced || channel.isTerminal() && !isDumb() ? Colours.ON : Colours.OFF;
    }
}
