package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.ExpressionException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the declaration of a parameter rules out.
 *
 * @param type values of other types
 * @param allowed other values, if not empty
 * @param least smaller numbers, if not null
 * @param most bigger numbers, if not null
 */
record ParameterRule(
        Parameter.Type type,
        List<Object> allowed,
        @Nullable Double least,
        @Nullable Double most) {

    /** Nothing but the type. */
    static ParameterRule of(Parameter.Type type) {
        return new ParameterRule(type, List.of(), null, null);
    }

    /** What is wrong with a value of the right type; null if nothing is. */
    @Nullable
    String violation(Object value) {
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            return "is none of " + allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value instanceof Number number) {
            if (least != null && number.doubleValue() < least) {
                return "is less than " + Values.shown(least);
            }
            if (most != null && number.doubleValue() > most) {
                return "is more than " + Values.shown(most);
            }
        }
        return null;
    }

    /** The value that a text stands for; null if it stands for none of the type. */
    @Nullable
    Object parse(String text) {
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

    /**
     * The value that a text stands for, while the run goes on.
     *
     * @throws ExpressionException if it is not allowed
     */
    Object late(String name, String text) throws ExpressionException {
        Object value = parse(text);
        String wrong = value == null ? "is not " + type.example() : violation(value);
        if (value == null || wrong != null) {
            throw ExpressionException.noValue(
                    "the value given for parameter \"%s\", %s, %s. Give it another one in \"params\" of the job that runs the file"
                            .formatted(name, Names.quote(text), wrong));
        }
        return value;
    }
}
