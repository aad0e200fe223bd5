package io.orrery.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class CronWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 2 * * * | at 02:30 every day",
                "0 9,17 * * 1-5 | at 09:00 and 17:00 on Monday to Friday",
                "*/5 * * * * | every 5 minutes",
                "* * * * * | every minute",
                "* * * * * * | every second",
                "*/10 * * * * * | every 10 seconds",
                "7 * * * * | at minute 7 of every hour",
                "5,35 8-10 * * * | at 08:05, 08:35, 09:05, 09:35, 10:05 and 10:35 every day",
                "*/15 9-17 * * mon | every 15 minutes during hour 09 to 17 on Monday",
                "*/5 2 9-17 * * * | every 5 seconds of minute 2 during hour 09 to 17 every day",
                "0 0 29 2 * | at 00:00 on day 29 of the month in February",
                "0 0 13 * fri | at 00:00 on day 13 of the month, and on Friday",
                "0 0 L * * | at 00:00 on the last day of the month",
                "0 0 * jan,jun-aug 5L | at 00:00 on the last Friday of the month in January and June to August",
                "0 0 1,2,3,15 * * | at 00:00 on day 1 to 3 and 15 of the month"
            })
    @Spec("GT13")
    void a_crontab_is_said_in_words(String text, String words) {
        assertThat(Trigger.cron(text).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 0 15W,LW * ? | at 00:00 on the weekday nearest to day 15 and the weekday nearest to the last day"
                        + " of the month",
                "0 0 0 L-2 * ? | at 00:00 on the last day but 2 of the month",
                "0 0 0 ? * FRI#2 2027,2028 | at 00:00 on the second Friday of the month in 2027 and 2028"
            })
    void an_expression_of_quartz_is_said_in_words(String text, String words) {
        assertThat(CronTrigger.of(CronDialect.QUARTZ, text).describe()).isEqualTo(words);
    }

    @Test
    void fields_and_bounds_are_said_in_words() {
        assertThat(CronTrigger.of(CronDialect.FIELDS, "week=8,10;hour=3").describe())
                .isEqualTo("at 03:00 every day in ISO week 8 and 10");
        assertThat(CronTrigger.of(CronDialect.FIELDS, "day=13;day_of_week=fri")
                        .zone("Europe/Paris")
                        .describe())
                .isEqualTo("at 00:00 on day 13 of the month if it is also Friday, in Europe/Paris");
    }

    @Test
    @Spec("GT13")
    void the_builder_says_it_with_names_of_java() {
        var trigger = CronTrigger.builder()
                .at(LocalTime.of(3, 30))
                .on(DayOfWeek.SUNDAY, DayOfWeek.MONDAY)
                .in(Month.DECEMBER, Month.JANUARY)
                .build();

        assertThat(trigger).hasToString("cron[month='1,12', day_of_week='mon,sun', hour='3', minute='30', second='0']");
        assertThat(Fires.of(trigger, "2026-01-01T00:00:00Z", 2))
                .containsExactly("2026-01-04T03:30Z", "2026-01-05T03:30Z");
    }

    @Test
    void the_builder_knows_all_fields() {
        var days = CronTrigger.builder()
                .daysOfMonth(1, 15)
                .lastDayOfMonth()
                .last(DayOfWeek.FRIDAY)
                .nth(1, DayOfWeek.MONDAY);
        var times = CronTrigger.builder()
                .years(2027)
                .weeks(1, 2)
                .hoursBetween(9, 17)
                .everyMinutes(15);
        var seconds = CronTrigger.builder().hours(3).minutes(1, 2).seconds(0, 30);

        assertThat(days.build()).hasToString("cron[day='1,15,last,last fri,1st mon']");
        assertThat(times.build()).hasToString("cron[year='2027', week='1,2', hour='9-17', minute='*/15']");
        assertThat(seconds.build()).hasToString("cron[hour='3', minute='1,2', second='0,30']");
        assertThat(CronTrigger.builder().everySeconds(5).build()).hasToString("cron[second='*/5']");
    }

    @Test
    void the_builder_refuses_what_there_is_not() {
        assertThatThrownBy(() -> CronTrigger.builder().nth(6, DayOfWeek.MONDAY))
                .hasMessage("A month has the first to the fifth of a weekday, but is 6. Use 1 to 5.");
        assertThatThrownBy(() -> CronTrigger.builder().hours(24).build()).hasMessageContaining("maximum value 23");
        assertThatThrownBy(() ->
                        CronTrigger.builder().in(Month.FEBRUARY).daysOfMonth(30).build())
                .hasMessageContaining("never does");
    }
}
