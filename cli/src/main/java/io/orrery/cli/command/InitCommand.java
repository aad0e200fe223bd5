package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a first workflow file. */
@Command(
        name = "init",
        description = "Write a workflow file to begin with. Nothing is overwritten.",
        footerHeading = "%nTemplates:%n",
        footer = {
            "  minimal   two jobs, one after the other",
            "  build     build and test in parallel, with parameters and outputs",
            "  matrix    the same job for several values",
            "  http      health checks over HTTP, with a secret",
            "  backup    a backup with retention, and a job that always runs at the end"
        })
final class InitCommand extends Subcommand {

    /** What to begin with. */
    enum Template {
        MINIMAL,
        BUILD,
        MATRIX,
        HTTP,
        BACKUP;

        /** Reads one. */
        static final class Converter implements ITypeConverter<Template> {
            @Override
            public Template convert(String word) {
                return Words.constant(Template.class, word);
            }
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "TEMPLATE",
            converter = Template.Converter.class,
            description = "What to begin with; minimal unless given.")
    private Template template = Template.MINIMAL;

    @Option(names = "--file", paramLabel = "FILE", description = "Where to; orrery.yaml unless given.")
    private Path file = Path.of("orrery.yaml");

    InitCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        try {
            Files.writeString(shell.folder().resolve(file), text(template), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "There is a file \"" + file + "\" already. Name another one by --file.");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "The file \"" + file + "\" can't be written: " + e + ". Name another one by --file.");
        }
        shell.out().println(file + " is written. Look at it, then: orrery run " + file);
        return ExitCode.OK;
    }

    /** The text of a template. */
    static String text(Template template) {
        String name = "templates/" + template.name().toLowerCase(Locale.ROOT) + ".yaml";
        try (InputStream in = InitCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no template among " + Arrays.toString(Template.values()));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a resource can be read", e);
        }
    }
}
