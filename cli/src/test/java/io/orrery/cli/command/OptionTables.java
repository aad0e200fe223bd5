package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.time.TimeSource;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The tables of all options, as they stand in the page about the command. */
final class OptionTables {
    static final String BEGIN = "<!-- options: written from the model -->\n";
    static final String END = "<!-- end of options -->\n";

    private OptionTables() {}

    static String text() {
        return commands().values().stream()
                .map(command -> table(command.getCommandSpec()))
                .collect(Collectors.joining("\n"));
    }

    /** All commands by their names. */
    static Map<String, CommandLine> commands() {
        var nowhere = new Channel(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, false);
        var shell = new Shell(nowhere, nowhere, Map.of(), Path.of(""), TimeSource.system(), Optional::empty);
        return Orrery.line(shell).getSubcommands();
    }

    private static String table(CommandSpec command) {
        var rows = new StringBuilder();
        for (PositionalParamSpec word : command.positionalParameters()) {
            if (!word.hidden()) {
                rows.append(row(List.of(word.paramLabel()), "", word.description()));
            }
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden() && !option.usageHelp()) {
                rows.append(row(
                        List.of(option.names()),
                        option.arity().max() == 0 ? "" : " " + option.paramLabel(),
                        option.description()));
            }
        }
        var about = String.join(" ", command.usageMessage().description());
        return "### `orrery " + command.name() + "`\n\n" + about + "\n"
                + (rows.isEmpty() ? "" : "\n| option | meaning |\n|---|---|\n" + rows);
    }

    private static String row(List<String> names, String value, String[] description) {
        var all = names.stream().map(name -> "`" + name + value + "`").collect(Collectors.joining(", "));
        return "| %s | %s |\n"
                .formatted(all, String.join(" ", description).replace("%n", " ").replace("|", "\\|"));
    }
}
