package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands have in common. */
abstract class Subcommand implements Callable<Integer> {

    final Shell shell;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli does what it is for
    private boolean help;

    Subcommand(Shell shell) {
        this.shell = shell;
    }
}
