package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.Shell;
import io.orrery.cli.terminal.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command of which all others are parts. */
@Command(
        name = "orrery",
        synopsisSubcommandLabel = "COMMAND",
        description = "Runs jobs that depend on each other.",
        mixinStandardHelpOptions = false)
public final class Orrery {

    private static final int WIDEST_HELP = 100;
    private static final int NARROWEST_HELP = 56;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli does what it is for
    private boolean help;

    private Orrery() {}

    /**
     * Does what the arguments say.
     *
     * @return one of {@link ExitCode}
     */
    public static int execute(Shell shell, String... args) {
        return line(shell).execute(args);
    }

    private static CommandLine line(Shell shell) {
        Ansi ansi = shell.colours(shell.out()) == Colours.ON ? Ansi.ON : Ansi.OFF;
        int columns = shell.size().get().map(Size::columns).orElse(WIDEST_HELP);
        return new CommandLine(new Orrery())
                .addSubcommand(new RunCommand(shell))
                .addSubcommand(new ValidateCommand(shell))
                .addSubcommand(new GraphCommand(shell))
                .addSubcommand(new VersionCommand(shell))
                .setOut(shell.out().writer())
                .setErr(shell.err().writer())
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(Math.clamp(columns, NARROWEST_HELP, WIDEST_HELP))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Orrery::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(shell.err(), failure));
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("orrery: " + wrong.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println(command.getUsageMessage(Ansi.OFF).lines().findFirst().orElse(""));
        }
        err.println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Channel err, Exception failure) {
        if (failure instanceof CommandFailure expected) {
            if (!expected.text().isEmpty()) {
                err.println("orrery: " + expected.text());
            }
            return expected.exitCode();
        }
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        err.println("orrery: internal error, please report it with what follows.");
        err.print(trace.toString());
        return ExitCode.INTERNAL_ERROR;
    }
}
