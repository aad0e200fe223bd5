package io.orrery.report;

import org.jspecify.annotations.Nullable;

/** Texts of things that come from outside, made so that nothing they do can spoil a report. */
final class Texts {

    private Texts() {}

    static String of(@Nullable Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return "(its toString failed: " + e.getClass().getName() + ")";
        }
    }

    /** The simple name of the type of a failure. */
    static String type(Throwable failure) {
        Class<?> type = failure.getClass();
        String name = type.getSimpleName();
        return name.isEmpty() ? type.getName().substring(type.getName().lastIndexOf('.') + 1) : name;
    }

    /** The message of a failure, null if it has none. */
    static @Nullable String message(Throwable failure) {
        try {
            return failure.getMessage();
        } catch (RuntimeException e) {
            return "(its getMessage failed: " + e.getClass().getName() + ")";
        }
    }

    /** Type and message of a failure. */
    static String failure(Throwable failure) {
        String message = message(failure);
        return message == null ? type(failure) : type(failure) + ": " + message;
    }

    /** Line breaks written as {@code \n}; other control characters, which a terminal might obey, are left out. */
    static String oneLine(String text) {
        String line = text.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "\\n");
        return line.chars().noneMatch(Character::isISOControl) ? line : line.replaceAll("\\p{Cc}", "");
    }
}
