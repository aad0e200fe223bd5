package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.Problem;
import io.orrery.workflowfile.WorkflowFile;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(names = "--json", description = "Write one JSON document with all problems to the standard output.")
    private boolean json;

    @Option(names = "--deny-warnings", description = "Take warnings for errors.")
    private boolean denyWarnings;

    @Option(
            names = "--class-path",
            paramLabel = "PATHS",
            description = "Jars and folders with the classes of Java jobs, to check that they are there.")
    private @Nullable String classPath;

    @Mixin
    private final LookOptions look = new LookOptions();

    ValidateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var results = new ArrayList<CheckedFile>();
        for (Path path : files) {
            results.add(check(path));
        }
        if (json) {
            Document.write(shell.out(), CheckedFile.document(results));
        } else {
            var reporter = new WorkflowFiles(look.of(shell));
            results.forEach(result -> tell(result, reporter));
            List<Problem> all = results.stream()
                    .flatMap(result -> result.problems().stream())
                    .toList();
            if (!all.isEmpty()) {
                shell.err().println(WorkflowFiles.count(all));
            }
        }
        return results.stream()
                .map(CheckedFile::exitCode)
                .max(Comparator.comparing((Integer code) -> code == ExitCode.INVALID_WORKFLOW)
                        .thenComparing(code -> code != ExitCode.OK))
                .orElse(ExitCode.OK);
    }

    private void tell(CheckedFile result, WorkflowFiles reporter) {
        result.problems().forEach(reporter::print);
        if (!result.unreadable().isEmpty()) {
            shell.err().println("orrery: " + result.unreadable());
        } else if (result.exitCode() == ExitCode.OK) {
            int jobs = result.jobs();
            shell.out().println(result.path() + ": valid, " + jobs + (jobs == 1 ? " job" : " jobs"));
            result.next()
                    .forEach(fires -> shell.out()
                            .println("  " + fires.schedule() + " (" + fires.zone() + "): "
                                    + (fires.moments().isEmpty()
                                            ? "not by the clock"
                                            : String.join(", ", fires.moments()))
                                    + (fires.paused() ? " - paused" : "")));
        }
    }

    private CheckedFile check(Path path) {
        try {
            LoadOptions options = LoadOptions.defaults().checkOnly();
            if (classPath != null) {
                options = options.java(ClassPathJobs.of(List.of(classPath.split(File.pathSeparator))));
            }
            WorkflowFile file = WorkflowFiles.read(path, options);
            boolean isValid =
                    file.isValid() && (!denyWarnings || file.problems().isEmpty());
            return new CheckedFile(
                    path.toString(),
                    isValid ? ExitCode.OK : ExitCode.INVALID_WORKFLOW,
                    "",
                    file.isValid() ? file.workflow().plan().size() : 0,
                    file.problems(),
                    file.nextFires());
        } catch (CommandFailure unreadable) {
            return new CheckedFile(path.toString(), unreadable.exitCode(), unreadable.text(), 0, List.of(), List.of());
        } catch (IllegalArgumentException wrongClassPath) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(wrongClassPath.getMessage()));
        }
    }
}
