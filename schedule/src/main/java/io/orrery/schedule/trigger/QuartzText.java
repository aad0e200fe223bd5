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

/** Reads {@link CronDialect#QUARTZ}. */
final class QuartzText {

    private static final List<CronField> ORDER = List.of(SECOND, MINUTE, HOUR, DAY, MONTH, DAY_OF_WEEK, YEAR);

    private QuartzText() {}

    static CronParts parse(String text) {
        List<Word> words = Word.split(text);
        if (words.size() != 6 && words.size() != 7) {
            throw CronError.whole(
                    words.size() < 6 ? text.length() : words.get(7).position(),
                    "It must have 6 fields, or 7 with a trailing year",
                    words.size() + ": \"" + text + "\"",
                    "Write second, minute, hour, day of the month, month and weekday, such as 0 30 2 * * ?");
        }
        Word day = words.get(3);
        Word weekday = words.get(5);
        if (isAny(day) == isAny(weekday)) {
            throw CronError.whole(
                    weekday.position(),
                    "One of day of the month and weekday must be ?, and not both",
                    "\"" + day.text() + "\" and \"" + weekday.text() + "\"",
                    "Put ? where it does not matter");
        }
        var parts = new CronParts();
        parts.all(WEEK);
        if (words.size() == 6) {
            parts.all(YEAR);
        }
        for (int i = 0; i < words.size(); i++) {
            if (isAny(words.get(i)) && (ORDER.get(i) == DAY || ORDER.get(i) == DAY_OF_WEEK)) {
                parts.all(ORDER.get(i));
            } else {
                words.get(i).parse(parts, ORDER.get(i), CronDialect.QUARTZ);
            }
        }
        return parts;
    }

    private static boolean isAny(Word word) {
        return word.text().equals("?");
    }
}
