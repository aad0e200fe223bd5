package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.workflowfile.Code;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.Problem;
import io.orrery.workflowfile.Severity;
import io.orrery.workflowfile.WorkflowFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Loads workflow files for the commands, and tells what is wrong with them. */
final class WorkflowFiles {

    private final Channel err;
    private final boolean annotates;

    WorkflowFiles(Shell shell) {
        this.err = shell.err();
        this.annotates = Annotations.areWanted(shell.env());
    }

    /**
     * A file without errors.
     *
     * @throws CommandFailure if there is none, or if it has errors, which have been printed then
     */
    WorkflowFile load(Path path, LoadOptions options) {
        WorkflowFile file = read(path, options);
        if (!file.isValid()) {
            List<Problem> problems = file.problems();
            problems.forEach(this::print);
            err.println(count(problems));
            throw new CommandFailure(exitCode(problems), "");
        }
        return file;
    }

    /**
     * A file, whatever is in it.
     *
     * @throws CommandFailure if there is none that can be read
     */
    static WorkflowFile read(Path path, LoadOptions options) {
        if (path.toString().isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The path of the file is empty. Name a workflow file, such as x.orrery.yaml.");
        }
        if (!Files.exists(path)) {
            throw new CommandFailure(ExitCode.NOT_FOUND, "There is no file \"" + path + "\". Check its path.");
        }
        if (Files.isDirectory(path)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "\"" + path + "\" is a folder. Name a workflow file, such as x.orrery.yaml.");
        }
        if (!Files.isReadable(path)) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "The file \"" + path + "\" must not be read by you. Change its permissions.");
        }
        return WorkflowFile.load(path, options);
    }

    void print(Problem problem) {
        err.println(problem.text());
        if (annotates) {
            err.println(Annotations.of(problem));
        }
    }

    /** What is wrong with the values that were given on the command line is a matter of usage. */
    private static int exitCode(List<Problem> problems) {
        List<Code> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::code)
                .toList();
        if (errors.stream().allMatch(code -> code == Code.NOT_YET)) {
            return ExitCode.REFUSED;
        }
        return errors.stream().allMatch(Code::isAboutGivenValues) ? ExitCode.USAGE : ExitCode.INVALID_WORKFLOW;
    }

    static long errors(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
    }

    /** How many there are: {@code 3 errors, 1 warning}. */
    static String count(List<Problem> problems) {
        long errors = errors(problems);
        long warnings = problems.size() - errors;
        return errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
    }
}
