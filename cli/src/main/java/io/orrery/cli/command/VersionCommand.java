package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Says which version this is. */
@Command(name = "version", description = "Show the version of orrery and of Java.")
final class VersionCommand extends Subcommand {

    VersionCommand(Shell shell) {
        super(shell);
    }

    static String text() {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return "orrery " + version + ", Java " + Runtime.version();
    }

    @Override
    public Integer call() {
        shell.out().println(text());
        return ExitCode.OK;
    }
}
