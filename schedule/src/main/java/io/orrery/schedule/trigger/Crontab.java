package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.CronField.DAY;
import static io.orrery.schedule.trigger.CronField.DAY_OF_WEEK;
import static io.orrery.schedule.trigger.CronField.HOUR;
import static io.orrery.schedule.trigger.CronField.MINUTE;
import static io.orrery.schedule.trigger.CronField.MONTH;
import static io.orrery.schedule.trigger.CronField.SECOND;
import static io.orrery.schedule.trigger.CronField.WEEK;
import static io.orrery.schedule.trigger.CronField.YEAR;

import io.orrery.schedule.trigger.CronExpression.Word;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@link CronDialect#CRONTAB}. */
final class Crontab {

    private static final List<CronField> ORDER = List.of(SECOND, MINUTE, HOUR, DAY, MONTH, DAY_OF_WEEK);
    private static final Map<String, String> MACROS = new TreeMap<>(Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *"));

    private Crontab() {}

    static CronParts parse(String text) {
        List<Word> words = Word.split(text.startsWith("@") ? macro(text) : text);
        if (words.size() != 5 && words.size() != 6) {
            throw CronError.whole(
                    words.size() < 5 ? text.length() : words.get(6).position(),
                    "It must have 5 fields, or 6 with leading seconds",
                    words.size() + ": \"" + text + "\"",
                    "Write minute, hour, day of the month, month and weekday, such as 30 2 * * *");
        }
        var parts = new CronParts();
        parts.all(YEAR);
        parts.all(WEEK);
        int missing = ORDER.size() - words.size();
        if (missing > 0) {
            parts.minimum(SECOND);
        }
        for (int i = 0; i < words.size(); i++) {
            checkForeign(words.get(i));
            words.get(i).parse(parts, ORDER.get(i + missing), CronDialect.CRONTAB);
        }
        parts.eitherDay = isRestricted(words.get(3 - missing)) && isRestricted(words.get(5 - missing));
        return parts;
    }

    /** As in cron: a field that begins with a star, also one with a step, restricts nothing on its own. */
    private static boolean isRestricted(Word word) {
        return !word.text().startsWith("*");
    }

    private static String macro(String text) {
        String meaning = MACROS.get(text.toLowerCase(Locale.ROOT));
        if (meaning == null) {
            String remedy = text.toLowerCase(Locale.ROOT).startsWith("@every")
                    ? "Use an interval"
                    : text.equalsIgnoreCase("@reboot")
                            ? "Use a date without a time, which fires when it is registered"
                            : CronError.suggestion(text, MACROS.keySet());
            throw CronError.whole(
                    0, "A macro must be one of " + String.join(", ", MACROS.keySet()), "\"" + text + "\"", remedy);
        }
        return meaning;
    }

    private static void checkForeign(Word word) {
        if (word.text().equals("?")) {
            throw CronError.whole(
                    word.position(),
                    "A field of a crontab must be *, values, or ranges",
                    "\"?\", which is Quartz's",
                    "Write *, or read the expression in the dialect quartz");
        }
    }
}
