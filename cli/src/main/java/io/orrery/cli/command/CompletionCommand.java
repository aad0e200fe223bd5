package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a script by which a shell completes the words of this command. */
@Command(
        name = "completion",
        description = "Write a script by which a shell completes commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(orrery completion bash)",
            "  orrery completion fish > ~/.config/fish/completions/orrery.fish"
        })
final class CompletionCommand extends Subcommand {

    /** For which shell. */
    enum Kind {
        BASH,
        ZSH,
        FISH,
        PWSH;

        /** Reads one. */
        static final class Converter implements ITypeConverter<Kind> {
            @Override
            public Kind convert(String word) {
                return Words.constant(Kind.class, word);
            }
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SHELL", converter = Kind.Converter.class, description = "bash, zsh, fish, pwsh.")
    private Kind kind = Kind.BASH;

    CompletionCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        Document.write(
                shell.out(),
                switch (kind) {
                    case BASH, ZSH -> AutoComplete.bash("orrery", root); // it makes zsh load its compatibility itself
                    case FISH -> fish(root);
                    case PWSH -> powershell(root);
                });
        return ExitCode.OK;
    }

    private static String fish(CommandLine root) {
        var script = new StringBuilder();
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c orrery -n __fish_use_subcommand -f -a %s -d %s\n"
                    .formatted(name, quoted(description(command))));
            for (var option : command.getCommandSpec().options()) {
                script.append("complete -c orrery -n '__fish_seen_subcommand_from %s'".formatted(name));
                for (String one : option.names()) {
                    script.append(
                            one.startsWith("--")
                                    ? " -l " + one.substring(2)
                                    : one.length() == 2 ? " -s " + one.substring(1) : "");
                }
                script.append(option.arity().max() > 0 ? " -r" : "")
                        .append(" -d ")
                        .append(quoted(String.join(" ", option.description())))
                        .append('\n');
            }
        });
        return script.toString();
    }

    private static String description(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("%n", " ") + "'";
    }

    private static String powershell(CommandLine root) {
        var words = new StringBuilder();
        root.getSubcommands().forEach((name, command) -> {
            words.append("        '%s' = @(".formatted(name));
            String separator = "";
            for (var option : command.getCommandSpec().options()) {
                words.append(separator)
                        .append('\'')
                        .append(option.longestName())
                        .append('\'');
                separator = ", ";
            }
            words.append(")\n");
        });
        return """
            Register-ArgumentCompleter -Native -CommandName orrery -ScriptBlock {
                param($word, $line, $position)
                $options = @{
            %s    }
                $words = $line.CommandElements | ForEach-Object { $_.ToString() }
                $command = $words | Where-Object { $options.ContainsKey($_) } | Select-Object -First 1
                $all = if ($command) { $options[$command] } else { $options.Keys }
                $all | Where-Object { $_ -like "$word*" } | Sort-Object
            }
            """.formatted(words);
    }
}
