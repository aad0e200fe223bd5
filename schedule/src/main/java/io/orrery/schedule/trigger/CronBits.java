package io.orrery.schedule.trigger;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * What a cron expression means, as bit sets, and the search in local time. Immutable.
 *
 * <p>Local times are seconds since 1970-01-01T00:00 without any offset. The search goes from the day to the time of the day
 * and back: is the day one of those that match, which is one bit of one of 28 words, then the rest is three bit sets; else the
 * next such day of the month, the next such month, the next such year. The calendar repeats itself every 400 years, so what
 * is not found in as many years is never found (spec GT14). For 29 February, the rarest date that people write, one division
 * tells the year, up to 2096. Nothing is allocated.
 */
final class CronBits {

    static final int MIN_YEAR = 1970;
    static final int MAX_YEAR = 9999;
    /** No local time, and later than all. */
    static final long NEVER = Long.MAX_VALUE / 4;

    private static final int CYCLE = 400;
    private static final int DAY = 86_400;
    private static final long ALL_WEEKS = 0x3F_FFFF_FFFF_FFFEL;
    private static final int FOUR_YEARS = 1_461; // in days, the last of which is a 29 February up to 2096
    private static final int FIRST_LEAP_DAY = 789; // in 1972
    private static final int LAST_LEAP_DAY = FIRST_LEAP_DAY + 31 * FOUR_YEARS;

    private final long seconds;
    private final long minutes;
    private final int hours;
    private final int months; // bits 1 to 12
    private final long weeks; // bits 1 to 53; all means that weeks do not matter
    private final long[] years; // bit 0 is MIN_YEAR; empty for all
    private final int[] days; // for each kind of month, see DayRule
    private final boolean leapYears; // whether nothing matches in other years
    private final boolean leapDays; // whether each 29 February matches, and nothing else
    private final int firstTime; // of a day that matches

    CronBits(CronParts parts) {
        seconds = parts.bits(CronField.SECOND);
        minutes = parts.bits(CronField.MINUTE);
        hours = (int) parts.bits(CronField.HOUR);
        months = (int) parts.bits(CronField.MONTH);
        weeks = parts.bits(CronField.WEEK);
        years = parts.years();
        days = parts.days();
        leapYears = months == 1 << 2 && !hasFebruaryOf28();
        leapDays = leapYears && weeks == ALL_WEEKS && years.length == 0 && hasEachLeapDay();
        firstTime = Math.max(0, time(0));
    }

    private boolean hasFebruaryOf28() {
        int any = 0;
        for (int kind = 0; kind < days.length; kind += 4) {
            any |= days[kind];
        }
        return any != 0;
    }

    private boolean hasEachLeapDay() {
        boolean each = true;
        for (int kind = 1; kind < days.length; kind += 4) {
            each &= days[kind] == 1 << 29;
        }
        return each;
    }

    /** The first local time that matches and is not before {@code local}, or {@link #NEVER}. */
    long next(long local) {
        long from = Math.max(local, 0);
        long day = from / DAY;
        if (leapDays && day < LAST_LEAP_DAY) {
            long leapDay = (day + FOUR_YEARS - FIRST_LEAP_DAY - 1) / FOUR_YEARS * FOUR_YEARS + FIRST_LEAP_DAY;
            if (leapDay > day) {
                return leapDay * DAY + firstTime;
            }
        }
        int date = civil(day);
        int year = date >> 9;
        int month = date >> 5 & 15;
        int dayOfMonth = date & 31;
        if (year > MAX_YEAR) {
            return NEVER;
        }
        if (hasYear(year) && (months >> month & 1) != 0) {
            int left = month(year, month, day - dayOfMonth + 1) >>> dayOfMonth;
            int time = (left & 1) == 0 ? -1 : time((int) (from - day * DAY));
            if (time >= 0) {
                return day * DAY + time;
            }
            left &= -2;
            if (left != 0) {
                return (day + Integer.numberOfTrailingZeros(left)) * DAY + firstTime;
            }
        }
        return month == 12 ? nextMonth(year + 1, 1) : nextMonth(year, month + 1);
    }

