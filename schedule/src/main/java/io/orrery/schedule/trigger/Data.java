package io.orrery.schedule.trigger;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The form of triggers as data: a map with type, version, and what the type has. */
final class Data {

    static final int VERSION = 1;

    private Data() {}

    /** A new map for a trigger of this type, to be filled. */
    static Map<String, Object> of(String type) {
        var data = new LinkedHashMap<String, Object>();
        data.put("type", type);
        data.put("version", VERSION);
        return data;
    }

    static void put(Map<String, Object> data, String key, @Nullable Object value) {
        if (value != null) {
            data.put(key, value instanceof Moment moment ? moment.text() : value.toString());
        }
    }

    static void putIfSet(Map<String, Object> data, String key, boolean flag) {
        if (flag) {
            data.put(key, true);
        }
    }

    /** A constant as it is written. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Gives the fields of one map by type, and collects what is wrong with them. */
    static final class Reader {

        private final String path;
        private final Map<?, ?> data;
        private final List<String> problems;
        private final Set<String> known = new TreeSet<>(Set.of("type", "version"));

        Reader(String path, Map<?, ?> data, List<String> problems) {
            this.path = path;
            this.data = data;
            this.problems = problems;
        }

        void problem(String key, String what) {
            problems.add(path + "." + key + " " + what);
        }

        private <T> @Nullable T typed(String key, Class<T> type, String what) {
            known.add(key);
            Object value = data.get(key);
            if (value == null && !data.containsKey(key)) {
                return null;
            }
            if (!type.isInstance(value)) {
                problem(key, "must be " + what + ", but is " + value + ". Mend it.");
                return null;
            }
            return type.cast(value);
        }

        @Nullable
        String text(String key) {
            return typed(key, String.class, "text");
        }

        String requiredText(String key) {
            String text = text(key);
            require(key);
            return text == null ? "" : text;
        }

        /** Notes if a field is missing. */
        void require(String key) {
            if (!data.containsKey(key)) {
                problem(key, "is missing. Add it.");
            }
        }

        boolean flag(String key) {
            return Boolean.TRUE.equals(typed(key, Boolean.class, "true or false"));
        }

        @Nullable
        Long number(String key) {
            Number number = typed(key, Number.class, "a whole number");
            try {
                return number == null ? null : (Long) new BigDecimal(number.toString()).longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                problem(key, "must be a whole number, but is " + number + ". Mend it.");
                return null;
            }
        }

        /** What {@code parse} makes of a text; what it refuses is a problem. */
        <T> @Nullable T parsed(String key, Function<String, T> parse) {
            String text = text(key);
            try {
                return text == null ? null : parse.apply(text);
            } catch (InvalidTriggerException | DateTimeException e) {
                problem(key, "is refused: " + e.getMessage());
                return null;
            }
        }

        /** One of the constants of an enum. */
        <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
            String text = text(key);
            for (E constant : type.getEnumConstants()) {
                if (name(constant).equals(text)) {
                    return constant;
                }
            }
            if (text != null) {
                problem(
                        key,
                        "must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Data::name)
                                        .collect(Collectors.joining(", "))
                                + ", but is \"" + text + "\". Use one of these.");
            }
            return otherwise;
        }

        @Nullable
        Moment moment(String key) {
            return parsed(key, Moment::parse);
        }

        @Nullable
        Duration duration(String key) {
            return parsed(key, Duration::parse);
        }

        @Nullable
        ZoneId zone(String key) {
            return parsed(key, Zones::of);
        }

        /** The maps of a list, each with its place. */
        List<Reader> list(String key) {
            var readers = new ArrayList<Reader>();
            List<?> list = typed(key, List.class, "a list");
            for (Object element : list == null ? List.of() : list) {
                map(key + "[" + readers.size() + "]", element, readers);
            }
            return readers;
        }

        private void map(String key, @Nullable Object element, List<Reader> readers) {
            if (element instanceof Map<?, ?> map) {
                readers.add(new Reader(path + "." + key, map, problems));
            } else {
                problem(key, "must be a map, but is " + element + ". Mend it.");
            }
        }

        /** The map at a key. */
        @Nullable
        Reader map(String key) {
            Map<?, ?> map = typed(key, Map.class, "a map");
            return map == null ? null : new Reader(path + "." + key, map, problems);
        }

        /** What {@code parse} makes of each text of a list; what it refuses is a problem. */
        <T> List<T> parsedAll(String key, Function<String, T> parse) {
            var values = new ArrayList<T>();
            List<?> list = typed(key, List.class, "a list");
            for (Object element : list == null ? List.of() : list) {
                try {
                    values.add(parse.apply(String.valueOf(element)));
                } catch (InvalidTriggerException | DateTimeException e) {
                    problem(key, "is refused: " + e.getMessage());
                }
            }
            return values;
        }

        /** To be called when all fields have been asked for: refuses those that nobody asked for. */
        void refuseOthers() {
            for (Object key : data.keySet()) {
                if (!(key instanceof String name) || !known.contains(name)) {
                    problems.add(path + " has the unknown key \"" + key + "\". Known keys: " + String.join(", ", known)
                            + ".");
                }
            }
        }
    }
}
