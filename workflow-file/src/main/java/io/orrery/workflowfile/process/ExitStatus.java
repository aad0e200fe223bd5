package io.orrery.workflowfile.process;

import io.orrery.job.Facts;
import io.orrery.process.Signals;
import java.util.List;
import java.util.Map;

/** A command ended with an exit code other than 0, or by a signal. */
public final class ExitStatus extends Exception implements Facts {

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient CommandResult result;

    ExitStatus(CommandResult result) {
        super(Signals.describe(result.exitCode()));
        this.code = result.exitCode();
        this.result = result;
    }

    /** The exit code; 128 and the number of the signal, if one ended the command. */
    public int code() {
        return code;
    }

    /** The last lines of its standard output, cut where they are very long. */
    public List<String> stdout() {
        return result.stdout();
    }

    /** The last lines of its standard error, cut where they are very long. */
    public List<String> stderr() {
        return result.stderr();
    }

    @Override
    public Map<String, Object> facts() {
        return result.facts();
    }
}
