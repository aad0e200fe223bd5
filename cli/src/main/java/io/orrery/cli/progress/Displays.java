package io.orrery.cli.progress;

import io.orrery.cli.output.OutputMode;
import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.report.Json;
import java.util.Objects;

/** Chooses how a run is shown. */
public final class Displays {

    private Displays() {}

    /** The mode that {@link ProgressMode#AUTO} stands for, and {@link ProgressMode#TTY} where there is no terminal. */
    public static ProgressMode resolve(ProgressMode wanted, Shell shell) {
        return switch (wanted) {
            case AUTO, TTY -> shell.hasScreen() ? ProgressMode.TTY : ProgressMode.PLAIN;
            case PLAIN, JSON, NONE -> wanted;
        };
    }

    /**
     * A display, which is to be closed.
     *
     * @param mode a resolved mode
     * @param output how what jobs print is shown
     * @param dataOnly whether the standard output is for a document alone: jobs' output goes to the standard error then, or
     *     nowhere if that is silent or for programs
     */
    public static Display open(ProgressMode mode, Shell shell, boolean dataOnly, OutputMode output) {
        Outlet outlet = outlet(shell, dataOnly ? shell.err() : shell.out(), output);
        return switch (output.kind()) {
            case PREFIXED, INTERLEAVED -> plain(mode, shell, dataOnly, outlet);
            case GROUPED -> new GroupedDisplay(plain(mode, shell, dataOnly, outlet), shell);
            case FILES ->
                new FilesDisplay(plain(mode, shell, dataOnly, outlet), shell, Objects.requireNonNull(output.folder()));
        };
    }

    private static Display plain(ProgressMode mode, Shell shell, boolean dataOnly, Outlet outlet) {
        Outlet unlessDataOnly = dataOnly ? null : outlet;
        return switch (mode) {
            case TTY, AUTO -> new ScreenDisplay(shell, outlet);
            case PLAIN -> new PlainDisplay(shell.err(), outlet);
            case JSON -> new OutputDisplay(event -> shell.err().println(Json.of(event)), unlessDataOnly);
            case NONE -> new OutputDisplay(event -> {}, unlessDataOnly);
        };
    }

    private static Outlet outlet(Shell shell, Channel channel, OutputMode output) {
        return new Outlet(channel, shell.colours(channel), output.kind() != OutputMode.Kind.INTERLEAVED);
    }
}
