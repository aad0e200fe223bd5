package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import io.orrery.workflowfile.WorkflowSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the JSON Schema of workflow files. */
@Command(
        name = "schema",
        description = "Write the JSON Schema (draft-07) of workflow files, for editors.",
        footerHeading = "%nExample:%n",
        footer = {
            "  orrery schema workflow.schema.json",
            "Then a workflow file that begins with this line is checked while it is written:",
            "  # yaml-language-server: $schema=workflow.schema.json"
        })
final class SchemaCommand extends Subcommand {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to; the standard output unless given.")
    private @Nullable Path file;

    SchemaCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        String schema = WorkflowSchema.text();
        if (file == null) {
            Document.write(shell.out(), schema);
            return ExitCode.OK;
        }
        try {
            Files.writeString(shell.folder().resolve(file), schema);
            shell.err().println("The schema is in " + file + ".");
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "The file \"" + file + "\" can't be written: " + e + ". Name another one.");
        }
    }
}
