package io.orrery.outcome;

import org.jspecify.annotations.Nullable;

/** Texts of things that come from outside, made so that nothing they do can spoil a report. */
final class Texts {

    private static final int LONGEST = 500;

    private Texts() {}

    /** The text of a value, on one line and not endless. */
    static String value(@Nullable Object value) {
        try {
            return oneLine(String.valueOf(value));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return "(its toString failed: " + e.getClass().getName() + ")";
        }
    }

    /** The simple name of the type of a failure. */
    static String type(Throwable failure) {
        Class<?> type = failure.getClass();
        String name = type.getSimpleName();
        return name.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : name;
    }

    /** The message of a failure, on one line; empty if it has none. */
    static String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? "" : oneLine(message);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return "(its getMessage failed: " + e.getClass().getName() + ")";
        }
    }

    /** Type and message of a failure. */
    static String failure(Throwable failure) {
        String message = message(failure);
        return message.isEmpty() ? type(failure) : type(failure) + ": " + message;
    }

    private static String oneLine(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return cut.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n");
    }
}
