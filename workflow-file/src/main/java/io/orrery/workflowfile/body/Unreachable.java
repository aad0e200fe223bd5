package io.orrery.workflowfile.body;

/** Another machine could not be reached. */
public final class Unreachable extends Exception {

    private static final long serialVersionUID = 1;

    Unreachable(String message) {
        super(message);
    }
}
