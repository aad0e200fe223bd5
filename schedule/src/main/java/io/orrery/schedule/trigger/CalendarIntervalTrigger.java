package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fires at the same local time every so many years, months, weeks and days (spec AP-001). Months step from the date before
 * and keep its day; months that do not have it are skipped; then weeks and days are added. A day on which the time does not
 * exist is skipped; of a repeated time it is the first. Immutable.
 */
public final class CalendarIntervalTrigger extends Timeline {

    static final String TYPE = "calendarinterval";

    private static final int MAX_YEAR = 9999;

    private final Period period;
    private final LocalTime time;
    private final Bounds bounds;

    private CalendarIntervalTrigger(Period period, LocalTime time, Bounds bounds) {
        this.period = period;
        this.time = time;
        this.bounds = bounds;
    }

    static CalendarIntervalTrigger of(Period period) {
        require(
                !period.isNegative(),
                "No part of a calendar interval must be negative",
                period,
                "Use positive years, months, weeks and days");
        require(
                !period.isZero(),
                "A calendar interval must be at least one day long",
                period,
                "Use Period.ofDays(1), or an interval of elapsed time");
        return new CalendarIntervalTrigger(period, LocalTime.MIDNIGHT, Bounds.NONE);
    }

    /** The same, at this time of the day; otherwise at midnight. */
    public CalendarIntervalTrigger at(LocalTime time) {
        return new CalendarIntervalTrigger(period, time, bounds);
    }

    /**
     * The same, with the date of this moment as the first one, from which all later ones are counted; otherwise it is that of
     * the registration. A date, an Instant, or a local or zoned date-time.
     */
    public CalendarIntervalTrigger from(Temporal start) {
        return with(bounds.from(start).checkedDates());
    }

    /** The same, with the date of this moment as the last one. A date, an Instant, or a local or zoned date-time. */
    public CalendarIntervalTrigger until(Temporal end) {
        return with(bounds.until(end).checkedDates());
    }

    /** The same, in this zone. Without one it is that of the start, of the end, or of the scheduler. */
    public CalendarIntervalTrigger zone(ZoneId zone) {
        return with(bounds.zone(zone).checkedDates());
    }

    private CalendarIntervalTrigger with(Bounds other) {
        return new CalendarIntervalTrigger(period, time, other);
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        if (bounds.start() != null) {
            return super.next(schedulerZone, previous, now);
        }
        return with(bounds.startingAt(previous == null ? now : previous)).next(schedulerZone, previous, now);
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        ZoneId zone = bounds.zoneOr(schedulerZone);
        LocalDate start = bounds.start() == null ? LocalDate.EPOCH : date(bounds.start(), zone);
        LocalDate end = bounds.end() == null ? LocalDate.of(MAX_YEAR, 12, 31) : date(bounds.end(), zone);
        LocalDate wanted = from.isBefore(start.atStartOfDay().toInstant(ZoneOffset.MAX))
                ? start
                : LocalDate.ofInstant(from, zone).minusDays(1);
        for (LocalDate date = near(start, wanted); date != null && !date.isAfter(end); date = step(date)) {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(date.atTime(time));
            if (!offsets.isEmpty()) {
                Instant fire = date.atTime(time).toInstant(offsets.getFirst());
                if (!fire.isBefore(from)) {
                    return fire;
                }
            }
        }
        return null;
    }

    private static LocalDate date(Moment moment, ZoneId zone) {
        return moment.instant() == null ? moment.local().toLocalDate() : LocalDate.ofInstant(moment.instant(), zone);
    }

    /** A date of the series that is not after {@code wanted}, or the first one; as near as arithmetic comes. */
    private LocalDate near(LocalDate start, LocalDate wanted) {
        if (!wanted.isAfter(start)) {
            return start;
        }
        long months = period.toTotalMonths();
        if (months == 0) {
            long days = ChronoUnit.DAYS.between(start, wanted);
            return start.plusDays(days - days % period.get(ChronoUnit.DAYS));
        }
        if (period.get(ChronoUnit.DAYS) != 0) {
            return start;
        }
        long between = ChronoUnit.MONTHS.between(YearMonth.from(start), YearMonth.from(wanted));
        for (long back = between - between % months; back > 0; back -= months) {
            YearMonth month = YearMonth.from(start).plusMonths(back);
            if (month.isValidDay(start.getDayOfMonth())
                    && !month.atDay(start.getDayOfMonth()).isAfter(wanted)) {
                return month.atDay(start.getDayOfMonth());
            }
        }
        return start;
    }

    /** The date after this one; null if it would be too far away. */
    private @Nullable LocalDate step(LocalDate date) {
        YearMonth month = YearMonth.from(date);
        do {
            month = month.plusMonths(period.toTotalMonths());
            if (month.getYear() > MAX_YEAR) {
                return null;
            }
        } while (!month.isValidDay(date.getDayOfMonth()));
        LocalDate next = month.atDay(date.getDayOfMonth()).plusDays(period.get(ChronoUnit.DAYS));
        return next.getYear() > MAX_YEAR ? null : next;
    }

    @Override
    @Nullable
    Instant end(ZoneId schedulerZone) {
        ZoneId zone = bounds.zoneOr(schedulerZone);
        return bounds.end() == null
                ? null
                : date(bounds.end(), zone)
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                        .minusNanos(1);
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        return bounds.start() == null ? with(bounds.startingAt(registered)) : this;
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return bounds.zoneOr(schedulerZone);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        data.put("every", period.toString());
        data.put("time", time.toString());
        bounds.write(data);
        return data;
    }

    static @Nullable CalendarIntervalTrigger read(Data.Reader data) {
        CalendarIntervalTrigger trigger = data.parsed("every", text -> of(Period.parse(text)));
        LocalTime time = data.parsed("time", LocalTime::parse);
        Bounds bounds = Bounds.read(data);
        data.require("every");
        return trigger == null
                ? null
                : new CalendarIntervalTrigger(trigger.period, time == null ? LocalTime.MIDNIGHT : time, bounds);
    }

    @Override
    public String describe() {
        return "every " + words() + " at " + time + bounds.words();
    }

    private String words() {
        var parts = new ArrayList<String>();
        amount(parts, period.getYears(), "year");
        amount(parts, period.getMonths(), "month");
        amount(parts, period.getDays(), "day");
        return String.join(" and ", parts);
    }

    private static void amount(List<String> parts, int amount, String unit) {
        if (amount > 0) {
            parts.add(amount == 1 ? unit : amount + " " + unit + "s");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalendarIntervalTrigger that
                && period.equals(that.period)
                && time.equals(that.time)
                && bounds.equals(that.bounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(period, time, bounds);
    }

    /** As {@code calendarinterval[P1M at 02:30]}. */
    @Override
    public String toString() {
        return "calendarinterval[" + period + " at " + time + "]";
    }
}
