package io.orrery.workflowfile.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A value of a file that may depend on what is known only when it is needed. Immutable.
 *
 * @param expression its expression; a constant if all is known
 */
public record Template(Expression expression) {

    /** The empty text. */
    public static final Template EMPTY = of("");

    /** A known value. */
    public static Template of(Object value) {
        return new Template(new Expression.Constant(value));
    }

    /** Whether all is known. */
    public boolean isKnown() {
        return expression instanceof Expression.Constant;
    }

    /** The value as text, if it is known; else the text of the template, with its expressions. */
    public String text() {
        return switch (expression) {
            case Expression.Constant(Object value) -> Evaluator.text(value);
            case Expression.Join join -> {
                var text = new StringBuilder();
                join.parts().forEach(part -> text.append(new Template(part).text()));
                yield text.toString();
            }
            default -> "${{ " + expression.source() + " }}";
        };
    }

    /** The known value; the text of the template if it is not known. */
    public Object shown() {
        return expression instanceof Expression.Constant(Object value) ? value : text();
    }

    /** Joins parts to a text, those that are known to one. */
    public static Template join(List<Expression> parts) {
        var joined = new ArrayList<Expression>();
        for (Expression part : parts) {
            Expression last = joined.isEmpty() ? null : joined.getLast();
            if (last instanceof Expression.Constant(Object before)
                    && part instanceof Expression.Constant(Object after)) {
                joined.set(joined.size() - 1, new Expression.Constant(Evaluator.text(before) + Evaluator.text(after)));
            } else {
                joined.add(part);
            }
        }
        if (joined.isEmpty()) {
            return EMPTY;
        }
        boolean isText = joined.size() == 1 && joined.getFirst() instanceof Expression.Constant;
        return isText ? of(text(joined.getFirst())) : new Template(new Expression.Join(joined));
    }

    private static String text(Expression known) {
        return new Template(known).text();
    }

    /**
     * The value, now.
     *
     * @throws ExpressionException if it can't be found
     */
    public Object value(Evaluator evaluator) throws ExpressionException {
        return evaluator.value(expression);
    }

    /**
     * The value as text, now.
     *
     * @throws ExpressionException if it can't be found
     */
    public String text(Evaluator evaluator) throws ExpressionException {
        return Evaluator.text(evaluator.value(expression));
    }
}
