package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says by methods when a {@link CronTrigger} fires. What was said has to match all together; what is less than the least that
 * was said has its minimum: {@code on(MONDAY)} is midnight of each Monday. Each method returns another builder; what it says
 * replaces what was said of the same before, but days of the month are added. Immutable.
 */
public final class CronBuilder {

    private static final List<String> PLACES = List.of("1st", "2nd", "3rd", "4th", "5th");

    private final Map<CronField, String> fields;

    CronBuilder(Map<CronField, String> fields) {
        this.fields = fields;
    }

    /** At this time of the day, to the second. */
    public CronBuilder at(LocalTime time) {
        return with(CronField.HOUR, time.getHour() + "")
                .with(CronField.MINUTE, time.getMinute() + "")
                .with(CronField.SECOND, time.getSecond() + "");
    }

    /** On these weekdays. */
    public CronBuilder on(DayOfWeek... days) {
        return with(
                CronField.DAY_OF_WEEK,
                Arrays.stream(days).sorted().map(CronBuilder::name).collect(Collectors.joining(",")));
    }

    /** On these days of the month; months that do not have them are skipped. */
    public CronBuilder daysOfMonth(int... days) {
        return addDay(list(days));
    }

    /** On the last day of the month. */
    public CronBuilder lastDayOfMonth() {
        return addDay("last");
    }

    /**
     * On the first to fifth such weekday of the month; months that do not have it are skipped.
     *
     * @throws InvalidTriggerException if {@code place} is not from 1 to 5
     */
    public CronBuilder nth(int place, DayOfWeek day) {
        require(place >= 1 && place <= 5, "A month has the first to the fifth of a weekday", place, "Use 1 to 5");
        return addDay(PLACES.get(place - 1) + " " + name(day));
    }

    /** On the last such weekday of the month. */
    public CronBuilder last(DayOfWeek day) {
        return addDay("last " + name(day));
    }

    /** In these months. */
    public CronBuilder in(Month... months) {
        return with(
                CronField.MONTH,
                Arrays.stream(months)
                        .sorted()
                        .map(month -> month.getValue() + "")
                        .collect(Collectors.joining(",")));
    }

    /** In these years. */
    public CronBuilder years(int... years) {
        return with(CronField.YEAR, list(years));
    }

    /** In these weeks of the year, as ISO 8601 counts them. */
    public CronBuilder weeks(int... weeks) {
        return with(CronField.WEEK, list(weeks));
    }

    /** At these hours. */
    public CronBuilder hours(int... hours) {
        return with(CronField.HOUR, list(hours));
    }

    /** From one hour to another, both included. */
    public CronBuilder hoursBetween(int first, int last) {
        return with(CronField.HOUR, first + "-" + last);
    }

    /** At these minutes. */
    public CronBuilder minutes(int... minutes) {
        return with(CronField.MINUTE, list(minutes));
    }

    /** At minute 0, and then every so many until the end of the hour. */
    public CronBuilder everyMinutes(int step) {
        return with(CronField.MINUTE, "*/" + step);
    }

    /** At these seconds. */
    public CronBuilder seconds(int... seconds) {
        return with(CronField.SECOND, list(seconds));
    }

    /** At second 0, and then every so many until the end of the minute. */
    public CronBuilder everySeconds(int step) {
        return with(CronField.SECOND, "*/" + step);
    }

    /**
     * The trigger.
     *
     * @throws InvalidTriggerException if a value is out of range, or if nothing matches all that was said
     */
    public CronTrigger build() {
        return CronTrigger.of(CronExpression.of(CronDialect.FIELDS, fields));
    }

    private CronBuilder addDay(String day) {
        String before = fields.get(CronField.DAY);
        return with(CronField.DAY, before == null ? day : before + "," + day);
    }

    private CronBuilder with(CronField field, String expression) {
        var copy = new EnumMap<CronField, String>(CronField.class);
        copy.putAll(fields);
        copy.put(field, expression);
        return new CronBuilder(copy);
    }

    private static String list(int... values) {
        return Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static String name(DayOfWeek day) {
        return CronField.WEEKDAYS.get(day.ordinal());
    }
}
