package io.orrery.workflowfile.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A read expression. Immutable. */
public sealed interface Expression {

    /**
     * A value: text, a {@link Long}, {@link Double} or {@link Boolean}, or a list or map of these.
     *
     * @param value the value
     */
    record Constant(Object value) implements Expression {}

    /**
     * A name, such as {@code jobs.build.outputs.version}.
     *
     * @param path its parts
     * @param type its type, {@link Type#ANY} until it was looked up
     */
    record Name(List<String> path, Type type) implements Expression {
        /** Copies the list. */
        public Name {
            path = List.copyOf(path);
        }

        /** Its first part. */
        public String root() {
            return path.getFirst();
        }

        /** The parts, joined by dots. */
        public String text() {
            return String.join(".", path);
        }
    }

    /** {@code !x}. */
    record Not(Expression inner) implements Expression {}

    /** Two expressions and what is between them. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** A function and its arguments. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        /** Copies the list. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Text that is made of several values. */
    record Join(List<Expression> parts) implements Expression {
        /** Copies the list. */
        public Join {
            parts = List.copyOf(parts);
        }
    }

    /** All names in it. */
    default List<Name> names() {
        var names = new ArrayList<Name>();
        collect(this, names);
        return names;
    }

    private static void collect(Expression expression, List<Name> names) {
        switch (expression) {
            case Constant constant -> {}
            case Name name -> names.add(name);
            case Not not -> collect(not.inner(), names);
            case Binary binary -> {
                collect(binary.left(), names);
                collect(binary.right(), names);
            }
            case Call call -> call.arguments().forEach(argument -> collect(argument, names));
            case Join join -> join.parts().forEach(part -> collect(part, names));
        }
    }

    /** The expression as it is written, without the braces. */
    default String source() {
        return switch (this) {
            case Constant(String text) -> "'" + text.replace("'", "''") + "'";
            case Constant(Object value) -> Json.text(value);
            case Name name -> name.text();
            case Not(Expression inner) -> "!" + inner.source();
            case Binary(Operator operator, Expression left, Expression right) ->
                "(" + left.source() + " " + operator.sign() + " " + right.source() + ")";
            case Call(Function function, List<Expression> arguments) -> function.word() + list(arguments);
            case Join(List<Expression> parts) -> "join" + list(parts);
        };
    }

    private static String list(List<Expression> parts) {
        return parts.stream().map(Expression::source).collect(Collectors.joining(", ", "(", ")"));
    }
}
