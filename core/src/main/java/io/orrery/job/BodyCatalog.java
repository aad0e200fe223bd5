package io.orrery.job;

import java.util.Map;
import java.util.TreeMap;

/**
 * Bodies by name: what turns a name and arguments that are data into something to run. Filled first, by one thread; safe
 * for use by any thread from then on.
 */
public final class BodyCatalog {

    private final Map<String, Factory> factories = new TreeMap<>();

    /** An empty catalog. */
    public BodyCatalog() {}

    /** Makes a body from its arguments. */
    @FunctionalInterface
    public interface Factory {
        /**
         * Makes the body.
         *
         * @throws IllegalArgumentException if the arguments are not what it needs
         */
        JobBody<?> body(Map<String, Object> arguments);
    }

    /**
     * Adds a kind of body.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public BodyCatalog add(String name, Factory factory) {
        if (factories.putIfAbsent(name, factory) != null) {
            throw new IllegalArgumentException(
                    "A name stands for one body, but \"" + name + "\" is taken. Choose another name.");
        }
        return this;
    }

    /**
     * A body by its name.
     *
     * @throws IllegalArgumentException if there is none of that name, or the arguments are not what it needs
     */
    public NamedBody<?> body(String name, Map<String, Object> arguments) {
        Factory factory = factories.get(name);
        if (factory == null) {
            String known = factories.isEmpty() ? "none" : String.join(", ", factories.keySet());
            throw new IllegalArgumentException("A body is found by its name, but there is none named \"" + name
                    + "\". Known names: " + known + ". Add it to the catalog first.");
        }
        Map<String, Object> copy = Data.copy(name, arguments);
        return named(name, copy, factory.body(copy));
    }

    private static <T> NamedBody<T> named(String name, Map<String, Object> arguments, JobBody<T> body) {
        return new NamedBody<>(name, arguments, body);
    }
}
