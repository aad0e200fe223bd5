package io.orrery.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@Spec("GT13")
class QuartzTextTest {

    private static final String START = "2026-01-01T00:00:00Z"; // a Thursday

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 30 2 * * ? | 2026-01-01T02:30Z, 2026-01-02T02:30Z, 2026-01-03T02:30Z",
                "0 0 0 ? * 1 | 2026-01-04T00:00Z, 2026-01-11T00:00Z, 2026-01-18T00:00Z",
                "0 0 0 ? * SAT-MON | 2026-01-03T00:00Z, 2026-01-04T00:00Z, 2026-01-05T00:00Z",
                "0 0 0 ? * 7-2 | 2026-01-03T00:00Z, 2026-01-04T00:00Z, 2026-01-05T00:00Z",
                "0 0 0 ? * L | 2026-01-03T00:00Z, 2026-01-10T00:00Z, 2026-01-17T00:00Z",
                "0 0 0 ? * 6L | 2026-01-30T00:00Z, 2026-02-27T00:00Z, 2026-03-27T00:00Z",
                "0 0 0 ? * FRI#2 | 2026-01-09T00:00Z, 2026-02-13T00:00Z, 2026-03-13T00:00Z",
                "0 0 0 L * ? | 2026-01-31T00:00Z, 2026-02-28T00:00Z, 2026-03-31T00:00Z",
                "0 0 0 L-3 * ? | 2026-01-28T00:00Z, 2026-02-25T00:00Z, 2026-03-28T00:00Z",
                "0 0 0 LW * ? | 2026-01-30T00:00Z, 2026-02-27T00:00Z, 2026-03-31T00:00Z",
                "0 0 0 L-2W * ? | 2026-01-29T00:00Z, 2026-02-26T00:00Z, 2026-03-30T00:00Z",
                "0 0 0 15W * ? | 2026-01-15T00:00Z, 2026-02-16T00:00Z, 2026-03-16T00:00Z",
                "0 0 0 1W 8 ? | 2026-08-03T00:00Z, 2027-08-02T00:00Z, 2028-08-01T00:00Z",
                "0 0 0 1 1 ? 2028/3 | 2028-01-01T00:00Z, 2031-01-01T00:00Z, 2034-01-01T00:00Z",
                "0 0 0 ? * 2-6/2 | 2026-01-02T00:00Z, 2026-01-05T00:00Z, 2026-01-07T00:00Z"
            })
    void six_or_seven_fields_are_read_as_quartz_reads_them(String text, String fires) {
        var trigger = CronTrigger.of(CronDialect.QUARTZ, text);

        assertThat(String.join(", ", Fires.of(trigger, START, 3))).isEqualTo(fires);
        assertThat(trigger).hasToString("cron[quartz " + text + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 * * * | 10 | One of day of the month and weekday must be ?, and not both, but is \"*\" and"
                        + " \"*\"",
                "0 0 0 ? * ? | 10 | One of day of the month and weekday must be ?, and not both, but is \"?\" and"
                        + " \"?\"",
                "0 0 * * ? | 9 | It must have 6 fields, or 7 with a trailing year, but is 5",
                "0 0 0 ? * 0 | 10 | The first value must not be lower than the minimum value 1, but is 0",
                "0 0 0 32W * ? | 6 | A day of the month must be from 1 to 31, but is 32",
                "0 0 0 L-31 * ? | 8 | There are at most 30 days before the last one, but is 31",
                "0 0 0 31W 2 ? | 6 | never does"
            })
    @Spec("GT12")
    void what_is_wrong_is_told_with_rule_value_and_position(String text, int position, String message) {
        var thrown =
                catchThrowableOfType(InvalidTriggerException.class, () -> CronTrigger.of(CronDialect.QUARTZ, text));

        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.position()).hasValue(position);
    }
}
