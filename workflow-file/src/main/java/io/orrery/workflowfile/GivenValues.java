package io.orrery.workflowfile;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** The values that whoever loads a file gives to its parameters, as text. */
final class GivenValues {

    private final Map<String, String> given;
    private final boolean needed; // whether every parameter needs a value
    private final Problems problems;

    GivenValues(LoadOptions options, Problems problems) {
        this.given = options.parameters();
        this.needed = !options.isCheckOnly();
        this.problems = problems;
    }

    /** Reports the values for parameters that are not declared. */
    void checkNames(Set<String> declared, Span at) {
        given.keySet().stream()
                .filter(name -> !declared.contains(name))
                .sorted()
                .forEach(name -> {
                    String nearest = problems.nearest(name, declared);
                    String remedy = nearest != null
                            ? "Did you mean \"" + nearest + "\"?"
                            : declared.isEmpty()
                                    ? "The file declares none."
                                    : "Declared: " + String.join(", ", declared) + ".";
                    problems.add(
                            Code.UNKNOWN_PARAMETER,
                            at,
                            "A value was given for " + Names.quote(name) + ", which is no parameter of this file. "
                                    + remedy);
                });
    }

    /** The value given; null if none was, or if it is not allowed, which is a problem then. */
    @Nullable
    Object valueOf(String name, Node key, ParameterRule rule) {
        String text = given.get(name);
        if (text == null) {
            return null;
        }
        Object value = parse(text, rule.type());
        String violation = value == null ? null : rule.violation(value);
        if (value == null) {
            problems.add(
                    Code.BAD_PARAMETER,
                    key,
                    "Parameter \"%s\" is of type %s: %s, but the value given is %s. Give such a value."
                            .formatted(name, rule.type().word(), rule.type().example(), Names.quote(text)));
        } else if (violation != null) {
            problems.add(
                    Code.PARAMETER_NOT_ALLOWED,
                    key,
                    "The value given for parameter \"%s\", %s, %s. Give another one."
                            .formatted(name, Names.quote(text), violation));
        }
        return violation == null ? value : null;
    }

    /** Reports a parameter without a default, if no value was given for it. */
    void require(String name, Node key) {
        if (needed && !given.containsKey(name)) {
            problems.add(
                    Code.PARAMETER_WITHOUT_VALUE,
                    key,
                    "Parameter \"%s\" has no default, and no value was given for it. Give one.".formatted(name));
        }
    }

    private static @Nullable Object parse(String text, Parameter.Type type) {
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
