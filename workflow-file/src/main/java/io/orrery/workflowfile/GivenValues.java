package io.orrery.workflowfile;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** The values that whoever loads a file gives to its parameters, as text. */
final class GivenValues {

    private final Map<String, String> given;
    private final Set<String> late;
    private final boolean needed; // whether every parameter needs a value
    private final Problems problems;

    GivenValues(LoadOptions options, Problems problems) {
        this.given = options.given().texts();
        this.late = options.given().late();
        this.needed = !options.isCheckOnly();
        this.problems = problems;
    }

    /** Reports the values for parameters that are not declared. */
    void checkNames(Set<String> declared, Span at) {
        Stream.concat(given.keySet().stream(), late.stream())
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

    /** Whether a value is given, but only known while the run goes on. */
    boolean isLate(String name) {
        return late.contains(name);
    }

    /** The value given; null if none was, or if it is not allowed, which is a problem then. */
    @Nullable
    Object valueOf(String name, Node key, ParameterRule rule) {
        String text = given.get(name);
        if (text == null) {
            return null;
        }
        Object value = rule.parse(text);
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
        if (needed && !given.containsKey(name) && !isLate(name)) {
            problems.add(
                    Code.PARAMETER_WITHOUT_VALUE,
                    key,
                    "Parameter \"%s\" has no default, and no value was given for it. Give one.".formatted(name));
        }
    }
}
