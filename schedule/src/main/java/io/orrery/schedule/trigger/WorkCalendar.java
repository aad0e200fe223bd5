package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When it is open: on which weekdays, but for which holidays, and between which hours. In local time, whatever the zone.
 * Immutable.
 */
public final class WorkCalendar {

    private final Set<DayOfWeek> days;
    private final LocalTime opens;
    private final @Nullable LocalTime closes; // null: at midnight
    private final Set<LocalDate> holidays;
    private final Set<MonthDay> yearly;

    private WorkCalendar(
            Set<DayOfWeek> days,
            LocalTime opens,
            @Nullable LocalTime closes,
            Set<LocalDate> holidays,
            Set<MonthDay> yearly) {
        this.days = days;
        this.opens = opens;
        this.closes = closes;
        this.holidays = holidays;
        this.yearly = yearly;
    }

    /** Open at all times. */
    public static WorkCalendar everyDay() {
        return new WorkCalendar(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, null, Set.of(), Set.of());
    }

    /** Open from Monday to Friday. */
    public static WorkCalendar weekdays() {
        return everyDay().on(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    }

    /** The same, but open on these weekdays only. */
    public WorkCalendar on(DayOfWeek first, DayOfWeek... others) {
        return on(EnumSet.of(first, others));
    }

    private WorkCalendar on(Set<DayOfWeek> weekdays) {
        require(!weekdays.isEmpty(), "A calendar must be open on some weekday", "on none", "Name one or more");
        return new WorkCalendar(weekdays, opens, closes, holidays, yearly);
    }

    /**
     * The same, but open from one time of the day until before another.
     *
     * @throws InvalidTriggerException if it closes before it opens
     */
    public WorkCalendar hours(LocalTime from, LocalTime to) {
        require(
                from.isBefore(to),
                "A calendar must open before it closes on the same day",
                from + " to " + to,
                "Exchange them, or combine two triggers by or for a night");
        return new WorkCalendar(days, from, to, holidays, yearly);
    }

    /** The same, but closed on these dates as well. */
    public WorkCalendar except(LocalDate... dates) {
        return new WorkCalendar(days, opens, closes, and(holidays, Arrays.asList(dates)), yearly);
    }

    /**
     * The same, but closed on these days of every year as well.
     *
     * @throws InvalidTriggerException if that is the whole year
     */
    public WorkCalendar exceptYearly(MonthDay... dates) {
        Set<MonthDay> all = and(yearly, Arrays.asList(dates));
        require(all.size() < 365, "A calendar must be open on some day of the year", "on none", "Name fewer holidays");
        return new WorkCalendar(days, opens, closes, holidays, all);
    }

    private static <T> Set<T> and(Set<T> some, Collection<T> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return Collections.unmodifiableSet(all);
    }

    /** Whether it is open at this local time. */
    public boolean isOpen(LocalDateTime time) {
        LocalTime ofDay = time.toLocalTime();
        return isOpen(time.toLocalDate()) && !ofDay.isBefore(opens) && (closes == null || ofDay.isBefore(closes));
    }

    private boolean isOpen(LocalDate date) {
        return days.contains(date.getDayOfWeek())
                && (holidays.isEmpty() || !holidays.contains(date))
                && (yearly.isEmpty() || !yearly.contains(MonthDay.from(date)));
    }

    /** The first time after this one at which it opens; null if it never does. */
    @Nullable
    LocalDateTime nextOpening(LocalDateTime time) {
        LocalDate date = time.toLocalDate();
        if (!time.toLocalTime().isBefore(opens)) {
            date = date.plusDays(1);
        }
        int patience = 3_000 + holidays.size(); // any weekday falls on any day of the year within eight years
        for (int day = 0; day < patience; day++) {
            if (isOpen(date)) {
                return date.atTime(opens);
            }
            date = date.plusDays(1);
        }
        return null;
    }

    Map<String, Object> toData() {
        var data = new LinkedHashMap<String, Object>();
        if (days.size() < 7) {
            data.put("days", days.stream().map(WorkCalendar::name).toList());
        }
        if (closes != null) {
            data.put("hours", List.of(opens.toString(), closes.toString()));
        }
        if (!holidays.isEmpty()) {
            data.put("except", holidays.stream().map(LocalDate::toString).toList());
        }
        if (!yearly.isEmpty()) {
            data.put("exceptYearly", yearly.stream().map(MonthDay::toString).toList());
        }
        return data;
    }

    static WorkCalendar read(Data.Reader data) {
        WorkCalendar calendar = everyDay();
        List<DayOfWeek> days = data.parsedAll("days", WorkCalendar::day);
        if (!days.isEmpty()) {
            calendar = calendar.on(EnumSet.copyOf(days));
        }
        List<LocalTime> hours = data.parsedAll("hours", LocalTime::parse);
        if (hours.size() == 2) {
            calendar = calendar.hours(hours.getFirst(), hours.getLast());
        } else if (!hours.isEmpty()) {
            data.problem("hours", "must be two times of the day, but is " + hours + ". Mend it.");
        }
        calendar = calendar.except(data.parsedAll("except", LocalDate::parse).toArray(LocalDate[]::new));
        calendar = calendar.exceptYearly(
                data.parsedAll("exceptYearly", MonthDay::parse).toArray(MonthDay[]::new));
        data.refuseOthers();
        return calendar;
    }

    private static String name(DayOfWeek day) {
        return CronField.WEEKDAYS.get(day.ordinal());
    }

    private static DayOfWeek day(String name) {
        int index = CronField.WEEKDAYS.indexOf(name);
        require(
                index >= 0,
                "A weekday must be one of " + String.join(", ", CronField.WEEKDAYS),
                "\"" + name + "\"",
                "Use one of these");
        return DayOfWeek.of(index + 1);
    }

    /** In words, such as "when open (mon, tue, 09:00 to 17:00)". */
    String describe() {
        var words = new TreeSet<String>();
        toData().forEach((key, value) -> words.add(key + " " + text(value)));
        return "while open (" + String.join("; ", words) + ")";
    }

    private static String text(Object value) {
        return ((List<?>) value).stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkCalendar that
                && days.equals(that.days)
                && opens.equals(that.opens)
                && Objects.equals(closes, that.closes)
                && holidays.equals(that.holidays)
                && yearly.equals(that.yearly);
    }

    @Override
    public int hashCode() {
        return Objects.hash(days, opens, closes, holidays, yearly);
    }

    @Override
    public String toString() {
        return describe();
    }
}
