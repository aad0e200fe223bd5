package io.orrery.workflowfile.expression;

import io.orrery.workflowfile.spelling.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by recursive descent: operators by how tightly they bind, then {@code !}, then values, names, calls and
 * parentheses. For one use.
 */
public final class ExpressionReader {

    private static final int DEEPEST = 60;

    private final String text;
    private int at;
    private int depth;

    private ExpressionReader(String text) {
        this.text = text;
    }

    /**
     * The expression that a text stands for, without braces.
     *
     * @throws ExpressionException if it is malformed
     */
    public static Expression read(String text) throws ExpressionException {
        var reader = new ExpressionReader(text);
        Expression expression = reader.binary(Operator.LOOSEST);
        reader.skipBlanks();
        if (reader.at < text.length()) {
            throw reader.unexpected("an operator");
        }
        return expression;
    }

    private Expression binary(int tightness) throws ExpressionException {
        if (++depth > DEEPEST * 5) {
            throw ExpressionException.malformed("An expression is nested at most " + DEEPEST + " deep");
        }
        if (tightness > 4) {
            Expression unary = unary();
            depth--;
            return unary;
        }
        Expression left = binary(tightness + 1);
        for (Operator next = operator(tightness); next != null; next = operator(tightness)) {
            left = new Expression.Binary(next, left, binary(tightness + 1));
        }
        depth--;
        return left;
    }

    private @Nullable Operator operator(int tightness) {
        skipBlanks();
        Operator next = Operator.at(text, at);
        if (next == null || next.tightness() != tightness) {
            return null;
        }
        at += next.sign().length();
        return next;
    }

    private Expression unary() throws ExpressionException {
        skipBlanks();
        if (at >= text.length()) {
            throw unexpected("a value");
        }
        char c = text.charAt(at);
        if (c == '!') {
            at++;
            depth += 5;
            Expression inner = unary();
            depth -= 5;
            if (depth > DEEPEST * 5) {
                throw ExpressionException.malformed("An expression is nested at most " + DEEPEST + " deep");
            }
            return new Expression.Not(inner);
        } else if (c == '(') {
            at++;
            Expression inner = binary(Operator.LOOSEST);
            expect(')');
            return inner;
        } else if (c == '\'' || c == '"') {
            return new Expression.Constant(quoted(c));
        } else if (Character.isDigit(c) || c == '-') {
            return new Expression.Constant(number());
        } else if (isWord(c)) {
            return named();
        }
        throw unexpected("a value");
    }

    private String quoted(char quote) throws ExpressionException {
        var value = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) != quote) {
                value.append(text.charAt(i));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
                value.append(quote);
                i++;
            } else {
                at = i + 1;
                return value.toString();
            }
        }
        throw ExpressionException.malformed("A text that begins with " + quote + " does not end");
    }

    private Object number() throws ExpressionException {
        int start = at++;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            if (digits.matches("-?[0-9]+")) {
                return Long.valueOf(digits);
            } else if (digits.matches("-?[0-9]+\\.[0-9]+")) {
                return Double.valueOf(digits);
            }
        } catch (NumberFormatException e) {
            throw ExpressionException.malformed("The number " + digits + " is too big");
        }
        throw ExpressionException.malformed("\"" + digits + "\" is not a number");
    }

    private Expression named() throws ExpressionException {
        var path = new ArrayList<String>();
        path.add(word());
        skipBlanks();
        if (path.getFirst().equals("true") || path.getFirst().equals("false")) {
            return new Expression.Constant(Boolean.valueOf(path.getFirst()));
        }
        if (at < text.length() && text.charAt(at) == '(') {
            return call(path.getFirst());
        }
        while (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipBlanks();
            if (at >= text.length() || !isWord(text.charAt(at))) {
                throw unexpected("a name");
            }
            path.add(word());
            skipBlanks();
        }
        return new Expression.Name(path, Type.ANY);
    }

    private Expression call(String name) throws ExpressionException {
        Function function = Function.named(name);
        if (function == null) {
            String nearest = Spelling.nearest(name, Function.words());
            throw ExpressionException.malformed(
                    "There is no function \"" + name + "\"" + (nearest == null ? "" : ", only \"" + nearest + "\""));
        }
        at++;
        var arguments = new ArrayList<Expression>();
        skipBlanks();
        while (at < text.length() && text.charAt(at) != ')') {
            arguments.add(binary(Operator.LOOSEST));
            skipBlanks();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            } else {
                break;
            }
        }
        expect(')');
        if (arguments.size() != function.arity()) {
            throw ExpressionException.malformed(
                    "It is " + function.usage() + ", but here " + (arguments.size() == 1 ? "is " : "are ")
                            + arguments.size() + (arguments.size() == 1 ? " argument" : " arguments"));
        }
        return new Expression.Call(function, List.copyOf(arguments));
    }

    private String word() {
        int start = at;
        while (at < text.length() && (isWord(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || Character.isSurrogate(c);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void expect(char wanted) throws ExpressionException {
        skipBlanks();
        if (at >= text.length() || text.charAt(at) != wanted) {
            throw unexpected("\"" + wanted + "\"");
        }
        at++;
    }

    private ExpressionException unexpected(String wanted) {
        String rest = text.substring(Math.min(at, text.length())).strip();
        return ExpressionException.malformed(
                rest.isEmpty()
                        ? (text.isBlank() ? "There is nothing between the braces" : wanted + " is missing at the end")
                        : "Where " + wanted + " belongs, there is \""
                                + rest.substring(
                                        0,
                                        rest.offsetByCodePoints(0, Math.min(20, rest.codePointCount(0, rest.length()))))
                                + "\"");
    }
}
