package io.orrery.workflowfile.process;

import io.orrery.job.Facts;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a command that succeeded. Immutable.
 *
 * @param exitCode its exit code
 * @param stdout the last lines of its standard output, cut where they are very long
 * @param stderr the last lines of its standard error, cut likewise
 */
public record CommandResult(int exitCode, List<String> stdout, List<String> stderr) implements Facts {

    /** Copies the lists. */
    public CommandResult {
        stdout = List.copyOf(stdout);
        stderr = List.copyOf(stderr);
    }

    @Override
    public Map<String, Object> facts() {
        return Map.of("exitCode", exitCode);
    }

    @Override
    public String toString() {
        return "exit " + exitCode;
    }
}
