package io.orrery.workflowfile.expression;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the value of an expression whose names are known. */
public final class Evaluator {

    /** Knows what names stand for. */
    @FunctionalInterface
    public interface Lookup {
        /**
         * The value of a name.
         *
         * @throws ExpressionException if there is none: the message says why
         */
        Object value(Expression.Name name) throws ExpressionException;
    }

    private final Lookup lookup;

    /** An evaluator that knows these names. */
    public Evaluator(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The value: text, a number, a {@link Boolean}, or a list or map of these.
     *
     * @throws ExpressionException if a value is not there, or has a type that does not fit
     */
    public Object value(Expression expression) throws ExpressionException {
        return switch (expression) {
            case Expression.Constant constant -> constant.value();
            case Expression.Name name -> lookup.value(name);
            case Expression.Not not -> !bool(not.inner(), "!");
            case Expression.Binary binary -> binary(binary);
            case Expression.Call call -> call(call);
            case Expression.Join join -> {
                var text = new StringBuilder();
                for (Expression part : join.parts()) {
                    text.append(text(value(part)));
                }
                yield text.toString();
            }
        };
    }

    /** A value as text: as it is written, lists and mappings as JSON. */
    public static String text(Object value) {
        return value instanceof String text ? text : Json.text(value);
    }

    private Object binary(Expression.Binary binary) throws ExpressionException {
        Operator operator = binary.operator();
        if (operator.isLogical()) {
            boolean left = bool(binary.left(), operator.sign());
            return left == (operator == Operator.OR) ? left : bool(binary.right(), operator.sign());
        }
        Object left = value(binary.left());
        Object right = value(binary.right());
        if (left instanceof Number one && right instanceof Number other) {
            return operator.holds(Double.compare(one.doubleValue(), other.doubleValue()));
        }
        if (left instanceof String one && right instanceof String other) {
            return operator.holds(one.compareTo(other));
        }
        if (operator.isOrder()) {
            throw ExpressionException.wrongType("\"" + operator.sign() + "\" compares numbers or texts, but here are "
                    + Type.of(left).word() + " and " + Type.of(right).word());
        }
        return (operator == Operator.EQUAL) == left.equals(right);
    }

    private boolean bool(Expression expression, String sign) throws ExpressionException {
        Object value = value(expression);
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw ExpressionException.wrongType("\"" + sign + "\" takes true or false, but " + expression.source() + " is "
                + Type.of(value).word());
    }

    private Object call(Expression.Call call) throws ExpressionException {
        if (call.function() == Function.DEFAULT) {
            return defaulted(call);
        }
        Object first = value(call.arguments().getFirst());
        return switch (call.function()) {
            case CONTAINS -> contains(first, value(call.arguments().get(1)));
            case STARTS_WITH ->
                text(first).startsWith(text(value(call.arguments().get(1))));
            case TO_JSON -> Json.text(first);
            case FROM_JSON -> Json.value(text(first));
            case SH -> "'" + text(first).replace("'", "'\\''") + "'";
            case DEFAULT -> throw new IllegalStateException("handled above");
        };
    }

    private Object defaulted(Expression.Call call) throws ExpressionException {
        try {
            Object first = value(call.arguments().getFirst());
            if (!first.equals("")) {
                return first;
            }
        } catch (ExpressionException e) {
            if (e.kind() != ExpressionException.Kind.NO_VALUE) {
                throw e;
            }
        }
        return value(call.arguments().get(1));
    }

    private static boolean contains(Object whole, Object part) throws ExpressionException {
        return switch (whole) {
            case List<?> list -> list.stream().anyMatch(item -> Objects.equals(item, part));
            case Map<?, ?> map -> map.containsKey(text(part));
            case String text -> text.contains(text(part));
            default ->
                throw ExpressionException.wrongType("\"contains\" looks into a text or a list, but here is "
                        + Type.of(whole).word());
        };
    }
}
