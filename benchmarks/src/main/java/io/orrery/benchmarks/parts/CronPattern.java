package io.orrery.benchmarks.parts;

/** What fires, as a crontab of five fields and as an expression of Quartz. */
public enum CronPattern {
    /** From Monday to Friday at 03:00. */
    WEEKDAYS_AT_3("0 3 * * 1-5", "0 0 3 ? * MON-FRI"),
    /** Every five minutes. */
    EVERY_5_MINUTES("*/5 * * * *", "0 */5 * * * ?"),
    /** At 02:30, which there is twice or not at all on two days of the year. */
    DAILY_AT_HALF_PAST_2("30 2 * * *", "0 30 2 * * ?"),
    /** On 29 February. */
    LEAP_DAY("0 0 29 2 *", "0 0 0 29 2 ?");

    final String crontab;
    final String quartz;

    CronPattern(String crontab, String quartz) {
        this.crontab = crontab;
        this.quartz = quartz;
    }
}
