package io.orrery.workflowfile;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A workflow was asked of a file that has errors; carries all that is wrong with it. */
public final class InvalidWorkflowFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    InvalidWorkflowFileException(Path file, List<Problem> problems) {
        super(problems.stream()
                .map(Problem::text)
                .collect(Collectors.joining("\n", file + " is not a valid workflow file:\n", "")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, warnings among them, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
