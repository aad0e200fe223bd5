package io.orrery.workflowfile.expression;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of expressions. */
public enum Function {
    /** Whether a text contains a text, or a list a value. */
    CONTAINS("contains", "contains(text or list, value)", 2, Type.BOOL),
    /** Whether a text starts with a text. */
    STARTS_WITH("startsWith", "startsWith(text, text)", 2, Type.BOOL),
    /** The first value, or the second one if the first is empty or not there. */
    DEFAULT("default", "default(value, other)", 2, Type.ANY),
    /** A value as JSON. */
    TO_JSON("toJson", "toJson(value)", 1, Type.STRING),
    /** The value that a text of JSON stands for. */
    FROM_JSON("fromJson", "fromJson(text)", 1, Type.ANY),
    /** A value as one word of a shell, quoted. */
    SH("sh", "sh(value)", 1, Type.STRING);

    private final String word;
    private final String usage;
    private final int arity;
    private final Type result;

    Function(String word, String usage, int arity, Type result) {
        this.word = word;
        this.usage = usage;
        this.arity = arity;
        this.result = result;
    }

    /** Its name. */
    public String word() {
        return word;
    }

    /** How it is called. */
    public String usage() {
        return usage;
    }

    int arity() {
        return arity;
    }

    Type result() {
        return result;
    }

    /** The names of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Function::word).toList();
    }

    static @Nullable Function named(String word) {
        return Arrays.stream(values())
                .filter(function -> function.word.equals(word))
                .findFirst()
                .orElse(null);
    }
}
