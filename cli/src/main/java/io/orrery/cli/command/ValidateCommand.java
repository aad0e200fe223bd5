package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.Problem;
import io.orrery.workflowfile.WorkflowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks workflow files and starts nothing. */
@Command(
        name = "validate",
        description = "Check workflow files: all problems at once, each at its line and column. Nothing is started.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all files are valid; there may be warnings",
            "2:the command line is wrong",
            "3:a file is not valid",
            "6:there is no such file",
            "8:a file must not be read"
        })
final class ValidateCommand extends Subcommand {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The workflow files.")
    private List<Path> files = List.of();

    ValidateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var reporter = new WorkflowFiles(shell);
        var all = new ArrayList<Problem>();
        int worst = ExitCode.OK;
        for (Path path : files) {
            try {
                WorkflowFile file =
                        WorkflowFiles.read(path, LoadOptions.defaults().checkOnly());
                file.problems().forEach(reporter::print);
                all.addAll(file.problems());
                if (file.isValid()) {
                    int jobs = file.workflow().plan().size();
                    shell.out().println(path + ": valid, " + jobs + (jobs == 1 ? " job" : " jobs"));
                } else {
                    worst = ExitCode.INVALID_WORKFLOW;
                }
            } catch (CommandFailure unreadable) {
                shell.err().println("orrery: " + unreadable.text());
                worst = worst == ExitCode.OK ? unreadable.exitCode() : worst;
            }
        }
        if (!all.isEmpty()) {
            shell.err().println(WorkflowFiles.count(all));
        }
        return worst;
    }
}
