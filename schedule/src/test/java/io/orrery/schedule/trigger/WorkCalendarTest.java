package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.NEW_YORK;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkCalendarTest {

    private static final String START = "2026-12-24T08:00:00Z"; // a Thursday
    private static final WorkCalendar OFFICE = WorkCalendar.weekdays()
            .hours(LocalTime.of(9, 0), LocalTime.of(17, 0))
            .exceptYearly(MonthDay.of(12, 25))
            .except(LocalDate.parse("2026-12-29"));

    @Test
    void nothing_fires_while_it_is_closed() {
        var trigger = Trigger.cron("0 */4 * * *").within(OFFICE);

        assertThat(Fires.of(trigger, START, 5))
                .containsExactly(
                        "2026-12-24T12:00Z",
                        "2026-12-24T16:00Z",
                        "2026-12-28T12:00Z",
                        "2026-12-28T16:00Z",
                        "2026-12-30T12:00Z");
    }

    @Test
    void it_is_closed_when_it_closes_and_open_when_it_opens() {
        var trigger = Trigger.cron("0 9,17 * * *").within(OFFICE);

        assertThat(Fires.of(trigger, START, 2)).containsExactly("2026-12-24T09:00Z", "2026-12-28T09:00Z");
    }

    @Test
    void excluded_dates_are_left_out_in_the_zone_of_the_trigger() {
        var trigger = Trigger.cron("0 20 * * *")
                .zone(NEW_YORK)
                .except(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-26"));

        assertThat(Fires.of(trigger, START, 2)).containsExactly("2026-12-25T20:00-05:00", "2026-12-27T20:00-05:00");
    }

    @Test
    void only_some_weekdays_are_open() {
        var trigger = Trigger.cron("@daily").within(WorkCalendar.everyDay().on(DayOfWeek.SUNDAY, DayOfWeek.MONDAY));

        assertThat(Fires.of(trigger, START, 3))
                .containsExactly("2026-12-27T00:00Z", "2026-12-28T00:00Z", "2027-01-03T00:00Z");
    }

    @Test
    void a_fixed_delay_waits_for_the_next_opening() {
        var trigger = Trigger.every(Duration.ofHours(1)).afterCompletion().within(OFFICE);

        assertThat(trigger.next(UTC, instant("2026-12-24T16:30:00Z"), instant("2026-12-24T16:30:00Z")))
                .contains(instant("2026-12-28T09:00:00Z"));
    }

    @Test
    void what_is_closed_for_ever_ends_with_never() {
        var nights = Trigger.cron("0 3 * * *").within(OFFICE);
        var sundays = Trigger.cron("0 12 * * *")
                .within(WorkCalendar.everyDay()
                        .on(DayOfWeek.SUNDAY)
                        .except(LocalDate.parse("2026-12-27")
                                .datesUntil(LocalDate.parse("2041-01-01"))
                                .toArray(LocalDate[]::new)));

        assertThat(nights.next(UTC, null, instant(START))).isEmpty();
        assertThat(Fires.of(sundays, START, 1)).containsExactly("2041-01-06T12:00Z");
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> OFFICE.hours(LocalTime.of(22, 0), LocalTime.of(6, 0)))
                .hasMessage(
                        "A calendar must open before it closes on the same day, but is 22:00 to 06:00. Exchange them,"
                                + " or combine two triggers by or for a night.");
        var wholeYear = Stream.iterate(LocalDate.parse("2028-01-01"), date -> date.plusDays(1))
                .limit(366)
                .map(MonthDay::from)
                .toArray(MonthDay[]::new);
        assertThatThrownBy(() -> OFFICE.exceptYearly(wholeYear))
                .hasMessage("A calendar must be open on some day of the year, but is on none. Name fewer holidays.");
    }

    @Test
    void it_says_when_it_is_open() {
        assertThat(Trigger.cron("@daily").within(OFFICE).describe())
                .isEqualTo("at 00:00 every day, while open (days mon, tue, wed, thu, fri; except 2026-12-29;"
                        + " exceptYearly --12-25; hours 09:00, 17:00)");
        assertThat(Trigger.cron("@daily").within(OFFICE).type()).isEqualTo("cron");
    }
}
