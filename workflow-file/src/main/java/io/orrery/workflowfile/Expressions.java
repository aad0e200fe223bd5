package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.Expression;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.ExpressionReader;
import io.orrery.workflowfile.expression.Function;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.expression.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the {@code ${{ ... }}} in one scalar, in one pass: what an expression gives is not looked at again. A scalar that is one
 * expression and nothing else has the type of its value; any other is text. What is known when the file is loaded is evaluated
 * then; the rest is type-checked and kept.
 */
final class Expressions {

    static final String OPEN = "${{";
    private static final String CLOSE = "}}";
    private static final Pattern USED = Pattern.compile("\\bparams\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_-]*)");

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

    /** What a scalar with expressions stands for; null if there was a problem. */
    static @Nullable Template template(ScalarNode node, Scope scope, Problems problems, Consumer<Use> uses) {
        return new Expressions(node, scope, problems, uses).template();
    }

    private @Nullable Template template() {
        String text = node.getValue();
        var parts = new ArrayList<Expression>();
        boolean failed = false;
        int from = 0;
        int number = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int close = close(text, open + OPEN.length());
            if (close < 0) {
                problems.add(
                        Code.BAD_EXPRESSION,
                        place(number, OPEN.length()).get(),
                        "\"${{\" is not closed by \"}}\". " + REMEDY);
                return null;
            }
            int end = close + CLOSE.length();
            String inner = text.substring(open + OPEN.length(), close);
            Expression value = expression(inner, place(number, end - open));
            number += 1 + openings(inner);
            failed |= value == null;
            if (value != null && open == 0 && end == text.length()) {
                return new Template(value);
            }
            constant(text.substring(from, open), parts);
            if (value != null) {
                parts.add(value);
            }
            from = end;
        }
        constant(text.substring(from), parts);
        return failed ? null : Template.join(parts);
    }

    private static final String REMEDY =
            "Write ${{ params.NAME }}, ${{ env.NAME }}, or an expression of these; ${NAME} is the shell's.";

    private static void constant(String text, List<Expression> parts) {
        if (!text.isEmpty()) {
            parts.add(new Expression.Constant(text));
        }
    }

    /** Where the braces close that have opened before: not within quotes, if they end. */
    private static int close(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (text.startsWith(CLOSE, i)) {
                return i;
            } else if (c == '\'' || c == '"') {
                quote = c;
            }
        }
        return text.indexOf(CLOSE, from);
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

    private @Nullable Expression expression(String text, Supplier<Span> at) {
        try {
            Expression read = ExpressionReader.read(text);
            Expression resolved = resolved(read, new NameResolver(scope, problems, at));
            if (resolved == null) {
                return null;
            }
            tellUses(read, at);
            Types.of(resolved);
            return resolved.names().isEmpty() ? new Expression.Constant(evaluated(resolved)) : resolved;
        } catch (ExpressionException e) {
            switch (e.kind()) {
                case MALFORMED -> {
                    USED.matcher(text).results().forEach(used -> scope.parameter(used.group(1)));
                    problems.add(Code.BAD_EXPRESSION, at.get(), capital(e.text()) + ". " + REMEDY);
                }
                case WRONG_TYPE ->
                    problems.add(Code.TYPES_DO_NOT_FIT, at.get(), capital(e.text()) + ". Change one of the two.");
                case NO_VALUE ->
                    problems.add(
                            Code.TYPES_DO_NOT_FIT,
                            at.get(),
                            "This has no value: " + e.text() + ". Change it, or write default(..., other).");
            }
            return null;
        }
    }

    private static Object evaluated(Expression known) throws ExpressionException {
        return new Evaluator(name -> {
                    throw new IllegalStateException("no names are left");
                })
                .value(known);
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The expression with what its names stand for; null if one of them stands for nothing. */
    private static @Nullable Expression resolved(Expression expression, NameResolver names) {
        return switch (expression) {
            case Expression.Constant constant -> constant;
            case Expression.Name name -> names.resolve(name);
            case Expression.Not(Expression inner) -> {
                Expression known = resolved(inner, names);
                yield known == null ? null : new Expression.Not(known);
            }
            case Expression.Binary binary -> {
                Expression left = resolved(binary.left(), names);
                Expression right = resolved(binary.right(), names);
                yield left == null || right == null ? null : new Expression.Binary(binary.operator(), left, right);
            }
            case Expression.Call call -> {
                List<Expression> known = resolved(call.arguments(), names);
                yield known == null ? null : new Expression.Call(call.function(), known);
            }
            case Expression.Join join -> {
                List<Expression> known = resolved(join.parts(), names);
                yield known == null ? null : new Expression.Join(known);
            }
        };
    }

    private static @Nullable List<Expression> resolved(List<Expression> all, NameResolver names) {
        var known = new ArrayList<Expression>();
        boolean complete = true;
        for (Expression one : all) {
            Expression found = resolved(one, names);
            complete &= found != null && known.add(found);
        }
        return complete ? known : null;
    }

    private void tellUses(Expression read, Supplier<Span> at) {
        if (read instanceof Expression.Call call && call.function() == Function.SH) {
            return; // quoted for the shell
        }
        for (Expression.Name name : read.names()) {
            uses.accept(new Use(name.text(), at, isHarmless(name)));
        }
    }

    private boolean isHarmless(Expression.Name name) {
        return switch (name.root()) {
            case "params" -> {
                Parameter parameter = scope.parameter(name.path().get(1));
                yield parameter != null
                        && (parameter.type() != Parameter.Type.STRING
                                || !parameter.allowed().isEmpty());
            }
            case "run", "matrix", "node" -> true;
            case "jobs" -> !name.path().get(2).equals("outputs");
            default -> false;
        };
    }
}
