package io.orrery.workflowfile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code params}, and gives each parameter its value. Nothing in there is evaluated. */
final class ParameterReader {

    /**
     * What a declaration rules out.
     *
     * @param type other types
     * @param allowed other values, if not empty
     * @param least smaller numbers, if not null
     * @param most bigger numbers, if not null
     */
    private record Rule(
            Parameter.Type type,
            List<Object> allowed,
            @Nullable Double least,
            @Nullable Double most) {

        /** What is wrong with a value of the right type; null if nothing is. */
        @Nullable
        String violation(Object value) {
            if (!allowed.isEmpty() && !allowed.contains(value)) {
                return "is none of " + allowed.stream().map(String::valueOf).collect(Collectors.joining(", "));
            }
            if (value instanceof Number number) {
                if (least != null && number.doubleValue() < least) {
                    return "is less than " + shown(least);
                }
                if (most != null && number.doubleValue() > most) {
                    return "is more than " + shown(most);
                }
            }
            return null;
        }

        String shown(double bound) {
            return type == Parameter.Type.INT && bound == Math.rint(bound)
                    ? String.valueOf((long) bound)
                    : String.valueOf(bound);
        }
    }

    private final Values values;
    private final Problems problems;
    private final LoadOptions options;

    ParameterReader(Problems problems, LoadOptions options) {
        this.values = new Values(Scope.of(Map.of(), Map.of()), problems);
        this.problems = problems;
        this.options = options;
    }

