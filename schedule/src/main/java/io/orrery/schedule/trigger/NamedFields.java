package io.orrery.schedule.trigger;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads {@link CronDialect#FIELDS}, and writes it as text: {@code month=5-8; day=6-15}. */
final class NamedFields {

    private static final List<String> NAMES =
            Arrays.stream(CronField.values()).map(CronField::text).toList();

    private NamedFields() {}

    static String join(Map<CronField, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey().text() + "=" + field.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The fields of a text. */
    static Map<CronField, String> split(String text) {
        var fields = new EnumMap<CronField, String>(CronField.class);
        int start = 0;
        for (String part : text.split(";", -1)) {
            if (!part.isBlank()) {
                put(fields, part, start);
            }
            start += part.length() + 1;
        }
        return fields;
    }

    private static void put(Map<CronField, String> fields, String part, int start) {
        int equals = part.indexOf('=');
        int position = start + part.length() - part.stripLeading().length();
        if (equals < 0) {
            throw CronError.whole(
                    position,
                    "Fields are written as name=value",
                    "\"" + part.strip() + "\"",
                    "Write them like month=5-8; day=6-15");
        }
        CronField field = field(part.substring(0, equals).strip(), position);
        if (fields.put(field, part.substring(equals + 1).strip()) != null) {
            throw CronError.whole(position, "A field must be there once", "\"" + field.text() + "\" again", "Drop one");
        }
    }

    /** The field of a name. */
    static CronField field(String name, int position) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw CronError.whole(
                    position, "A field must have a known name", "\"" + name + "\"", CronError.suggestion(name, NAMES));
        }
        return CronField.values()[index];
    }

    static CronParts parse(CronExpression expression) {
        var parts = new CronParts();
        int position = 0;
        CronField last = null;
        for (var entry : expression.fields().entrySet()) {
            last = entry.getKey();
            position += last.text().length() + 1;
            parts.placed(last, position);
            new FieldParser(parts, new Numbers(last, expression.dialect()), entry.getValue(), position).parse();
            position += entry.getValue().length() + 2;
        }
        for (CronField field : CronField.values()) {
            if (!expression.fields().containsKey(field)) {
                boolean below = last != null && field.compareTo(last) > 0;
                if (below && field.isMinimumByDefault()) {
                    parts.minimum(field);
                } else {
                    parts.all(field);
                }
            }
        }
        return parts;
    }
}
