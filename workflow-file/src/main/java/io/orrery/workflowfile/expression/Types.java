package io.orrery.workflowfile.expression;

/** Finds the type of an expression, and what in it does not fit. */
public final class Types {

    private Types() {}

    /**
     * The type of an expression.
     *
     * @throws ExpressionException if types do not fit
     */
    public static Type of(Expression expression) throws ExpressionException {
        return switch (expression) {
            case Expression.Constant constant -> Type.of(constant.value());
            case Expression.Name name -> name.type();
            case Expression.Not not -> {
                need(not.inner(), Type.BOOL, "\"!\"");
                yield Type.BOOL;
            }
            case Expression.Binary binary -> of(binary);
            case Expression.Call call -> of(call);
            case Expression.Join join -> {
                for (Expression part : join.parts()) {
                    of(part);
                }
                yield Type.STRING;
            }
        };
    }

    private static Type of(Expression.Binary binary) throws ExpressionException {
        String what = "\"" + binary.operator().sign() + "\"";
        if (binary.operator().isLogical()) {
            need(binary.left(), Type.BOOL, what);
            need(binary.right(), Type.BOOL, what);
            return Type.BOOL;
        }
        Type left = of(binary.left());
        Type right = of(binary.right());
        if (!left.canBe(right)) {
            throw ExpressionException.wrongType(what + " compares values of one type, but "
                    + binary.left().source() + " is " + left.word() + " and "
                    + binary.right().source() + " is " + right.word());
        }
        if (binary.operator().isOrder()) {
            needOrder(left, binary.left(), what);
            needOrder(right, binary.right(), what);
        }
        return Type.BOOL;
    }

    private static void needOrder(Type type, Expression expression, String what) throws ExpressionException {
        if (type != Type.ANY && !type.isNumber() && type != Type.STRING) {
            throw ExpressionException.wrongType(
                    what + " compares numbers or texts, but " + expression.source() + " is " + type.word());
        }
    }

    private static Type of(Expression.Call call) throws ExpressionException {
        String what = "\"" + call.function().word() + "\"";
        Expression first = call.arguments().getFirst();
        switch (call.function()) {
            case CONTAINS -> {
                Type type = of(first);
                if (!type.canBe(Type.STRING) && !type.canBe(Type.LIST)) {
                    throw ExpressionException.wrongType(
                            what + " looks into a text or a list, but " + first.source() + " is " + type.word());
                }
                if (type == Type.STRING) {
                    need(call.arguments().get(1), Type.STRING, what);
                } else {
                    of(call.arguments().get(1));
                }
            }
            case STARTS_WITH -> {
                need(first, Type.STRING, what);
                need(call.arguments().get(1), Type.STRING, what);
            }
            case DEFAULT -> {
                Type type = of(first);
                Type other = of(call.arguments().get(1));
                return type == other ? type : Type.ANY;
            }
            case FROM_JSON -> need(first, Type.STRING, what);
            case TO_JSON, SH -> of(first);
        }
        return call.function().result();
    }

    private static void need(Expression expression, Type wanted, String what) throws ExpressionException {
        Type type = of(expression);
        if (!type.canBe(wanted)) {
            throw ExpressionException.wrongType(
                    what + " takes " + wanted.word() + ", but " + expression.source() + " is " + type.word());
        }
    }
}
