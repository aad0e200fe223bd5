package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.PARIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@Spec({"T-019", "GT13"})
class CrontabTest {

    private static final String START = "2026-01-01T00:00:00Z"; // a Thursday

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 2 * * * | 2026-01-01T02:30Z, 2026-01-02T02:30Z, 2026-01-03T02:30Z",
                "  0   0 1   jan-mar   *  | 2026-01-01T00:00Z, 2026-02-01T00:00Z, 2026-03-01T00:00Z",
                "15 30 2 * * * | 2026-01-01T02:30:15Z, 2026-01-02T02:30:15Z, 2026-01-03T02:30:15Z",
                "0 22-1/2 * * * | 2026-01-01T00:00Z, 2026-01-01T22:00Z, 2026-01-02T00:00Z",
                "0 0 1 nov-feb/2 * | 2026-01-01T00:00Z, 2026-11-01T00:00Z, 2027-01-01T00:00Z",
                "0 0 * * 0 | 2026-01-04T00:00Z, 2026-01-11T00:00Z, 2026-01-18T00:00Z",
                "0 0 * * 7 | 2026-01-04T00:00Z, 2026-01-11T00:00Z, 2026-01-18T00:00Z",
                "0 0 * * SAT-mon | 2026-01-03T00:00Z, 2026-01-04T00:00Z, 2026-01-05T00:00Z",
                "0 0 * * 6-7 | 2026-01-03T00:00Z, 2026-01-04T00:00Z, 2026-01-10T00:00Z",
                "0 0 L * * | 2026-01-31T00:00Z, 2026-02-28T00:00Z, 2026-03-31T00:00Z",
                "0 0 * * 5L | 2026-01-30T00:00Z, 2026-02-27T00:00Z, 2026-03-27T00:00Z",
                "0 0 * * fri#2 | 2026-01-09T00:00Z, 2026-02-13T00:00Z, 2026-03-13T00:00Z",
                "0 0 * * 0#1,7#3 | 2026-01-04T00:00Z, 2026-01-18T00:00Z, 2026-02-01T00:00Z",
                "0 0 13 * fri | 2026-01-02T00:00Z, 2026-01-09T00:00Z, 2026-01-13T00:00Z",
                "0 0 */12 * fri | 2026-02-13T00:00Z, 2026-03-13T00:00Z, 2026-05-01T00:00Z",
                "*/60 * * * * | 2026-01-01T00:00Z, 2026-01-01T01:00Z, 2026-01-01T02:00Z"
            })
    void five_or_six_fields_are_read_as_cron_reads_them(String text, String fires) {
        assertThat(String.join(", ", Fires.of(Trigger.cron(text), START, 3))).isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource({
        "@yearly, 2027-01-01T00:00Z",
        "@annually, 2027-01-01T00:00Z",
        "@monthly, 2026-02-01T00:00Z",
        "@weekly, 2026-01-11T00:00Z",
        "@daily, 2026-01-02T00:00Z",
        "@Midnight, 2026-01-02T00:00Z",
        "@hourly, 2026-01-01T01:00Z"
    })
    void macros_are_read(String text, String second) {
        assertThat(Fires.of(Trigger.cron(text), START, 2)).last().isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | 1 | It must have 5 fields, or 6 with leading seconds, but is 1: \"*\"",
                "* * * * * * * | 12 | It must have 5 fields, or 6 with leading seconds, but is 7",
                "0 0 ? * * | 4 | A field of a crontab must be *, values, or ranges, but is \"?\", which is Quartz's",
                "0 0 * * 8 | 8 | The last value must not be higher than the maximum value 7, but is 8",
                "0 0 * * fri#6 | 12 | A month has the first to the fifth of a weekday, but is 6",
                "0 0 * * 9L | 8 | A weekday must be from 0 to 7, but is 9",
                "0 0 * * fru#1 | 8 | The name must be that of a weekday, but is \"fru\". Did you mean fri?",
                "0 0 15W * * | 4 | An item must be *, a value, or a range, perhaps with a step, but is \"15W\"",
                "@dayly | 0 | A macro must be one of @annually, @daily",
                "@reboot | 0 | Use a date without a time, which fires when it is registered",
                "@every 5m | 0 | Use an interval",
                "*/61 * * * * | 2 | The step value must not be higher than the total range of the expression, 60, but"
                        + " is 61",
                "0 0 30 2 * | 4 | never does, for what it says at position 4"
            })
    @Spec("GT12")
    void what_is_wrong_is_told_with_rule_value_and_position(String text, int position, String message) {
        var thrown = catchThrowableOfType(InvalidTriggerException.class, () -> Trigger.cron(text));

        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.position()).hasValue(position);
    }

    @Test
    void it_is_not_read_as_the_other_dialects_read_it() {
        assertThat(Trigger.cron("0 0 * * 1").daysOfWeek()).hasToString("[MONDAY]");
        assertThat(CronTrigger.of(CronDialect.FIELDS, "day_of_week=1").daysOfWeek())
                .hasToString("[TUESDAY]");
        assertThat(CronTrigger.of(CronDialect.QUARTZ, "0 0 0 ? * 1").daysOfWeek())
                .hasToString("[SUNDAY]");
    }

    @Test
    void the_text_is_kept() {
        var trigger = Trigger.cron(" 30 2 * * * ").zone(PARIS);

        assertThat(trigger).hasToString("cron[30 2 * * *]");
        assertThat(trigger.expression()).isEqualTo("30 2 * * *");
        assertThat(trigger.dialect()).isEqualTo(CronDialect.CRONTAB);
    }
}
