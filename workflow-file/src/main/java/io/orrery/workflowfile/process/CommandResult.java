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
 * @param outputs its declared outputs
 */
public record CommandResult(int exitCode, List<String> stdout, List<String> stderr, Outputs outputs)
        implements Facts, WithOutputs {

    /** Copies the lists. */
    public CommandResult {
        stdout = List.copyOf(stdout);
        stderr = List.copyOf(stderr);
    }

    @Override
    public Map<String, Object> facts() {
        return outputs.isEmpty()
                ? Map.of("exitCode", exitCode)
                : Map.of("exitCode", exitCode, "outputs", outputs.shown());
    }

    @Override
    public String toString() {
        return "exit " + exitCode;
    }
}
