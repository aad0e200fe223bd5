package io.orrery.cli.progress;

import io.orrery.outcome.RunListener;
import io.orrery.workflowfile.process.OutputLines;

/** Shows a run while it goes on. Safe for use by any thread. */
public interface Display extends RunListener, AutoCloseable {

    /** Shows lines of a job's output. */
    void show(OutputLines lines);

    /** Shows what has been held back of jobs' output. */
    void pause();

    /** Tells the user something about the run as a whole. */
    void tell(String message);

    /** Ends the display; what is written after that comes below it. */
    @Override
    void close();
}
