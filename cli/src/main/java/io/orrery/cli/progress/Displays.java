package io.orrery.cli.progress;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;

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
     * @param dataOnly whether the standard output is for a document alone: jobs' output goes to the standard error then, or
     *     nowhere if that is silent or for programs
     */
    public static Display open(ProgressMode mode, Shell shell, boolean dataOnly) {
        return switch (mode) {
            case TTY, AUTO -> new ScreenDisplay(shell, outlet(shell, dataOnly ? shell.err() : shell.out()));
            case PLAIN -> new PlainDisplay(shell.err(), outlet(shell, dataOnly ? shell.err() : shell.out()));
            case JSON -> new JsonDisplay(shell.err(), dataOnly ? null : outlet(shell, shell.out()));
            case NONE -> new SilentDisplay(dataOnly ? null : outlet(shell, shell.out()));
        };
    }

    private static Outlet outlet(Shell shell, Channel channel) {
        return new Outlet(channel, shell.colours(channel));
    }
}
