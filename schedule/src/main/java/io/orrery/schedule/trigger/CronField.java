package io.orrery.schedule.trigger;

import java.util.List;
import java.util.Locale;

/** The eight fields of time, from the most significant one (spec T-013). */
enum CronField {
    YEAR(CronBits.MIN_YEAR, CronBits.MAX_YEAR),
    MONTH(1, 12),
    DAY(1, 31),
    WEEK(1, 53),
    /** From Monday = 0. */
    DAY_OF_WEEK(0, 6),
    HOUR(0, 23),
    MINUTE(0, 59),
    SECOND(0, 59);

    static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    final int min;
    final int max;

    CronField(int min, int max) {
        this.min = min;
        this.max = max;
    }

    /** Its name in expressions and data. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is where only less than it was said: weeks and weekdays do not matter then (spec T-014). */
    boolean isMinimumByDefault() {
        return this != WEEK && this != DAY_OF_WEEK;
    }
}
