package io.orrery.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One map of the data of a plan: gives its fields by type, and collects what is wrong with them. Where a field is wrong, it
 * counts as left out, so that reading goes on.
 */
final class Fields {

    private final String path;
    private final Map<?, ?> data;
    private final List<String> problems;

    /**
     * Refuses keys that are not known.
     *
     * @param path where it is, for messages
     */
    Fields(String path, Map<?, ?> data, List<String> problems, Set<String> known) {
        this.path = path;
        this.data = data;
        this.problems = problems;
        for (Object key : data.keySet()) {
            if (!(key instanceof String) || !known.contains(key)) {
                problem(
                        null,
                        "has the unknown key \"" + key + "\". Known keys: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    /** Notes something that is wrong with a field, or, if it is null, with the whole. */
    void problem(@Nullable String key, String what) {
        problems.add((key == null ? path : path(key)) + " " + what);
    }

    String path(String key) {
        return path + "." + key;
    }

    boolean has(String key) {
        return data.containsKey(key);
    }

    private <T> @Nullable T typed(String key, Class<T> type, String what) {
        if (!data.containsKey(key)) {
            return null;
        }
        Object value = data.get(key);
        if (!type.isInstance(value)) {
            problem(key, "must be " + what + ", but is " + describe(value) + ". Mend it, or leave it out.");
            return null;
        }
        return type.cast(value);
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "the text \"" + text + "\"";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> String.valueOf(value);
        };
    }

    @Nullable
    String text(String key) {
        return typed(key, String.class, "text");
    }

    String requiredText(String key) {
        if (!has(key)) {
            problem(key, "is missing. Add it.");
        }
        String text = text(key);
        return text == null ? "" : text;
    }

    boolean flag(String key, boolean otherwise) {
        Boolean flag = typed(key, Boolean.class, "true or false");
        return flag == null ? otherwise : flag;
    }

    double number(String key, double otherwise) {
        Number number = typed(key, Number.class, "a number");
        return number == null ? otherwise : number.doubleValue();
    }

    int wholeNumber(String key, int otherwise) {
        Number number = typed(key, Number.class, "a whole number");
        if (number == null) {
            return otherwise;
        }
        try {
            return new BigDecimal(number.toString()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            problem(key, "must be a whole number that fits an int, but is " + number + ". Mend it, or leave it out.");
            return otherwise;
        }
    }

    @Nullable
    Duration duration(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // refused below
        }
        problem(
                key,
                "must be a positive ISO-8601 duration such as PT1M30S, but is \"" + text
                        + "\". Mend it, or leave it out.");
        return null;
    }

    Duration duration(String key, Duration otherwise) {
        Duration duration = duration(key);
        return duration == null ? otherwise : duration;
    }

    List<?> list(String key) {
        List<?> list = typed(key, List.class, "a list");
        return list == null ? List.of() : list;
    }

    /** The texts in a list; elements that are none are refused. */
    List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (Object element : list(key)) {
            if (element instanceof String text) {
                texts.add(text);
            } else {
                problem(key, "must be a list of texts, but has " + describe(element) + " in it. Mend it.");
            }
        }
        return texts;
    }

    /** A map as fields of its own; null if there is none. */
    @Nullable
    Fields map(String key, Set<String> known) {
        Map<?, ?> map = typed(key, Map.class, "a map");
        return map == null ? null : new Fields(path(key), map, problems, known);
    }

    /** A map of whatever keys and values; empty if there is none. */
    Map<?, ?> anyMap(String key) {
        Map<?, ?> map = typed(key, Map.class, "a map");
        return map == null ? Map.of() : map;
    }
}
