package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.CronDialect.FIELDS;
import static io.orrery.schedule.trigger.CronDialect.FIELDS_FROM_SUNDAY;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.spec.Spec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CronFieldsTest {

    private static final String START = "2026-01-01T00:00:00Z"; // a Thursday

    private static CronTrigger fields(String text) {
        return CronTrigger.of(FIELDS, text);
    }

    @ParameterizedTest
    @CsvSource({
        "hour=5, 2026-01-01T05:00Z, 2026-01-02T05:00Z",
        "day=1, 2026-01-01T00:00Z, 2026-02-01T00:00Z",
        "month=3, 2026-03-01T00:00Z, 2027-03-01T00:00Z",
        "day_of_week=0, 2026-01-05T00:00Z, 2026-01-12T00:00Z",
        "week=8, 2026-02-16T00:00Z, 2026-02-17T00:00Z",
        "minute=*/20, 2026-01-01T00:00Z, 2026-01-01T00:20Z",
        "'', 2026-01-01T00:00Z, 2026-01-01T00:00:01Z"
    })
    @Spec({"T-013", "T-014"})
    void fields_below_the_last_one_given_have_their_minimum(String text, String first, String second) {
        assertThat(Fires.of(fields(text), START, 2)).containsExactly(first, second);
    }

    @Test
    @Spec("T-015")
    void all_fields_have_to_match() {
        assertThat(Fires.of(fields("day=13;day_of_week=fri"), START, 2))
                .containsExactly("2026-02-13T00:00Z", "2026-03-13T00:00Z");
        assertThat(Fires.of(fields("week=1;day_of_week=mon;hour=6"), START, 2))
                .containsExactly("2027-01-04T06:00Z", "2028-01-03T06:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day=*/10 | 2026-01-01T00:00Z, 2026-01-11T00:00Z, 2026-01-21T00:00Z",
                "day=5-9/3 | 2026-01-05T00:00Z, 2026-01-08T00:00Z, 2026-02-05T00:00Z",
                "day=27/2 | 2026-01-27T00:00Z, 2026-01-29T00:00Z, 2026-01-31T00:00Z",
                "day=1 , 3 | 2026-01-01T00:00Z, 2026-01-03T00:00Z, 2026-02-01T00:00Z",
                "month=FEB-apr | 2026-02-01T00:00Z, 2026-03-01T00:00Z, 2026-04-01T00:00Z",
                "day=2nd Wed, last | 2026-01-14T00:00Z, 2026-01-31T00:00Z, 2026-02-11T00:00Z",
                "day=last fri | 2026-01-30T00:00Z, 2026-02-27T00:00Z, 2026-03-27T00:00Z",
                "year=*/4 | 2026-01-01T00:00Z, 2030-01-01T00:00Z, 2034-01-01T00:00Z"
            })
    @Spec("T-016")
    void a_field_is_a_list_of_stars_values_ranges_steps_and_names(String text, String fires) {
        String start = text.startsWith("year") ? "2026-01-01T00:00:00Z" : START;

        assertThat(String.join(", ", Fires.of(fields(text), start, 3))).isEqualTo(fires);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day=*/31 | 6 | The step value must not be higher than the total range of the expression, 30, but is"
                        + " 31",
                "day=4-6/3 | 8 | The step value must not be higher than the total range of the expression, 2, but is 3",
                "day=0-3 | 4 | The first value must not be lower than the minimum value 1, but is 0",
                "hour=0-24 | 7 | The last value must not be higher than the maximum value 23, but is 24",
                "hour=25/2 | 5 | The last value must not be higher than the maximum value 23, but is 25",
                "hour=99999999999 | 5 | The last value must not be higher than the maximum value 23, but is 999999",
                "day=5-3 | 4 | The minimum value in a range must not be higher than the maximum, but is \"5-3\"",
                "day_of_week=sat-mon | 12 | The minimum value in a range must not be higher than the maximum",
                "minute=*/0 | 9 | The step value must be positive, but is 0. Use 1 or more.",
                "month=1,fab | 8 | The name must be that of a month, but is \"fab\". Did you mean feb? If not, use one"
                        + " of jan, feb",
                "day_of_week=mon-fre | 16 | The name must be that of a weekday, but is \"fre\". Did you mean fri?",
                "day=1st moh | 8 | The name must be that of a weekday, but is \"moh\". Did you mean mon?",
                "day=6th fri | 4 | The place of a weekday must be one of 1st, 2nd, 3rd, 4th, 5th, last, but is \"6th\"",
                "year=2009-fault | 5 | An item must be *, a value, or a range, perhaps with a step, but is"
                        + " \"2009-fault\"",
                "month=3; day=1,,2 | 15 | A list must have an item between two commas, but is nothing",
                "hours=3 | 0 | A field must have a known name, but is \"hours\". Did you mean hour?",
                "hour=3;hour=4 | 7 | A field must be there once, but is \"hour\" again",
                "hour | 0 | Fields are written as name=value, but is \"hour\""
            })
    @Spec({"T-017", "GT12"})
    void what_is_wrong_is_told_with_rule_value_and_position(String text, int position, String message) {
        var thrown = catchThrowableOfType(InvalidTriggerException.class, () -> fields(text));

        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.position()).hasValue(position);
        assertThat(thrown.isNever()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "month=jan/2",
                "day_of_week=mon/2",
                "day=lastfri",
                "day=last fri xyz",
                "day=1st fri of",
                "hour=1-",
                "hour=--1",
                "hour=1 2",
                "hour=1-2-3",
                "hour=5x"
            })
    @Spec({"T-018", "GT12"})
    void nothing_is_read_as_what_it_only_begins_with(String text) {
        assertThatThrownBy(() -> fields(text))
                .isInstanceOf(InvalidTriggerException.class)
                .hasMessageStartingWith("In \"" + text + "\": Cron field");
    }

    @Test
    @Spec("T-017")
    void unknown_fields_are_refused() {
        assertThatThrownBy(() -> CronTrigger.fields(Map.of("second", "0", "third", "1")))
                .hasMessageContaining("A field must have a known name, but is \"third\"");
    }

    @Test
    @Spec("T-020")
    void the_search_begins_after_the_last_fire_or_at_the_present_if_that_is_earlier() {
        var daily = fields("day=*");
        Instant now = instant("2026-01-10T00:00:00Z");

        assertThat(daily.next(UTC, now.minusSeconds(5 * 86_400), now)).contains(instant("2026-01-06T00:00:00Z"));
        assertThat(daily.next(UTC, now, now)).contains(instant("2026-01-11T00:00:00Z"));
        assertThat(daily.next(UTC, now.plusSeconds(86_400), now)).contains(now);
        assertThat(daily.next(UTC, null, now.plusNanos(1))).contains(instant("2026-01-11T00:00:00Z"));
    }

    @Test
    @Spec("T-020")
    void nothing_fires_before_the_start_or_after_the_end_and_both_may_fire() {
        var hourly = fields("hour=*").from(instant("2026-01-05T03:00:00Z")).until(instant("2026-01-05T05:00:00Z"));

        assertThat(Fires.of(hourly, START, 9))
                .containsExactly("2026-01-05T03:00Z", "2026-01-05T04:00Z", "2026-01-05T05:00Z");
    }

    @Test
    @Spec("T-021")
    void months_and_years_without_such_a_day_are_skipped() {
        assertThat(Fires.of(fields("day=31"), START, 3))
                .containsExactly("2026-01-31T00:00Z", "2026-03-31T00:00Z", "2026-05-31T00:00Z");
        assertThat(Fires.of(fields("day=5th thu"), START, 2)).containsExactly("2026-01-29T00:00Z", "2026-04-30T00:00Z");
        assertThat(Fires.of(fields("month=2;day=29"), "2096-01-01T00:00:00Z", 3))
                .containsExactly("2096-02-29T00:00Z", "2104-02-29T00:00Z", "2108-02-29T00:00Z");
        assertThat(Fires.of(fields("week=53;day_of_week=mon"), START, 2))
                .containsExactly("2026-12-28T00:00Z", "2032-12-27T00:00Z");
    }

    @Test
    @Spec("T-025")
    void the_text_has_the_fields_that_were_given() {
        assertThat(fields("day=6-15; month=5-8")).hasToString("cron[month='5-8', day='6-15']");
        assertThat(fields("month=jan")).hasToString("cron[month='jan']");
        assertThat(fields("day=6-15; month=5-8").expression()).isEqualTo("month=5-8; day=6-15");
    }

    @Test
    @Spec({"AP-002", "GT13"})
    void from_sunday_0_and_7_are_sunday_and_weekdays_may_wrap() {
        var weekend = CronTrigger.of(FIELDS_FROM_SUNDAY, "day_of_week=6-7");

        assertThat(weekend.daysOfWeek()).hasToString("[SATURDAY, SUNDAY]");
        assertThat(CronTrigger.of(FIELDS_FROM_SUNDAY, "day_of_week=fri-mon").daysOfWeek())
                .hasToString("[MONDAY, FRIDAY, SATURDAY, SUNDAY]");
        assertThat(fields("day_of_week=0").daysOfWeek()).hasToString("[MONDAY]");
        assertThatThrownBy(() -> CronTrigger.of(FIELDS_FROM_SUNDAY, "hour=22-2"))
                .hasMessageContaining("minimum");
    }

    @Test
    @Spec("T-013")
    void years_reach_from_1970_to_9999() {
        assertThat(fields("year=9999;month=12;day=31").next(UTC, null, instant(START)))
                .contains(instant("9999-12-31T00:00:00Z"));
        assertThat(fields("day=1").next(UTC, null, instant("9999-12-02T00:00:00Z")))
                .isEmpty();
        assertThat(fields("day=1").next(UTC, null, Instant.MIN)).contains(Instant.EPOCH);
        assertThat(fields("day=1").next(UTC, null, Instant.MAX)).isEmpty();
        assertThatThrownBy(() -> fields("year=1969")).hasMessageContaining("minimum value 1970");
    }

    @Test
    @Spec("T-021")
    void from_each_moment_the_next_29_february_is_found_and_no_other_day() {
        var trigger = CronTrigger.of(CronDialect.FIELDS, "month=2;day=29;hour=5");
        LocalDate leapDay = LocalDate.parse("2108-02-29");
        for (LocalDate day = leapDay; day.getYear() >= 1970; day = day.minusDays(1)) {
            boolean isLeapDay = day.getDayOfMonth() == 29 && day.getMonthValue() == 2;
            Instant five = day.atTime(5, 0).toInstant(ZoneOffset.UTC);
            Instant after = leapDay.atTime(5, 0).toInstant(ZoneOffset.UTC);

            assertThat(trigger.next(UTC, null, five)).contains(isLeapDay ? five : after);
            if (isLeapDay && day.isBefore(leapDay)) {
                assertThat(trigger.next(UTC, null, five.plusSeconds(1))).contains(after);
                leapDay = day;
            }
        }
    }
}
