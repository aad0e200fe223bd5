package io.orrery.schedule.trigger;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a parser has understood so far. Used by one thread. */
final class CronParts {

    private final Map<CronField, BitSet> values = new EnumMap<>(CronField.class);
    int fromLast;
    int nearest;
    int nearestFromLast;
    long nth; // in the field of days of the month
    long nthWeekday; // in the field of weekdays
    /** Whether a day matches if its day of the month or its weekday does, instead of both. */
    boolean eitherDay;

    private final Map<CronField, Integer> positions = new EnumMap<>(CronField.class);

    /** Says where a field is in the expression. */
    void placed(CronField field, int position) {
        positions.put(field, position);
    }

    /** Where the field is that is most likely to blame if nothing matches. */
    int positionOfDays() {
        return Stream.of(CronField.DAY, CronField.WEEK, CronField.DAY_OF_WEEK, CronField.MONTH, CronField.YEAR)
                .filter(field -> positions.containsKey(field) && isRestricted(field))
                .findFirst()
                .map(positions::get)
                .orElse(0);
    }

    private boolean isRestricted(CronField field) {
        BitSet set = values.getOrDefault(field, new BitSet());
        return set.cardinality() <= field.max - field.min;
    }

    void add(CronField field, int value) {
        values.computeIfAbsent(field, _ -> new BitSet()).set(value);
    }

    void all(CronField field) {
        values.computeIfAbsent(field, _ -> new BitSet()).set(field.min, field.max + 1);
    }

    void minimum(CronField field) {
        add(field, field.min);
    }

    /** What matches, in ascending order. */
    List<Integer> values(CronField field) {
        return values.getOrDefault(field, new BitSet()).stream().boxed().toList();
    }

    /** The bits of any field but years. */
    long bits(CronField field) {
        BitSet set = values.get(field);
        return set == null || set.isEmpty() ? 0 : set.toLongArray()[0];
    }

    /** The bits of the years, from {@link CronBits#MIN_YEAR} on; none for all years. */
    long[] years() {
        BitSet set = values.getOrDefault(CronField.YEAR, new BitSet());
        if (set.cardinality() == CronField.YEAR.max - CronField.YEAR.min + 1) {
            return new long[0];
        }
        long[] words = set.get(CronField.YEAR.min, CronField.YEAR.max + 1).toLongArray();
        return Arrays.copyOf(words, (CronField.YEAR.max - CronField.YEAR.min >> 6) + 1);
    }

    /** The days that match, for each kind of month: 4 * weekday of the first + length - 28. */
    int[] days() {
        var ofMonth = new DayRule((int) bits(CronField.DAY), fromLast, nearest, nearestFromLast, 0, nth);
        var ofWeek = new DayRule(0, 0, 0, 0, (int) bits(CronField.DAY_OF_WEEK), nthWeekday);
        int[] days = new int[28];
        for (int kind = 0; kind < days.length; kind++) {
            int month = ofMonth.month(kind / 4, 28 + kind % 4);
            int week = ofWeek.month(kind / 4, 28 + kind % 4);
            days[kind] = eitherDay ? month | week : month & week;
        }
        return days;
    }
}
