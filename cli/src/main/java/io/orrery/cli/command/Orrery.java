package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.Shell;
import io.orrery.cli.terminal.Size;
import io.orrery.workflowfile.spelling.Spelling;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
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

    @CommandLine.Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // likewise
    private boolean version;

    private Orrery() {}

    /**
     * Does what the arguments say.
     *
     * @return one of {@link ExitCode}
     */
    public static int execute(Shell shell, String... args) {
        int exitCode = line(shell).execute(args);
        IOException unwritten = shell.out().failure();
        if (unwritten == null) {
            return exitCode;
        }
        shell.err()
                .println("orrery: The standard output can't be written: " + unwritten.getMessage()
                        + ". Make room, or send it elsewhere.");
        return exitCode == ExitCode.OK ? ExitCode.INTERNAL_ERROR : exitCode;
    }

    /** The model of the command, with all others. */
    static CommandLine line(Shell shell) {
        Ansi ansi = shell.colours(shell.out()) == Colours.ON ? Ansi.ON : Ansi.OFF;
        int columns = shell.size().get().map(Size::columns).orElse(WIDEST_HELP);
        var line = new CommandLine(new Orrery());
        var variables = new VariableDefaults(shell.env());
        line.getCommandSpec().versionProvider(() -> new String[] {VersionCommand.text()});
        return line.addSubcommand(new RunCommand(shell))
                .addSubcommand(new ValidateCommand(shell))
                .addSubcommand(new GraphCommand(shell))
                .addSubcommand(new NextCommand(shell))
                .addSubcommand(new SchemaCommand(shell))
                .addSubcommand(new InitCommand(shell))
                .addSubcommand(new CompletionCommand(shell))
                .addSubcommand(new VersionCommand(shell))
                .addSubcommand(new CommandLine.HelpCommand())
                .setOut(shell.out().writer())
                .setErr(shell.err().writer())
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(Math.clamp(columns, NARROWEST_HELP, WIDEST_HELP))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(variables)
                .setParameterExceptionHandler(Orrery::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(shell.err(), failure));
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("orrery: " + wrong.getMessage());
        String meant = meant(wrong, command);
        if (!meant.isEmpty()) {
            err.println("Did you mean: " + meant + "?");
        } else if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            var help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Ansi.OFF));
            err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
        }
        err.println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** The command that was likely meant, with the command it belongs to; empty if none is much like the word that was given. */
    private static String meant(ParameterException wrong, CommandLine command) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || command.getSubcommands().isEmpty()) {
            return "";
        }
        String name = Spelling.nearest(
                unmatched.getUnmatched().getFirst(), command.getSubcommands().keySet());
        return name == null ? "" : command.getCommandSpec().qualifiedName() + " " + name;
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
