package io.orrery.workflowfile.format;

import java.util.List;

/** What the value of a field looks like, as far as a schema can tell. Immutable. */
public sealed interface Shape {

    /** Kinds of single values. */
    enum Scalar implements Shape {
        /** Any scalar, which is read as text. */
        TEXT,
        /** True or false. */
        BOOL,
        /** A whole number. */
        WHOLE,
        /** A number. */
        NUMBER,
        /** A duration with a unit. */
        DURATION,
        /** Any value whatever. */
        ANY
    }

    /**
     * One of some words.
     *
     * @param words the words
     */
    record Word(List<String> words) implements Shape {
        /** Copies the list. */
        public Word {
            words = List.copyOf(words);
        }
    }

    /**
     * A list.
     *
     * @param item what its items look like
     */
    record ListOf(Shape item) implements Shape {}

    /**
     * A mapping whose keys its author chooses.
     *
     * @param keys the pattern of the keys
     * @param value what its values look like
     */
    record MapOf(String keys, Shape value) implements Shape {}

    /**
     * A mapping with the fields of a vocabulary.
     *
     * @param vocabulary its name
     */
    record Fields(String vocabulary) implements Shape {}

    /**
     * Any of several.
     *
     * @param shapes these
     */
    record AnyOf(List<Shape> shapes) implements Shape {
        /** Copies the list. */
        public AnyOf {
            shapes = List.copyOf(shapes);
        }
    }

    /** Any of several. */
    static Shape anyOf(Shape... shapes) {
        return new AnyOf(List.of(shapes));
    }

    /** One of some words. */
    static Shape word(String... words) {
        return new Word(List.of(words));
    }

    /** A mapping with the fields of a vocabulary. */
    static Shape fields(String vocabulary) {
        return new Fields(vocabulary);
    }

    /** A list, or one item that stands for a list of one. */
    static Shape oneOrList(Shape item) {
        return anyOf(item, new ListOf(item));
    }
}
