package io.orrery.schedule.trigger;

/**
 * Which days of a month match, as bits: bit d stands for day d. What matches depends on the length of the month and the
 * weekday of its first day alone, so there are 28 kinds of months. Weekdays count from Monday = 0. Immutable.
 *
 * @param days days of the month, bits 1 to 31
 * @param fromLast days counted back from the last one, bit 0 being the last
 * @param nearest days whose nearest weekday (Monday to Friday) of the month is meant, bits 1 to 31
 * @param nearestFromLast the same, counted back from the last day
 * @param weekdays days of the week, bits 0 to 6
 * @param nth occurrences of weekdays as days of the month: bit 7 * n + weekday, n from 0 for the first to 5 for the last
 */
record DayRule(int days, int fromLast, int nearest, int nearestFromLast, int weekdays, long nth) {

    static final int LAST = 5;

    /** The bits of a month. */
    int month(int firstWeekday, int length) {
        int bits = days;
        for (int day = 1; day <= length; day++) {
            int weekday = (firstWeekday + day - 1) % 7;
            int bit = 1 << day;
            int back = 1 << (length - day);
            if ((fromLast & back) != 0 || has(weekdays, weekday) || isNth(day, weekday, length)) {
                bits |= bit;
            }
            if ((nearest & bit) != 0 || (nearestFromLast & back) != 0) {
                bits |= 1 << nearestWeekday(day, weekday, length);
            }
        }
        return bits & ((int) ((1L << (length + 1)) - 2));
    }

    private boolean isNth(int day, int weekday, int length) {
        return (nth >> (7 * ((day - 1) / 7) + weekday) & 1) != 0
                || day > length - 7 && (nth >> (7 * LAST + weekday) & 1) != 0;
    }

    private static boolean has(int bits, int bit) {
        return (bits >> bit & 1) != 0;
    }

    /** Saturday is Friday before, Sunday is Monday after, but never in another month. */
    private static int nearestWeekday(int day, int weekday, int length) {
        if (weekday == 5) {
            return day > 1 ? day - 1 : day + 2;
        }
        if (weekday == 6) {
            return day < length ? day + 1 : day - 2;
        }
        return day;
    }
}
