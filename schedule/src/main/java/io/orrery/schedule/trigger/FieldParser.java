package io.orrery.schedule.trigger;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of a cron expression: a list of stars, numbers or names, ranges and steps, and of what only days know. What
 * differs between dialects is in {@link Numbers}. Used by one thread.
 */
final class FieldParser {

    private static final Pattern ITEM =
            Pattern.compile("(?:(\\*)|([A-Za-z]+|\\d+)(?:\\s*-\\s*([A-Za-z]+|\\d+))?)(?:/(\\d+))?");

    private final CronParts parts;
    private final Numbers numbers;
    private final String text;
    private final int position; // of the text in the whole expression

    FieldParser(CronParts parts, Numbers numbers, String text, int position) {
        this.parts = parts;
        this.numbers = numbers;
        this.text = text;
        this.position = position;
    }

    void parse() {
        int start = 0;
        for (String item : text.split(",", -1)) {
            int blanks = item.length() - item.stripLeading().length();
            item(item.strip(), position + start + blanks);
            start += item.length() + 1;
        }
    }

    private void item(String item, int at) {
        if (item.isEmpty()) {
            throw error(at, "A list must have an item between two commas", "nothing", "Drop the comma, or write *");
        }
        if (DaySpecials.parse(parts, numbers, item, at)) {
            return;
        }
        Matcher matcher = ITEM.matcher(item);
        if (!matcher.matches()) {
            throw unrecognized(item, at);
        }
        int step = step(matcher, at);
        if (matcher.group(1) != null) {
            checkStep(matcher, step, numbers.max() - numbers.min(), at);
            add(numbers.min(), numbers.lastOfStar(), step);
        } else {
            range(matcher, step, at);
        }
    }

    private void range(Matcher matcher, int step, int at) {
        boolean named = isName(matcher.group(2)) || isName(matcher.group(3));
        if (named && matcher.group(4) != null && numbers.strict()) {
            throw error(
                    at + matcher.start(4) - 1,
                    "Names must not have a step",
                    "\"" + matcher.group() + "\"",
                    "Write numbers instead of names");
        }
        int first = value(matcher, 2, at);
        String end = matcher.group(3);
        int last = end != null ? value(matcher, 3, at) : matcher.group(4) == null ? first : numbers.lastOfStar();
        if (first < numbers.min()) {
            throw error(
                    at,
                    "The first value must not be lower than the minimum value " + numbers.min(),
                    first + "",
                    allowed());
        }
        int highest = Math.max(first, last);
        if (highest > numbers.max()) {
            throw error(
                    at + (highest == last && end != null ? matcher.start(3) : 0),
                    "The last value must not be higher than the maximum value " + numbers.max(),
                    highest + "",
                    allowed());
        }
        if (first > last && !numbers.wraps() && (end != null || numbers.strict())) {
            throw error(
                    at,
                    "The minimum value in a range must not be higher than the maximum",
                    "\"" + matcher.group() + "\"",
                    "Write two ranges with a comma between them");
        }
        checkStep(matcher, step, first <= last ? last - first : last - first + numbers.size(), at);
        add(first, first <= last ? last : last + numbers.size(), step);
    }

    private void add(int first, int last, int step) {
        for (int value = first; value <= last; value += step) {
            parts.add(numbers.field(), numbers.canonical(value));
        }
    }

    private int step(Matcher matcher, int at) {
        if (matcher.group(4) == null) {
            return 1;
        }
        int step = number(matcher.group(4));
        if (step == 0) {
            throw error(at + matcher.start(4), "The step value must be positive", "0", "Use 1 or more");
        }
        return step;
    }

    private void checkStep(Matcher matcher, int step, int range, int at) {
        int most = numbers.strict() ? range : numbers.max() - numbers.min() + 1;
        if (matcher.group(4) != null && step > most) {
            throw error(
                    at + matcher.start(4),
                    "The step value must not be higher than the total range of the expression, " + most,
                    step + "",
                    "Use a smaller step, or the one value that is meant");
        }
    }

    private int value(Matcher matcher, int group, int at) {
        String word = matcher.group(group);
        if (!isName(word)) {
            return number(word);
        }
        int index = numbers.names().indexOf(word.toLowerCase(Locale.ROOT));
        if (index >= 0) {
            return numbers.valueOfName(index);
        }
        if (numbers.names().isEmpty()) {
            throw unrecognized(matcher.group(), at);
        }
        throw unknownName(numbers, word, at + matcher.start(group));
    }

    static InvalidTriggerException unknownName(Numbers numbers, String word, int at) {
        String kind = numbers.field() == CronField.MONTH ? "month" : "weekday";
        return CronError.at(
                at,
                numbers.field().text(),
                "The name must be that of a " + kind,
                "\"" + word + "\"",
                CronError.suggestion(word, numbers.names().isEmpty() ? CronField.WEEKDAYS : numbers.names()));
    }

    private static boolean isName(@Nullable String word) {
        return word != null && Character.isLetter(word.charAt(0));
    }

    /** Numbers that are too large for any field are all alike. */
    static int number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 6 ? 999_999 : Integer.parseInt(significant);
    }

    private String allowed() {
        return "Use " + numbers.min() + " to " + numbers.max();
    }

    private InvalidTriggerException unrecognized(String item, int at) {
        return error(
                at,
                "An item must be *, a value, or a range, perhaps with a step",
                "\"" + item + "\"",
                "Write it like " + numbers.examples());
    }

    private InvalidTriggerException error(int at, String rule, String value, String remedy) {
        return CronError.at(at, numbers.field().text(), rule, value, remedy);
    }
}
