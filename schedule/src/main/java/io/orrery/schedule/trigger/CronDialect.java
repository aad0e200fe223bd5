package io.orrery.schedule.trigger;

/** How a cron expression is to be read. Dialects are never mixed, and never guessed (spec GT13). */
public enum CronDialect {
    /**
     * Five fields, or six with leading seconds: minute, hour, day of the month, month, weekday. Names, lists, ranges that may
     * wrap, steps; {@code L} for the last day of the month, {@code 5L} for the last Friday, {@code 5#2} for the second one; 0
     * and 7 are Sunday. If neither the days of the month nor the weekdays begin with {@code *}, either is enough. Or a macro:
     * {@code @yearly}, {@code @annually}, {@code @monthly}, {@code @weekly}, {@code @daily}, {@code @midnight},
     * {@code @hourly}.
     */
    CRONTAB,
    /**
     * Up to eight fields by name, all of which have to match: year, month, day, week, day_of_week, hour, minute, second; 0 is
     * Monday. Fields below the last one given have their minimum, others match always (spec T-013 to T-017).
     */
    FIELDS,
    /** As {@link #FIELDS}, but 0 and 7 are Sunday, and ranges of weekdays may wrap (spec AP-002). */
    FIELDS_FROM_SUNDAY,
    /**
     * Six fields, or seven with a trailing year: second, minute, hour, day of the month, month, weekday; {@code L}, {@code W},
     * {@code #}; one of the two kinds of days is {@code ?}; 1 is Sunday. For expressions written for Quartz.
     */
    QUARTZ
}
