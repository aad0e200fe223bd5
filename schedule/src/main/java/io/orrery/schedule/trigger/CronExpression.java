package io.orrery.schedule.trigger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A cron expression as it was written.
 *
 * @param dialect how it is read
 * @param text all of it
 * @param fields its fields, in both dialects that name them; otherwise empty
 */
record CronExpression(CronDialect dialect, String text, Map<CronField, String> fields) {

    /** An expression of fields in their places. */
    static CronExpression of(CronDialect dialect, String text) {
        return switch (dialect) {
            case CRONTAB, QUARTZ -> new CronExpression(dialect, text.strip(), Map.of());
            case FIELDS, FIELDS_FROM_SUNDAY -> of(dialect, NamedFields.split(text));
        };
    }

    /** An expression of fields by name. */
    static CronExpression of(CronDialect dialect, Map<CronField, String> fields) {
        var sorted = new EnumMap<CronField, String>(CronField.class);
        fields.forEach((field, value) -> sorted.put(field, value.strip().replaceAll("\\s*,\\s*", ",")));
        return new CronExpression(dialect, NamedFields.join(sorted), Collections.unmodifiableMap(sorted));
    }

    /** Reads it. */
    CronParts parse() {
        try {
            return parsed();
        } catch (InvalidTriggerException e) {
            throw e.in(text);
        }
    }

    private CronParts parsed() {
        return switch (dialect) {
            case CRONTAB -> Crontab.parse(text);
            case QUARTZ -> QuartzText.parse(text);
            case FIELDS, FIELDS_FROM_SUNDAY -> NamedFields.parse(this);
        };
    }

    /** As in {@code cron[month='5-8', day='6-15']} (spec T-025). */
    String shown() {
        return switch (dialect) {
            case CRONTAB -> text;
            case QUARTZ -> "quartz " + text;
            case FIELDS, FIELDS_FROM_SUNDAY ->
                fields.entrySet().stream()
                        .map(field -> field.getKey().text() + "='" + field.getValue() + "'")
                        .collect(Collectors.joining(", "));
        };
    }

    /** A field of an expression of places. */
    record Word(String text, int position) {

        /** The words between blanks. */
        static List<Word> split(String text) {
            var words = new ArrayList<Word>();
            int start = -1;
            for (int i = 0; i <= text.length(); i++) {
                boolean blank = i == text.length() || Character.isWhitespace(text.charAt(i));
                if (blank && start >= 0) {
                    words.add(new Word(text.substring(start, i), start));
                    start = -1;
                } else if (!blank && start < 0) {
                    start = i;
                }
            }
            return words;
        }

        /** Reads it as this field. */
        void parse(CronParts parts, CronField field, CronDialect dialect) {
            parts.placed(field, position);
            new FieldParser(parts, new Numbers(field, dialect), text, position).parse();
        }
    }
}
