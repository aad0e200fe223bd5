package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.PARIS;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Spec("AP-001")
class CalendarIntervalTriggerTest {

    private static final String START = "2026-01-01T00:00:00Z";

    @Test
    void months_keep_the_day_and_those_without_it_are_skipped() {
        var trigger = Trigger.every(Period.ofMonths(1)).from(LocalDate.parse("2026-01-31"));

        assertThat(Fires.of(trigger, START, 4))
                .containsExactly("2026-01-31T00:00Z", "2026-03-31T00:00Z", "2026-05-31T00:00Z", "2026-07-31T00:00Z");
        assertThat(Fires.of(Trigger.every(Period.ofYears(1)).from(LocalDate.parse("2024-02-29")), START, 2))
                .containsExactly("2028-02-29T00:00Z", "2032-02-29T00:00Z");
    }

    @Test
    void days_are_added_after_months() {
        var trigger = Trigger.every(Period.of(0, 1, 1))
                .from(LocalDate.parse("2026-01-15"))
                .at(LocalTime.of(6, 30));

        assertThat(Fires.of(trigger, START, 3))
                .containsExactly("2026-01-15T06:30Z", "2026-02-16T06:30Z", "2026-03-17T06:30Z");
    }

    @Test
    void the_phase_is_that_of_the_first_date_however_late_it_is_asked() {
        var fortnightly = Trigger.every(Period.ofWeeks(2)).from(LocalDate.parse("2000-01-03"));
        var quarterly = Trigger.every(Period.ofMonths(3)).from(LocalDate.parse("2000-01-31"));

        assertThat(Fires.of(fortnightly, START, 2)).containsExactly("2026-01-12T00:00Z", "2026-01-26T00:00Z");
        assertThat(Fires.of(quarterly, START, 3))
                .containsExactly("2026-01-31T00:00Z", "2026-07-31T00:00Z", "2026-10-31T00:00Z");
    }

    @Test
    void the_local_time_stays_the_same_when_clocks_are_changed() {
        var trigger = Trigger.every(Period.ofDays(1))
                .from(LocalDate.parse("2026-03-28"))
                .at(LocalTime.of(2, 30));

        assertThat(Fires.of(trigger, PARIS, START, 2))
                .containsExactly("2026-03-28T02:30+01:00", "2026-03-30T02:30+02:00");
        assertThat(Fires.of(trigger, PARIS, "2026-10-25T00:00:00+02:00", 2))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void the_last_date_fires_and_nothing_after_it() {
        var trigger = Trigger.every(Period.ofDays(1))
                .from(LocalDate.parse("2026-03-28"))
                .until(LocalDate.parse("2026-03-29"))
                .at(LocalTime.NOON);

        assertThat(Fires.of(trigger, START, 9)).containsExactly("2026-03-28T12:00Z", "2026-03-29T12:00Z");
        assertThat(trigger.jitter(Duration.ofDays(1)).next(UTC, null, instant("2026-03-29T00:00:00Z")))
                .hasValueSatisfying(fire -> assertThat(fire).isBefore(instant("2026-03-30T00:00:00Z")));
    }

    @Test
    void without_a_first_date_it_is_that_of_the_registration() {
        var trigger = Trigger.every(Period.ofDays(2)).at(LocalTime.of(6, 0));

        assertThat(Fires.of(trigger.anchored(instant("2026-01-01T07:00:00Z"), 1), "2026-01-01T07:00:00Z", 2))
                .containsExactly("2026-01-03T06:00Z", "2026-01-05T06:00Z");
        assertThat(trigger.next(UTC, null, instant("2026-01-01T05:00:00Z"))).contains(instant("2026-01-01T06:00:00Z"));
        assertThat(trigger.next(UTC, instant("2026-01-01T06:00:00Z"), instant("2026-01-01T06:00:00Z")))
                .contains(instant("2026-01-03T06:00:00Z"));
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> Trigger.every(Period.ZERO))
                .hasMessage("A calendar interval must be at least one day long, but is P0D. Use Period.ofDays(1), or an"
                        + " interval of elapsed time.");
        assertThatThrownBy(() -> Trigger.every(Period.of(0, 1, -1)))
                .hasMessageStartingWith("No part of a calendar interval must be negative, but is P1M-1D.");
        var trigger = Trigger.every(Period.ofDays(1)).from(LocalDate.parse("2016-03-04"));
        assertThatThrownBy(() -> trigger.until(LocalDate.parse("2016-03-03")))
                .hasMessageStartingWith("The end must not be before the start, 2016-03-04 00:00:00, but is 2016-03-03");
    }

    @Test
    void it_says_when() {
        var trigger = Trigger.every(Period.of(1, 2, 3)).at(LocalTime.of(2, 30));

        assertThat(trigger).hasToString("calendarinterval[P1Y2M3D at 02:30]");
        assertThat(trigger.describe()).isEqualTo("every year and 2 months and 3 days at 02:30");
    }
}
