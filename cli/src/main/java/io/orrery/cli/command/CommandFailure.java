package io.orrery.cli.command;

/** Ends a command with a message for the user and an exit code. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final String text;

    /**
     * A failure.
     *
     * @param message what is wrong, and what to do about it; empty if that has been said already
     */
    CommandFailure(int exitCode, String message) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.exitCode = exitCode;
        this.text = message;
    }

    String text() {
        return text;
    }

    int exitCode() {
        return exitCode;
    }
}
