package io.orrery.workflowfile;

import io.orrery.time.Durations;
import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.Expression;
import io.orrery.workflowfile.expression.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads values of given types, with their expressions evaluated. Each reader answers null if it has reported a problem, or if
 * the value depends on a parameter that has none while the file is only checked: the caller goes on with a default then.
 */
final class Values {

    private final Scope scope;
    private final Problems problems;

    Values(Scope scope, Problems problems) {
        this.scope = scope;
        this.problems = problems;
    }

    Scope scope() {
        return scope;
    }

    Problems problems() {
        return problems;
    }

    private static void ignore(Expressions.Use use) {}

    /** What kind of value a node is, for messages. */
    static String kind(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode list -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> Names.quote(scalar.getValue());
            default -> "something else";
        };
    }

    /** A number as people write it. */
    static String shown(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? String.valueOf((long) number) : String.valueOf(number);
    }

    /**
     * Any scalar, numbers as the text that is written; what can't be known before the run stays open. What it names in
     * expressions is told to {@code uses}.
     */
    @Nullable
    Template template(Node node, String what, Consumer<Expressions.Use> uses) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            wrong(node, what, "text");
            return null;
        }
        Template template = Expressions.in(scalar)
                ? Expressions.template(scalar, scope, problems, uses)
                : Template.of(scalar.getValue());
        if (template != null && template.text().indexOf('\0') >= 0) {
            problems.add(
                    Code.BAD_VALUE,
                    node,
                    "Text for commands can't hold the character NUL, but %s does. Drop it.".formatted(what));
            return null;
        }
        return template;
    }

    @Nullable
    Template template(Node node, String what) {
        return template(node, what, Values::ignore);
    }

    /** A scalar as text that is known before the run. */
    @Nullable
    String text(Node node, String what) {
        Template template = template(node, what);
        return template == null || isTooLate(template, node, what) ? null : template.text();
    }

    /** Whether a value is not known before the run, which is a problem then. */
    private boolean isTooLate(Template template, Node node, String what) {
        Expression.Name late = template.expression().names().stream()
                .filter(this::isLate)
                .findFirst()
                .orElse(null);
        if (late != null) {
            problems.add(
                    Code.KNOWN_TOO_LATE,
                    node,
                    "%s must be known before the run, but %s is only known while it goes on. %s"
                            .formatted(
                                    capitalized(what),
                                    late.text(),
                                    late.root().equals("params")
                                            ? "Give that parameter a value that is known where this file is used."
                                            : "Use params, env or matrix here."));
        }
        return late != null;
    }

    /** Whether a value is only known while the run goes on. A parameter without one is given it before, but for some. */
    private boolean isLate(Expression.Name name) {
        return !name.root().equals("params")
                || scope.file().parameters().late().contains(name.path().get(1));
    }

    /** Whether a value is only known while the run goes on. */
    boolean isLate(Template template) {
        return template.expression().names().stream().anyMatch(this::isLate);
    }

    /** A value of its own type, which may stay open. */
    @Nullable
    Template condition(Node node, String what) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            wrong(node, what, "true or false");
            return null;
        }
        return Expressions.in(scalar)
                ? Expressions.template(scalar, scope, problems, Values::ignore)
                : Template.of(literal(scalar));
    }

    /** A list of scalars, each of which may stay open. */
    @Nullable
    List<Template> templates(Node node, String what, Consumer<Expressions.Use> uses) {
        if (!(node instanceof SequenceNode list)) {
            wrong(node, what, "a list");
            return null;
        }
        var templates = new ArrayList<Template>(list.getValue().size());
        boolean complete = true;
        for (Node item : list.getValue()) {
            Template template = template(item, "each part of " + what, uses);
            complete &= template != null && templates.add(template);
        }
        return complete ? templates : null;
    }

    /** A mapping of names and scalars, each of which may stay open. */
    Map<String, Template> mapping(Node node, String what) {
        Map<String, Template> templates = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(node, what, "a mapping of names and texts");
            return templates;
        }
        for (Entries.Entry entry : Entries.of(mapping, what, problems)) {
            Template template = template(entry.value(), Names.quote(entry.name()) + " of " + what);
            templates.put(entry.name(), template == null ? Template.EMPTY : template);
        }
        return templates;
    }

    /** Any value whatever: scalars of their types, each of which may stay open, and lists and maps of these. */
    Object any(Node node, String what) {
        return switch (node) {
            case MappingNode mapping -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Entries.Entry entry : Entries.of(mapping, what, problems)) {
                    map.put(entry.name(), any(entry.value(), what));
                }
                yield map;
            }
            case SequenceNode list ->
                list.getValue().stream().map(item -> any(item, what)).toList();
            case ScalarNode scalar
            when Expressions.in(scalar) -> {
                Template template = Expressions.template(scalar, scope, problems, Values::ignore);
                yield template == null ? "" : template;
            }
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.NULL) -> {
                wrong(node, "each part of " + what, "a value");
                yield "";
            }
            case ScalarNode scalar -> literal(scalar);
            default -> "";
        };
    }

    /** A list of scalars as texts. */
    @Nullable
    List<String> texts(Node node, String what) {
        if (!(node instanceof SequenceNode list)) {
            wrong(node, what, "a list");
            return null;
        }
        var texts = new ArrayList<String>(list.getValue().size());
        boolean complete = true;
        for (Node item : list.getValue()) {
            String text = text(item, "each part of " + what);
            complete &= text != null && texts.add(text);
        }
        return complete ? texts : null;
    }

    @Nullable
    Boolean bool(Node node, String what) {
        return switch (value(node, what, "true or false")) {
            case null -> null;
            case Boolean bool -> bool;
            case Object value -> {
                wrongValue(node, what, "true or false", value);
                yield null;
            }
        };
    }

    @Nullable
    Long whole(Node node, String what, long least, long most) {
        Object value = value(node, what, "a whole number");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Long number)) {
            wrongValue(node, what, "a whole number", value);
            return null;
        }
        if (number < least || number > most) {
            outOfRange(node, what, "from " + least + " to " + most, number);
            return null;
        }
        return number;
    }

    @Nullable
    Double decimal(Node node, String what, double least, double most) {
        Object value = value(node, what, "a number");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number number)) {
            wrongValue(node, what, "a number", value);
            return null;
        }
        double decimal = number.doubleValue();
        if (!(decimal >= least && decimal <= most)) {
            String range = most == Double.MAX_VALUE
                    ? "at least " + shown(least)
                    : "from " + shown(least) + " to " + shown(most);
            outOfRange(node, what, range, number);
            return null;
        }
        return decimal;
    }

    @Nullable
    Duration duration(Node node, String what) {
        Object value = value(node, what, "a duration such as 15m");
        if (value == null) {
            return null;
        }
        if (value instanceof Number || value instanceof String text && text.matches("\\d+")) {
            problems.add(
                    Code.BAD_DURATION,
                    node,
                    "A duration needs a unit, but %s is %s. Did you mean \"%2$ss\"? Units: ms, s, m, h, d."
                            .formatted(what, value));
            return null;
        }
        if (!(value instanceof String text)) {
            wrongValue(node, what, "a duration such as 15m", value);
            return null;
        }
        try {
            Duration duration = Durations.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
            problems.add(
                    Code.BAD_DURATION,
                    node,
                    "A duration is more than nothing, but %s is %s. Leave the field out for the default."
                            .formatted(what, Names.quote(text)));
        } catch (IllegalArgumentException e) {
            problems.add(
                    Code.BAD_DURATION,
                    node,
                    "%s is a duration, but %s is none. Write 15m, 90s, 250ms, 1h30m or PT15S."
                            .formatted(capitalized(what), Names.quote(text)));
        }
        return null;
    }

    /** The value of a scalar that is not null; null if there is a problem or if it is unknown. */
    @Nullable
    Object value(Node node, String what, String wanted) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            wrong(node, what, wanted);
            return null;
        }
        if (!Expressions.in(scalar)) {
            return literal(scalar);
        }
        Template template = Expressions.template(scalar, scope, problems, Values::ignore);
        return template == null || isTooLate(template, node, what) || !template.isKnown() ? null : template.shown();
    }

    /** Warns of a number that is not shown as it is written, and so may be meant as text: {@code 3.10} is 3.1. */
    void warnOfLostZero(Node node) {
        if (node instanceof ScalarNode scalar
                && scalar.getValue().matches("[-+]?[0-9]+\\.[0-9]*0")
                && literal(scalar) instanceof Double number
                && !Evaluator.text(number).equals(scalar.getValue())) {
            problems.add(
                    Code.LOST_ZERO,
                    node,
                    "%s is a number, which is %s wherever it is used. Put quotes around it if it is text, as a version is: \"%1$s\"."
                            .formatted(scalar.getValue(), Evaluator.text(number)));
        }
    }

    /** Any single value; null if there is a problem or if it is unknown. */
    @Nullable
    Object scalar(Node node, String what) {
        return value(node, what, "a single value");
    }

    /** The value of a scalar as it is written: text, {@link Long}, {@link Double} or {@link Boolean}. */
    static Object literal(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        try {
            if (tag.equals(Tag.BOOL)) {
                return Boolean.valueOf(text.toLowerCase(Locale.ROOT));
            } else if (tag.equals(Tag.INT)) {
                return text.startsWith("0o") ? Long.valueOf(text.substring(2), 8) : Long.decode(decimalZeros(text));
            } else if (tag.equals(Tag.FLOAT)) {
                return Double.valueOf(
                        text.replaceFirst("\\.(inf|Inf|INF)$", "Infinity").replaceFirst("\\.(nan|NaN|NAN)$", "NaN"));
            }
        } catch (NumberFormatException e) {
            return text; // a whole number of more than 64 bits: text, which is refused where a number belongs
        }
        return text;
    }

    /** In YAML 1.2 a leading zero means nothing; to {@link Long#decode} it would mean octal. */
    private static String decimalZeros(String text) {
        return text.startsWith("0x") ? text : text.replaceFirst("^([-+]?)0+(?=\\d)", "$1");
    }

    private void wrongValue(Node node, String what, String wanted, Object value) {
        boolean evaluated = node instanceof ScalarNode scalar && Expressions.in(scalar);
        wrong(node, what, wanted, evaluated ? kind(node) + ", which is " + Names.quote(value.toString()) : kind(node));
    }

    private void wrong(Node node, String what, String wanted) {
        wrong(node, what, wanted, kind(node));
    }

    private void wrong(Node node, String what, String wanted, String shown) {
        String remedy = wanted.equals("a list") && node instanceof ScalarNode
                ? "Put it in brackets, word by word: [a, b]"
                : "Write " + wanted;
        problems.add(
                Code.WRONG_TYPE,
                node,
                "%s is %s, but here is %s. %s.".formatted(capitalized(what), wanted, shown, remedy));
    }

    private void outOfRange(Node node, String what, String range, Object value) {
        problems.add(
                Code.BAD_VALUE,
                node,
                "%s is %s, but here is %s. Write a number %2$s.".formatted(capitalized(what), range, value));
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
