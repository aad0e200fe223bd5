package io.orrery.schedule.trigger;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Items that only days have: the last one, the second Friday, the weekday nearest to the 15th. */
final class DaySpecials {

    private static final List<String> PLACES = List.of("1st", "2nd", "3rd", "4th", "5th", "last");
    private static final Pattern PLACE_AND_WEEKDAY = Pattern.compile("(\\w+)\\s+(\\w+)");
    private static final Pattern FROM_LAST = Pattern.compile("L(?:-(\\d+))?(W)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NEAREST = Pattern.compile("(\\d+)W", Pattern.CASE_INSENSITIVE);
    private static final Pattern NTH = Pattern.compile("(\\w+)#(\\d+)");
    private static final Pattern LAST_WEEKDAY = Pattern.compile("(\\d+|[A-Z]{3})L", Pattern.CASE_INSENSITIVE);

    private DaySpecials() {}

    /** Whether it was such an item, and is in {@code parts} now. */
    static boolean parse(CronParts parts, Numbers numbers, String item, int at) {
        boolean ofMonth = numbers.field() == CronField.DAY;
        boolean ofWeek = numbers.field() == CronField.DAY_OF_WEEK;
        return switch (numbers.dialect()) {
            case FIELDS, FIELDS_FROM_SUNDAY -> ofMonth && inWords(parts, numbers, item, at);
            case CRONTAB ->
                ofMonth && item.equalsIgnoreCase("L") && fromLast(parts, item, at)
                        || ofWeek && nthWeekday(parts, numbers, item, at);
            case QUARTZ ->
                ofMonth && (fromLast(parts, item, at) || nearest(parts, item, at))
                        || ofWeek && (saturday(parts, item) || nthWeekday(parts, numbers, item, at));
        };
    }

    private static boolean inWords(CronParts parts, Numbers numbers, String item, int at) {
        String lower = item.toLowerCase(Locale.ROOT);
        if (lower.equals("last")) {
            parts.fromLast |= 1;
            return true;
        }
        Matcher words = PLACE_AND_WEEKDAY.matcher(lower);
        if (!words.matches()) {
            return false;
        }
        int place = PLACES.indexOf(words.group(1));
        if (place < 0) {
            throw CronError.at(
                    at,
                    "day",
                    "The place of a weekday must be one of " + String.join(", ", PLACES),
                    "\"" + words.group(1) + "\"",
                    "Write it like 2nd fri or last fri");
        }
        int weekday = CronField.WEEKDAYS.indexOf(words.group(2));
        if (weekday < 0) {
            throw FieldParser.unknownName(numbers, words.group(2), at + words.start(2));
        }
        parts.nth |= 1L << 7 * place + weekday;
        return true;
    }

    private static boolean fromLast(CronParts parts, String item, int at) {
        Matcher matcher = FROM_LAST.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        int back = matcher.group(1) == null ? 0 : FieldParser.number(matcher.group(1));
        if (back > 30) {
            throw CronError.at(
                    at + matcher.start(1),
                    "day",
                    "There are at most 30 days before the last one",
                    back + "",
                    "Use L-0 to L-30");
        }
        if (matcher.group(2) == null) {
            parts.fromLast |= 1 << back;
        } else {
            parts.nearestFromLast |= 1 << back;
        }
        return true;
    }

    private static boolean nearest(CronParts parts, String item, int at) {
        Matcher matcher = NEAREST.matcher(item);
        if (!matcher.matches()) {
            return false;
        }
        int day = FieldParser.number(matcher.group(1));
        if (day < 1 || day > 31) {
            throw CronError.at(at, "day", "A day of the month must be from 1 to 31", day + "", "Use 1W to 31W");
        }
        parts.nearest |= 1 << day;
        return true;
    }

    private static boolean saturday(CronParts parts, String item) {
        if (!item.equalsIgnoreCase("L")) {
            return false;
        }
        parts.add(CronField.DAY_OF_WEEK, 5);
        return true;
    }

    private static boolean nthWeekday(CronParts parts, Numbers numbers, String item, int at) {
        Matcher nth = NTH.matcher(item);
        if (nth.matches()) {
            int place = FieldParser.number(nth.group(2));
            if (place < 1 || place > 5) {
                throw CronError.at(
                        at + nth.start(2),
                        "day_of_week",
                        "A month has the first to the fifth of a weekday",
                        place + "",
                        "Use #1 to #5, or L for the last one");
            }
            parts.nthWeekday |= 1L << 7 * (place - 1) + weekday(numbers, nth.group(1), at);
            return true;
        }
        Matcher last = LAST_WEEKDAY.matcher(item);
        if (last.matches()) {
            parts.nthWeekday |= 1L << 7 * DayRule.LAST + weekday(numbers, last.group(1), at);
            return true;
        }
        return false;
    }

    private static int weekday(Numbers numbers, String word, int at) {
        if (!Character.isDigit(word.charAt(0))) {
            int index = CronField.WEEKDAYS.indexOf(word.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw FieldParser.unknownName(numbers, word, at);
            }
            return index;
        }
        int value = FieldParser.number(word);
        if (value < numbers.min() || value > numbers.max()) {
            throw CronError.at(
                    at,
                    "day_of_week",
                    "A weekday must be from " + numbers.min() + " to " + numbers.max(),
                    word,
                    "Use one of these, or a name such as fri");
        }
        return numbers.canonical(value);
    }
}