    /** Year, month and day as 512 * year + 32 * month + day, counted in years that begin in March. */
    private static int civil(long day) {
        long shifted = day + 719_468;
        int era = (int) (shifted / 146_097);
        int dayOfEra = (int) (shifted - era * 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * dayOfYear + 2) / 153;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int year = yearOfEra + era * CYCLE + (month <= 2 ? 1 : 0);
        return Math.min(year, MAX_YEAR + 1) << 9 | month << 5 | dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    }

    /** The first match in this month or later. */
    private long nextMonth(int fromYear, int fromMonth) {
        int last = years.length == 0 ? Math.min(MAX_YEAR, fromYear + CYCLE) : MAX_YEAR;
        int firstMonth = fromMonth;
        for (int year = nextYear(fromYear); year <= last; year = nextYear(year + 1)) {
            if (leapYears && (year & 3) != 0) {
                year |= 3;
                continue;
            }
            int left = year == fromYear ? months >> firstMonth << firstMonth : months;
            while (left != 0) {
                int month = Integer.numberOfTrailingZeros(left);
                left &= left - 1;
                long first = day(year, month);
                int matching = month(year, month, first);
                if (matching != 0) {
                    return (first + Integer.numberOfTrailingZeros(matching) - 1) * DAY + firstTime;
                }
            }
        }
        return NEVER;
    }

    /** The days of a month that match. */
    private int month(int year, int month, long firstDay) {
        int weekday = weekday(firstDay);
        int length = length(year, month);
        int matching = days[4 * weekday + length - 28];
        return weeks == ALL_WEEKS ? matching : matching & inWeeks(firstDay, length);
    }

    /** The first time of day that matches and is not before this one, in seconds; -1 if there is none. */
    private int time(int from) {
        int hour = from / 3_600;
        int minute = from / 60 % 60;
        int second = from % 60;
        if ((hours >> hour & 1) != 0) {
            if ((minutes >> minute & 1) != 0) {
                long left = seconds >>> second;
                if (left != 0) {
                    return from + Long.numberOfTrailingZeros(left);
                }
            }
            long left = minutes >>> minute & -2;
            if (left != 0) {
                return 60 * (60 * hour + minute + Long.numberOfTrailingZeros(left))
                        + Long.numberOfTrailingZeros(seconds);
            }
        }
        int left = hours >>> hour & -2;
        if (left == 0) {
            return -1;
        }
        return 60 * (60 * (hour + Integer.numberOfTrailingZeros(left)) + Long.numberOfTrailingZeros(minutes))
                + Long.numberOfTrailingZeros(seconds);
    }

    private boolean hasYear(int year) {
        int bit = year - MIN_YEAR;
        return years.length == 0 || (years[bit >> 6] >> bit & 1) != 0;
    }

    private int nextYear(int from) {
        if (years.length == 0) {
            return from;
        }
        for (int year = from; year <= MAX_YEAR; year++) {
            if (hasYear(year)) {
                return year;
            }
        }
        return MAX_YEAR + 1;
    }

    /** The day of the epoch on which a month begins. */
    private static long day(int year, int month) {
        int shiftedYear = month <= 2 ? year - 1 : year;
        int era = shiftedYear / CYCLE;
        int yearOfEra = shiftedYear - era * CYCLE;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** Monday = 0. */
    private static int weekday(long day) {
        return (int) ((day + 3) % 7);
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return (year & 3) == 0 && (year % 100 != 0 || year % CYCLE == 0) ? 29 : 28;
        }
        return 30 + ((month ^ month >> 3) & 1);
    }

    /** The days of a month that are in one of the weeks, which are those of ISO 8601. */
    private int inWeeks(long firstDay, int length) {
        int matching = 0;
        for (int day = 1; day <= length; day++) {
            long epochDay = firstDay + day - 1;
            var thursday = LocalDate.ofEpochDay(epochDay - weekday(epochDay) + 3);
            int week = (thursday.getDayOfYear() - 1) / 7 + 1;
            matching |= (int) (weeks >> week & 1) << day;
        }
        return matching;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronBits that
                && seconds == that.seconds
                && minutes == that.minutes
                && hours == that.hours
                && months == that.months
                && weeks == that.weeks
                && Arrays.equals(years, that.years)
                && Arrays.equals(days, that.days);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seconds * 31 + minutes) * 31 + hours * 31 + months + Arrays.hashCode(days);
    }
}
