package io.orrery.workflowfile.body;

/** A job was done, but an output that it declares is not there. */
final class OutputMissing extends Exception {

    private static final long serialVersionUID = 1;

    OutputMissing(String message) {
        super(message + ".");
    }
}
