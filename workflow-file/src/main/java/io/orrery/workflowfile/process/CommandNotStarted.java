package io.orrery.workflowfile.process;

/** A command could not be started at all: there is no exit code then. */
public final class CommandNotStarted extends Exception {

    private static final long serialVersionUID = 1;

    CommandNotStarted(String message) {
        super(message);
    }

    CommandNotStarted(String message, Throwable cause) {
        super(message, cause);
    }
}
