package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
import io.orrery.workflowfile.process.OutputLines;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The line by which a job says that it has written a report for people: {@code ::report:: path}, on its standard output, alone
 * on its line. A relative path is one from the folder of the workflow file.
 */
final class ReportMark {

    private static final String MARK = "::report::";
    private static final byte FIRST = ':';
    private static final int LONGEST = 4_096;

    private ReportMark() {}

    /** Whether it is worth while to look for a path in a line. */
    static boolean mayBe(OutputLines lines, int line) {
        int length = lines.end(line) - lines.start(line);
        return length >= MARK.length() && length <= LONGEST && lines.bytes()[lines.start(line)] == FIRST;
    }

    /** The path that a line announces; empty if it announces none. */
    static Optional<Path> in(OutputLine line) {
        if (line.stream() != OutputLine.Stream.STDOUT) {
            return Optional.empty();
        }
        String text = line.text();
        String path = text.startsWith(MARK) ? text.substring(MARK.length()).strip() : "";
        try {
            return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
