package io.orrery.workflowfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that a workflow file declares. Immutable.
 *
 * @param name its name
 * @param type its type
 * @param value its value: the one given, or else its default; null if there is neither
 * @param allowed the values it can have, empty for any of its type
 * @param description what it is for; empty if nothing is said
 */
public record Parameter(String name, Type type, @Nullable Object value, List<Object> allowed, String description) {

    /** Copies the list. */
    public Parameter {
        allowed = List.copyOf(allowed);
    }

    /** The types of parameters. */
    public enum Type {
        /** Text; a {@link String}. */
        STRING("string", "text", io.orrery.workflowfile.expression.Type.STRING),
        /** A whole number; a {@link Long}. */
        INT("int", "a whole number such as 3", io.orrery.workflowfile.expression.Type.INT),
        /** A number; a {@link Double}. */
        NUMBER("number", "a number such as 0.5", io.orrery.workflowfile.expression.Type.NUMBER),
        /** A {@link Boolean}. */
        BOOL("bool", "true or false", io.orrery.workflowfile.expression.Type.BOOL);

        private final String word;
        private final String example;
        private final io.orrery.workflowfile.expression.Type type;

        Type(String word, String example, io.orrery.workflowfile.expression.Type type) {
            this.word = word;
            this.example = example;
            this.type = type;
        }

        /** The word for it in files. */
        public String word() {
            return word;
        }

        String example() {
            return example;
        }

        io.orrery.workflowfile.expression.Type type() {
            return type;
        }
    }
}