    /** The parameters with their values, in order; {@code node} is null if the file declares none. */
    Map<String, Parameter> read(@Nullable Node node) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, "\"params\"", problems)) {
                if (Names.PARAMETER.matcher(entry.name()).matches()) {
                    parameters.put(entry.name(), parameter(entry));
                } else {
                    problems.add(
                            Code.BAD_NAME,
                            entry.key(),
                            "The name of a parameter has letters, digits, - and _, but this is "
                                    + Names.quote(entry.name()) + ".");
                }
            }
        } else if (node != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "\"params\" is a mapping of names and defaults, but here is " + Values.kind(node) + ".");
        }
        options.parameters().keySet().stream()
                .filter(name -> !parameters.containsKey(name))
                .sorted()
                .forEach(name -> undeclared(name, parameters, node));
        return parameters;
    }

    private void undeclared(String name, Map<String, Parameter> parameters, @Nullable Node node) {
        String nearest = Names.nearest(name, parameters.keySet());
        String remedy = nearest != null
                ? "Did you mean \"" + nearest + "\"?"
                : parameters.isEmpty()
                        ? "The file declares none."
                        : "Declared: " + String.join(", ", parameters.keySet()) + ".";
        problems.add(
                Code.UNKNOWN_PARAMETER,
                node == null ? Span.START : Span.of(node),
                "A value was given for " + Names.quote(name) + ", which is no parameter of this file. " + remedy);
    }

    private Parameter parameter(Entries.Entry entry) {
        String where = "parameter \"" + entry.name() + "\"";
        if (entry.value() instanceof ScalarNode scalar) {
            return shortForm(entry, scalar);
        }
        Fields fields = Fields.of(entry.value(), Vocabulary.PARAMETER, where, problems);
        List<Node> allowedNodes = fields.value("enum") instanceof SequenceNode list ? list.getValue() : List.of();
        Node enumNode = fields.value("enum");
        if (enumNode != null && allowedNodes.isEmpty()) {
            problems.add(Code.WRONG_TYPE, enumNode, "%s is a list of values.".formatted(fields.what("enum")));
        }
        Node defaultNode = fields.value("default");
        Parameter.Type type = type(
                fields, defaultNode != null ? defaultNode : allowedNodes.isEmpty() ? null : allowedNodes.getFirst());
        var allowed = new ArrayList<Object>();
        for (Node node : allowedNodes) {
            literal(node, type, "each value of " + fields.what("enum")).ifPresent(allowed::add);
        }
        Rule rule = new Rule(type, allowed, bound(fields, "min", type), bound(fields, "max", type));
        if (rule.least != null && rule.most != null && rule.least > rule.most) {
            problems.add(
                    Code.BAD_DECLARATION,
                    fields.key("min"),
                    "No number is both at least %s and at most %s. Swap \"min\" and \"max\" of %s."
                            .formatted(rule.shown(rule.least), rule.shown(rule.most), where));
        }
        Object value = defaultNode == null ? null : defaultValue(defaultNode, rule, fields);
        Node description = fields.value("description");
        String text = description == null ? null : values.text(description, fields.what("description"));
        return withGivenValue(entry, rule, value, text == null ? "" : text);
    }

    private Parameter shortForm(Entries.Entry entry, ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.NULL)) {
            problems.add(
                    Code.WRONG_TYPE,
                    entry.key(),
                    "Parameter \"%s\" has neither a default nor a type. Write {type: string} if a value must be given."
                            .formatted(entry.name()));
        }
        Parameter.Type type = typeOf(scalar);
        refuseExpression(scalar);
        return withGivenValue(
                entry,
                new Rule(type, List.of(), null, null),
                converted(scalar, type).orElse(null),
                "");
    }

    private Parameter.Type type(Fields fields, @Nullable Node example) {
        Node node = fields.value("type");
        if (node == null) {
            return example instanceof ScalarNode scalar ? typeOf(scalar) : Parameter.Type.STRING;
        }
        String word = values.text(node, fields.what("type"));
        for (Parameter.Type type : Parameter.Type.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        if (word != null) {
            problems.add(
                    Code.BAD_VALUE,
                    node,
                    "The types of parameters are string, int, number and bool, but here is " + Names.quote(word) + ".");
        }
        return Parameter.Type.STRING;
    }

    private static Parameter.Type typeOf(ScalarNode scalar) {
        return switch (Values.literal(scalar)) {
            case Boolean bool -> Parameter.Type.BOOL;
            case Long whole -> Parameter.Type.INT;
            case Double number -> Parameter.Type.NUMBER;
            default -> Parameter.Type.STRING;
        };
    }

    private @Nullable Double bound(Fields fields, String name, Parameter.Type type) {
        Node node = fields.value(name);
        if (node == null) {
            return null;
        }
        if (type != Parameter.Type.INT && type != Parameter.Type.NUMBER) {
            problems.add(
                    Code.BAD_DECLARATION,
                    fields.key(name),
                    "Only numbers have bounds, but %s is of type %s. Drop \"%s\", or use \"enum\"."
                            .formatted(fields.where(), type.word(), name));
            return null;
        }
        return values.decimal(node, fields.what(name), -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    private @Nullable Object defaultValue(Node node, Rule rule, Fields fields) {
        Object value = literal(node, rule.type, fields.what("default")).orElse(null);
        String violation = value == null ? null : rule.violation(value);
        if (violation != null) {
            problems.add(
                    Code.BAD_DECLARATION,
                    node,
                    "The default of %s must be a value that can be given, but %s %s."
                            .formatted(fields.where(), value, violation));
        }
        return value;
    }

    /** A scalar as a value of a type; empty, and a problem, if it is none. */
    private Optional<Object> literal(Node node, Parameter.Type type, String what) {
        Optional<Object> value = node instanceof ScalarNode scalar ? converted(scalar, type) : Optional.empty();
        if (value.isEmpty()) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is of type %s: %s, but here is %s."
                            .formatted(capitalized(what), type.word(), type.example(), Values.kind(node)));
        } else if (node instanceof ScalarNode scalar) {
            refuseExpression(scalar);
        }
        return value;
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Optional<Object> converted(ScalarNode scalar, Parameter.Type type) {
        Object value = Values.literal(scalar);
        return switch (type) {
            case STRING -> scalar.getTag().equals(Tag.NULL) ? Optional.empty() : Optional.of(scalar.getValue());
            case INT -> value instanceof Long ? Optional.of(value) : Optional.empty();
            case NUMBER -> value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
            case BOOL -> value instanceof Boolean ? Optional.of(value) : Optional.empty();
        };
    }

    private void refuseExpression(ScalarNode scalar) {
        if (Expressions.in(scalar)) {
            problems.add(
                    Code.NO_EXPRESSION_HERE,
                    problems.source().find(scalar, Expressions.OPEN, 0, Expressions.OPEN.length()),
                    "Nothing is evaluated inside \"params\". Write the value itself.");
        }
    }

    private Parameter withGivenValue(Entries.Entry entry, Rule rule, @Nullable Object preset, String description) {
        String given = options.parameters().get(entry.name());
        Object value = preset;
        if (given != null) {
            value = GivenValues.parse(given, rule.type);
            String violation = value == null ? null : rule.violation(value);
            if (value == null) {
                problems.add(
                        Code.BAD_PARAMETER,
                        entry.key(),
                        "Parameter \"%s\" is of type %s: %s, but the value given is %s."
                                .formatted(entry.name(), rule.type.word(), rule.type.example(), Names.quote(given)));
            } else if (violation != null) {
                problems.add(
                        Code.PARAMETER_NOT_ALLOWED,
                        entry.key(),
                        "The value given for parameter \"%s\", %s, %s."
                                .formatted(entry.name(), Names.quote(given), violation));
            }
        } else if (preset == null && !options.isCheckOnly()) {
            problems.add(
                    Code.PARAMETER_WITHOUT_VALUE,
                    entry.key(),
                    "Parameter \"%s\" has no default, and no value was given for it. Give one."
                            .formatted(entry.name()));
        }
        return new Parameter(entry.name(), rule.type, value, rule.allowed, description);
    }
}
