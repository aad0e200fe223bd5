package io.orrery.workflowfile.expression;

import java.util.List;
import java.util.Map;

/** The types of values in expressions. */
public enum Type {
    /** Text. */
    STRING("text"),
    /** A whole number. */
    INT("a whole number"),
    /** A number. */
    NUMBER("a number"),
    /** True or false. */
    BOOL("true or false"),
    /** A list. */
    LIST("a list"),
    /** Something with names and values. */
    MAP("a mapping"),
    /** Known only when it is there. */
    ANY("anything");

    private final String word;

    Type(String word) {
        this.word = word;
    }

    /** What a value of it is, in words. */
    public String word() {
        return word;
    }

    boolean isNumber() {
        return this == INT || this == NUMBER;
    }

    /** Whether a value of this type may be one of the other. */
    boolean canBe(Type other) {
        return this == other || this == ANY || other == ANY || isNumber() && other.isNumber();
    }

    /** The type of a value. */
    public static Type of(Object value) {
        return switch (value) {
            case String text -> STRING;
            case Long number -> INT;
            case Integer number -> INT;
            case Number number -> NUMBER;
            case Boolean bool -> BOOL;
            case List<?> list -> LIST;
            case Map<?, ?> map -> MAP;
            default -> ANY;
        };
    }
}
