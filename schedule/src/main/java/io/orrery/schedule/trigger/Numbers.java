package io.orrery.schedule.trigger;

import java.util.List;

/** How a dialect counts the values of a field. Immutable. */
record Numbers(CronField field, CronDialect dialect) {

    /** Whether what is odd but clear is refused, as Asyncz does. */
    boolean strict() {
        return switch (dialect) {
            case FIELDS, FIELDS_FROM_SUNDAY -> true;
            case CRONTAB, QUARTZ -> false;
        };
    }

    /** Whether a range may go beyond the maximum and on from the minimum. */
    boolean wraps() {
        return switch (dialect) {
            case FIELDS -> false;
            case FIELDS_FROM_SUNDAY -> isWeekday();
            case CRONTAB, QUARTZ -> field != CronField.YEAR;
        };
    }

    private boolean isWeekday() {
        return field == CronField.DAY_OF_WEEK;
    }

    int min() {
        return isWeekday() && dialect == CronDialect.QUARTZ ? 1 : field.min;
    }

    int max() {
        return isWeekday() && dialect != CronDialect.FIELDS ? 7 : field.max;
    }

    int lastOfStar() {
        return min() + size() - 1;
    }

    int size() {
        return field.max - field.min + 1;
    }

    /** The value as the engine counts: weekdays from Monday = 0, others as they are; values beyond the last wrap. */
    int canonical(int value) {
        if (!isWeekday()) {
            return (value - field.min) % size() + field.min;
        }
        return switch (dialect) {
            case FIELDS -> value;
            case FIELDS_FROM_SUNDAY, CRONTAB -> (value + 6) % 7;
            case QUARTZ -> (value + 5) % 7;
        };
    }

    List<String> names() {
        if (isWeekday()) {
            return CronField.WEEKDAYS;
        }
        return field == CronField.MONTH ? CronField.MONTHS : List.of();
    }

    /** The number for one of {@link #names}. */
    int valueOfName(int index) {
        if (!isWeekday()) {
            return index + field.min;
        }
        return switch (dialect) {
            case FIELDS -> index;
            case FIELDS_FROM_SUNDAY, CRONTAB -> (index + 1) % 7;
            case QUARTZ -> (index + 1) % 7 + 1;
        };
    }

    /** What can be written, for messages. */
    String examples() {
        String some = switch (field) {
            case YEAR -> "2030, 2030-2035 or */4";
            case MONTH -> "3, 3-5, */2, mar or mar-may";
            case DAY -> "1, 1-15 or */2";
            case WEEK -> "1, 1-10 or */2";
            case DAY_OF_WEEK -> "1, 1-5, mon or mon-fri";
            case HOUR, MINUTE, SECOND -> "5, 5-20, */5 or 5-20/5";
        };
        return switch (dialect) {
            case FIELDS, FIELDS_FROM_SUNDAY -> field == CronField.DAY ? some + ", last, 2nd fri or last fri" : some;
            case CRONTAB -> some + special(", L", ", 5#2 or 5L");
            case QUARTZ -> some + special(", L, L-3, LW or 15W", ", 6#3 or 6L");
        };
    }

    private String special(String ofDays, String ofWeekdays) {
        return switch (field) {
            case DAY -> ofDays;
            case DAY_OF_WEEK -> ofWeekdays;
            case YEAR, MONTH, WEEK, HOUR, MINUTE, SECOND -> "";
        };
    }
}
