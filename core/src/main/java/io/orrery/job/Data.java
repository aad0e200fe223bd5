package io.orrery.job;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies what is data: text, finite numbers, booleans, and lists and maps of these. */
final class Data {

    private Data() {}

    /**
     * An unmodifiable deep copy, in the same order.
     *
     * @throws IllegalArgumentException if something in it is not data: the message says where
     */
    static Map<String, Object> copy(String path, Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw refused(path, "has the key " + key, "Use text for keys");
            }
            copy.put(name, value(path + "." + name, value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object value(String path, @Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean flag -> flag;
            case Double number
            when !Double.isFinite(number) -> throw refused(path, "is " + number, "Use a finite number");
            case Float number
            when !Float.isFinite(number) -> throw refused(path, "is " + number, "Use a finite number");
            case Byte _, Short _, Integer _, Long _, Float _, Double _, BigInteger _, BigDecimal _ ->
                Objects.requireNonNull(value);
            case List<?> list -> list(path, list);
            case Map<?, ?> map -> copy(path, map);
            case null -> throw refused(path, "is null", "Leave it out");
            default -> throw refused(path, "is a " + value.getClass().getName(), "Pass its text");
        };
    }

    private static List<Object> list(String path, List<?> list) {
        var copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(value(path + "[" + copy.size() + "]", element));
        }
        return Collections.unmodifiableList(copy);
    }

    private static IllegalArgumentException refused(String path, String what, String remedy) {
        return new IllegalArgumentException(
                "Arguments are text, finite numbers, booleans, or lists and maps of these, but " + path + " " + what
                        + ". " + remedy + ".");
    }
}
