package io.orrery.workflowfile;

import org.jspecify.annotations.Nullable;

/** Turns the text that was given for a parameter into a value of its type. */
final class GivenValues {

    private GivenValues() {}

    /** The value; null if the text is none of that type. */
    static @Nullable Object parse(String text, Parameter.Type type) {
        try {
            return switch (type) {
                case STRING -> text;
                case INT -> Long.valueOf(text.strip());
                case NUMBER -> finite(Double.parseDouble(text.strip()));
                case BOOL ->
                    switch (text.strip()) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> null;
                    };
            };
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
