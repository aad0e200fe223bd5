package io.orrery.cli;

import io.orrery.cli.command.Orrery;
import io.orrery.cli.terminal.Shell;

/** The {@code orrery} command. */
public final class Main {

    private Main() {}

    /** Does what the arguments say, and exits with one of the {@linkplain io.orrery.cli.command.ExitCode documented codes}. */
    public static void main(String[] args) {
        System.exit(Orrery.execute(Shell.system(), args));
    }
}
