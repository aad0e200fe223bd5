package io.orrery.workflowfile;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Evaluates the {@code ${{ ... }}} in one scalar, in one pass: what an expression gives is not looked at again. A scalar that
 * is one expression and nothing else has the type of its value; any other is text.
 */
final class Expressions {

    static final String OPEN = "${{";
    private static final String CLOSE = "}}";
    private static final Pattern REFERENCE =
            Pattern.compile("\\s*([A-Za-z_]+)\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_-]*)\\s*");
    private static final Pattern ROOT = Pattern.compile("\\s*([A-Za-z_]+)\\b.*", Pattern.DOTALL);
    private static final Pattern USED = Pattern.compile("\\bparams\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_-]*)");
    private static final List<String> LATER = List.of("secrets", "run", "matrix", "node", "jobs");

    /**
     * A use of a name, for those who want to warn of it.
     *
     * @param text the name with its root: {@code params.branch}
     * @param place finds where it stands
     * @param harmless whether no text of somebody else's choosing can be behind it
     */
    record Use(String text, Supplier<Span> place, boolean harmless) {
        Span at() {
            return place.get();
        }
    }

    private final ScalarNode node;
    private final Scope scope;
    private final Problems problems;
    private final Consumer<Use> uses;
    private boolean failed;
    private @Nullable List<Span> places; // of all openings in the node, once they were asked for

    private Expressions(ScalarNode node, Scope scope, Problems problems, Consumer<Use> uses) {
        this.node = node;
        this.scope = scope;
        this.problems = problems;
        this.uses = uses;
    }

    /** Whether there is anything to evaluate. */
    static boolean in(ScalarNode node) {
        return node.getValue().contains(OPEN);
    }

    /**
     * The value of a scalar with expressions: text, a {@link Long}, {@link Double} or {@link Boolean}, or
     * {@link Scope.Unknown}; null if there was a problem.
     */
    static @Nullable Object evaluate(ScalarNode node, Scope scope, Problems problems, Consumer<Use> uses) {
        return new Expressions(node, scope, problems, uses).evaluate();
    }

    private @Nullable Object evaluate() {
        String template = node.getValue();
        var text = new StringBuilder();
        boolean unknown = false;
        int from = 0;
        int number = 0;
        for (int open = template.indexOf(OPEN); open >= 0; open = template.indexOf(OPEN, from)) {
            int close = template.indexOf(CLOSE, open);
            if (close < 0) {
                malformed(place(number, OPEN.length()), "\"${{\" is not closed by \"}}\"");
                return null;
            }
            int end = close + CLOSE.length();
            String inner = template.substring(open + OPEN.length(), close);
            Object value = value(inner, place(number, end - open));
            number += 1 + openings(inner);
            if (value != null && open == 0 && end == template.length()) {
                return value;
            }
            text.append(template, from, open).append(value instanceof Scope.Unknown(String shown) ? shown : value);
            unknown |= value instanceof Scope.Unknown;
            from = end;
        }
        text.append(template, from, template.length());
        return failed ? null : unknown ? new Scope.Unknown(text.toString()) : text.toString();
    }

    private static int openings(String text) {
        int count = 0;
        for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 1)) {
            count++;
        }
        return count;
    }

    /** Finds the n-th opening, if it is asked to: most expressions have no problem, and looking takes its time. */
    private Supplier<Span> place(int number, int length) {
        return () -> {
            if (places == null) {
                places = problems.source().occurrences(node, OPEN);
            }
            // one that is written with escapes is not found: then it is somewhere in the node
            return number < places.size() ? places.get(number).ofLength(length) : Span.of(node);
        };
    }

    private @Nullable Object value(String expression, Supplier<Span> at) {
        Matcher reference = REFERENCE.matcher(expression);
        if (!reference.matches()) {
            Matcher root = ROOT.matcher(expression);
            if (root.matches() && LATER.contains(root.group(1))) {
                return later(root.group(1), at);
            }
            USED.matcher(expression).results().forEach(used -> scope.parameter(used.group(1)));
            return malformed(at, Names.quote(expression.strip()) + " is not the name of a parameter or variable");
        }
        String name = reference.group(2);
        return switch (reference.group(1)) {
            case "params" -> parameter(name, at);
            case "env" -> variable(name, at);
            case String root when LATER.contains(root) -> later(root, at);
            default ->
                unknown(
                        at,
                        "%s is neither \"params\" nor \"env\"".formatted(Names.quote(reference.group(1))),
                        reference.group(1),
                        List.of("params", "env"));
        };
    }

    private @Nullable Object parameter(String name, Supplier<Span> at) {
        Parameter parameter = scope.parameter(name);
        if (parameter == null) {
            String meant = problems.nearest(name, scope.parameterNames());
            if (meant != null) {
                scope.parameter(meant); // so that it is not reported as unused as well
            }
            return unknown(at, "There is no parameter " + Names.quote(name), name, scope.parameterNames());
        }
        boolean free =
                parameter.type() == Parameter.Type.STRING && parameter.allowed().isEmpty();
        uses.accept(new Use("params." + name, at, !free));
        Object value = parameter.value();
        return value == null ? new Scope.Unknown("<params." + name + ">") : value;
    }

    private @Nullable Object variable(String name, Supplier<Span> at) {
        String value = scope.variable(name);
        if (value == null) {
            return unknown(at, "There is no environment variable " + Names.quote(name), name, scope.variableNames());
        }
        uses.accept(new Use("env." + name, at, /* harmless= */ false));
        return value;
    }

    private @Nullable Object unknown(Supplier<Span> at, String message, String name, Collection<String> known) {
        String nearest = problems.nearest(name, known);
        String remedy = nearest != null
                ? "Did you mean \"" + nearest + "\"?"
                : "Declare parameters under \"params\" and variables under \"env\".";
        problems.add(Code.UNKNOWN_NAME, at.get(), message + ". " + remedy);
        return fail();
    }

    private @Nullable Object later(String root, Supplier<Span> at) {
        problems.add(
                Code.NOT_YET,
                at.get(),
                "This version does not know \"" + root + "\" in expressions yet. Write params.NAME or env.NAME.");
        return fail();
    }

    private @Nullable Object malformed(Supplier<Span> at, String message) {
        problems.add(
                Code.BAD_EXPRESSION,
                at.get(),
                message + ". Write ${{ params.NAME }} or ${{ env.NAME }}; ${NAME} is the shell's.");
        return fail();
    }

    private @Nullable Object fail() {
        failed = true;
        return null;
    }
}
