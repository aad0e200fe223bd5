package io.orrery.schedule.trigger;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says in English what a cron expression means. */
final class CronWords {

    private static final int MANY = 6; // times of day that are worth naming one by one
    private static final List<String> PLACES = List.of("first", "second", "third", "fourth", "fifth", "last");

    private final CronParts parts;

    CronWords(CronParts parts) {
        this.parts = parts;
    }

    Set<DayOfWeek> daysOfWeek() {
        var days = EnumSet.noneOf(DayOfWeek.class);
        values(CronField.DAY_OF_WEEK).forEach(day -> days.add(DayOfWeek.of(day + 1)));
        return days;
    }

    String describe() {
        var words = new ArrayList<String>();
        words.add(times());
        String days = days();
        if (!days.isEmpty()) {
            words.add(days);
        } else if (!isAll(CronField.HOUR)) {
            words.add("every day");
        }
        add(words, CronField.WEEK, "in ISO week ", Integer::toString);
        add(words, CronField.MONTH, "in ", month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        add(words, CronField.YEAR, "in ", Integer::toString);
        return String.join(" ", words);
    }

    private void add(List<String> words, CronField field, String before, IntFunction<String> name) {
        if (!isAll(field)) {
            words.add(before + list(values(field), name));
        }
    }

    private String times() {
        List<Integer> hours = values(CronField.HOUR);
        List<Integer> minutes = values(CronField.MINUTE);
        List<Integer> seconds = values(CronField.SECOND);
        if ((long) hours.size() * minutes.size() * seconds.size() <= MANY) {
            return "at " + clockTimes(hours, minutes, seconds);
        }
        String ofHours = isAll(CronField.HOUR) ? "" : " during hour " + list(hours, hour -> "%02d".formatted(hour));
        if (!seconds.equals(List.of(0))) {
            String ofMinutes = isAll(CronField.MINUTE) ? "" : " of minute " + list(minutes, Integer::toString);
            return regular("second", seconds) + ofMinutes + ofHours;
        }
        return regular("minute", minutes) + (minutes.size() == 1 && ofHours.isEmpty() ? " of every hour" : ofHours);
    }

    private static String clockTimes(List<Integer> hours, List<Integer> minutes, List<Integer> seconds) {
        var times = new ArrayList<String>();
        for (int hour : hours) {
            for (int minute : minutes) {
                for (int second : seconds) {
                    times.add(
                            second == 0
                                    ? "%02d:%02d".formatted(hour, minute)
                                    : "%02d:%02d:%02d".formatted(hour, minute, second));
                }
            }
        }
        return join(times);
    }

    private static String regular(String unit, List<Integer> values) {
        if (values.size() == 60) {
            return "every " + unit;
        }
        int step = values.size() == 1 ? 60 : values.get(1) - values.get(0);
        boolean even = 60 % step == 0
                && values.equals(IntStream.iterate(0, value -> value < 60, value -> value + step)
                        .boxed()
                        .toList());
        return even && step < 60
                ? "every " + step + " " + unit + "s"
                : "at " + unit + " " + list(values, Integer::toString);
    }

    private String days() {
        String ofMonth = daysOfMonth();
        String ofWeek = weekdays();
        if (ofMonth.isEmpty() || ofWeek.isEmpty()) {
            return ofMonth + ofWeek;
        }
        return parts.eitherDay
                ? ofMonth + ", and " + ofWeek
                : ofMonth + " if it is also " + ofWeek.replaceFirst("^on ", "");
    }

    private String daysOfMonth() {
        var days = new ArrayList<String>();
        List<Integer> numbers = values(CronField.DAY);
        if (numbers.size() == 31) {
            return "";
        }
        if (!numbers.isEmpty()) {
            days.add("day " + list(numbers, Integer::toString));
        }
        IntStream.range(0, 31)
                .filter(back -> (parts.fromLast >> back & 1) != 0)
                .mapToObj(CronWords::fromLast)
                .forEach(days::add);
        bits(parts.nearest, 32).forEach(day -> days.add("the weekday nearest to day " + day));
        bits(parts.nearestFromLast, 31).forEach(back -> days.add("the weekday nearest to " + fromLast(back)));
        days.addAll(places(parts.nth));
        return "on " + join(days) + " of the month";
    }

    private static String fromLast(int back) {
        return back == 0 ? "the last day" : "the last day but " + back;
    }

    private String weekdays() {
        var days = new ArrayList<String>();
        List<Integer> numbers = values(CronField.DAY_OF_WEEK);
        if (numbers.size() == 7) {
            return "";
        }
        if (!numbers.isEmpty()) {
            days.add(list(numbers, CronWords::weekday));
        }
        places(parts.nthWeekday).forEach(place -> days.add(place + " of the month"));
        return "on " + join(days);
    }

    private static List<String> places(long nth) {
        return bits(nth, 42)
                .map(bit -> "the " + PLACES.get(bit / 7) + " " + weekday(bit % 7))
                .toList();
    }

    private static Stream<Integer> bits(long bits, int length) {
        return IntStream.range(0, length).filter(bit -> (bits >> bit & 1) != 0).boxed();
    }

    private static String weekday(int day) {
        return DayOfWeek.of(day + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private boolean isAll(CronField field) {
        return values(field).size() == field.max - field.min + 1;
    }

    private List<Integer> values(CronField field) {
        return parts.values(field);
    }

    /** Three or more in a row are a range. */
    private static String list(List<Integer> values, IntFunction<String> name) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < values.size(); ) {
            int end = i;
            while (end + 1 < values.size() && values.get(end + 1) == values.get(end) + 1) {
                end++;
            }
            if (end - i >= 2) {
                texts.add(name.apply(values.get(i)) + " to " + name.apply(values.get(end)));
                i = end + 1;
            } else {
                texts.add(name.apply(values.get(i++)));
            }
        }
        return join(texts);
    }

    private static String join(List<String> texts) {
        return texts.size() <= 1
                ? String.join("", texts)
                : texts.stream().limit(texts.size() - 1L).collect(Collectors.joining(", ")) + " and " + texts.getLast();
    }
}
