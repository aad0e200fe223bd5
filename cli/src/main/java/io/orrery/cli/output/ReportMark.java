package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
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

    /** The path that a line announces; empty if it announces none. */
    static Optional<Path> in(OutputLine line) {
        byte[] bytes = line.bytes();
        if (bytes.length < MARK.length()
                || bytes.length > LONGEST
                || bytes[0] != FIRST
                || line.stream() != OutputLine.Stream.STDOUT) {
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
