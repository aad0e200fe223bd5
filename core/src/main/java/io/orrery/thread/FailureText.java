package io.orrery.thread;

/** What was thrown, in one line for a flight recording. */
public final class FailureText {

    private FailureText() {}

    /** Its class and message. What is thrown is the user's, and may throw in turn. */
    public static String of(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getMessage();
            return message == null ? type : type + ": " + message;
        } catch (Throwable e) {
            return type;
        }
    }
}
