package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Vocabularies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads {@code params}, and gives each parameter its value. Nothing in there is evaluated. */
final class ParameterReader {

    private final Values values;
    private final Problems problems;
    private final GivenValues given;
    private final Map<String, ParameterRule> rules = new HashMap<>();

    ParameterReader(Problems problems, LoadOptions options) {
        this.values = new Values(Scope.empty(), problems);
        this.problems = problems;
        this.given = new GivenValues(options, problems);
    }

    /** The parameters of a file with their values, in order. */
    Map<String, Parameter> read(Fields file) {
        Node node = file.value("params");
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
                                    + Names.quote(entry.name()) + ". Rename it.");
                }
            }
        } else if (node != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "\"params\" is a mapping of names and defaults, but here is " + Values.kind(node)
                            + ". Write NAME: default.");
        }
        given.checkNames(parameters.keySet(), node == null ? Span.START : Span.of(file.key("params")));
        return parameters;
    }

    private Parameter parameter(Entries.Entry entry) {
        String where = "parameter \"" + entry.name() + "\"";
        if (entry.value() instanceof ScalarNode scalar) {
            return shortForm(entry, scalar);
        }
        Fields fields = Fields.of(entry.value(), Vocabularies.PARAMETER, where, problems);
        List<Node> allowedNodes = fields.value("enum") instanceof SequenceNode list ? list.getValue() : List.of();
        Node enumNode = fields.value("enum");
        if (enumNode != null && allowedNodes.isEmpty()) {
            problems.add(
                    Code.WRONG_TYPE,
                    enumNode,
                    "%s is a list of values, but here is none. Write [a, b].".formatted(fields.what("enum")));
        }
        Node defaultNode = fields.value("default");
        Parameter.Type type = type(
                fields, defaultNode != null ? defaultNode : allowedNodes.isEmpty() ? null : allowedNodes.getFirst());
        var allowed = new ArrayList<Object>();
        for (Node node : allowedNodes) {
            literal(node, type, "each value of " + fields.what("enum")).ifPresent(allowed::add);
        }
        if (fields.value("type") == null) {
            allowedNodes.forEach(values::warnOfLostZero);
            Optional.ofNullable(defaultNode).ifPresent(values::warnOfLostZero);
        }
        ParameterRule rule = rule(fields, type, allowed, where);
        Object value = defaultNode == null ? null : defaultValue(defaultNode, rule, fields);
        Node description = fields.value("description");
        String text = description == null ? null : values.text(description, fields.what("description"));
        if (defaultNode == null && fields.isMapping()) {
            given.require(entry.name(), entry.key());
        }
        return declared(entry, rule, value, text == null ? "" : text);
    }

    private ParameterRule rule(Fields fields, Parameter.Type type, List<Object> allowed, String where) {
        var rule = new ParameterRule(type, allowed, bound(fields, "min", type), bound(fields, "max", type));
        if (rule.least() != null && rule.most() != null && rule.least() > rule.most()) {
            problems.add(
                    Code.BAD_DECLARATION,
                    fields.key("min"),
                    "No number is both at least %s and at most %s. Swap \"min\" and \"max\" of %s."
                            .formatted(Values.shown(rule.least()), Values.shown(rule.most()), where));
        }
        return rule;
    }

    /** What the declarations of those that were read rule out. */
    Map<String, ParameterRule> rules() {
        return rules;
    }

    private Parameter declared(Entries.Entry entry, ParameterRule rule, @Nullable Object preset, String description) {
        Object value = given.valueOf(entry.name(), entry.key(), rule);
        rules.put(entry.name(), rule);
        Object known = given.isLate(entry.name()) ? null : value == null ? preset : value;
        return new Parameter(entry.name(), rule.type(), known, rule.allowed(), description);
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
        values.warnOfLostZero(scalar);
        return declared(entry, ParameterRule.of(type), converted(scalar, type).orElse(null), "");
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
                    "The types of parameters are string, int, number and bool, but here is " + Names.quote(word)
                            + ". Choose one of them.");
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

    private @Nullable Object defaultValue(Node node, ParameterRule rule, Fields fields) {
        Object value = literal(node, rule.type(), fields.what("default")).orElse(null);
        String violation = value == null ? null : rule.violation(value);
        if (violation != null) {
            problems.add(
                    Code.BAD_DECLARATION,
                    node,
                    "The default of %s must be a value that can be given, but %s %s. Change one of the two."
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
                    "%s is of type %s: %s, but here is %s. Write such a value, or change the type."
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
                    problems.source().occurrences(scalar, Expressions.OPEN).stream()
                            .findFirst()
                            .orElse(Span.of(scalar)),
                    "Nothing is evaluated inside \"params\". Write the value itself.");
        }
    }
}
