package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.NEW_YORK;
import static io.orrery.schedule.trigger.Fires.PARIS;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DateTriggerTest {

    private static final Instant NOON = instant("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "2026-03-01T12:00:00Z", "2030-01-01T00:00:00Z"})
    @Spec("T-006")
    void it_fires_once_also_if_the_moment_has_passed(String now) {
        Trigger trigger = Trigger.at(NOON);

        assertThat(trigger.next(UTC, null, instant(now))).contains(NOON);
        assertThat(trigger.next(UTC, NOON, instant(now))).isEmpty();
    }

    @Test
    @Spec({"T-006", "T-007", "T-001"})
    void without_a_moment_it_fires_when_it_is_registered_and_is_never_too_late() {
        Trigger open = Trigger.now();
        Trigger kept = open.anchored(NOON, 1);

        assertThat(open.next(UTC, null, NOON)).contains(NOON);
        assertThat(kept.next(UTC, null, NOON.plusSeconds(3_600))).contains(NOON);
        assertThat(kept.isNeverTooLate()).isTrue();
        assertThat(Trigger.at(NOON).isNeverTooLate()).isFalse();
        assertThat(Trigger.cron("@daily").isNeverTooLate()).isFalse();
    }

    @Test
    @Spec("T-007")
    void it_can_be_told_not_to_fire_if_the_moment_has_passed() {
        Trigger trigger = Trigger.at(NOON).onlyIfAhead();

        assertThat(trigger.next(UTC, null, NOON)).contains(NOON);
        assertThat(trigger.next(UTC, null, NOON.plusNanos(1))).isEmpty();
    }

    @Test
    @Spec({"T-003", "T-004"})
    void a_local_time_is_one_of_the_schedulers_zone_and_a_zoned_one_keeps_its_own() {
        Trigger local = Trigger.at(LocalDateTime.parse("2026-07-01T12:00:00"));
        Trigger zoned = Trigger.at(ZonedDateTime.parse("2026-07-01T12:00:00-04:00[America/New_York]"));

        assertThat(local.next(PARIS, null, NOON)).contains(instant("2026-07-01T10:00:00Z"));
        assertThat(local.next(NEW_YORK, null, NOON)).contains(instant("2026-07-01T16:00:00Z"));
        assertThat(local.zoneOr(PARIS)).isEqualTo(PARIS);
        assertThat(zoned.next(PARIS, null, NOON)).contains(instant("2026-07-01T16:00:00Z"));
        assertThat(zoned.zoneOr(PARIS)).isEqualTo(NEW_YORK);
        assertThat(Trigger.at(LocalDateTime.parse("2026-07-01T12:00:00")).zone(NEW_YORK))
                .isEqualTo(zoned);
    }

    @Test
    @Spec("T-004")
    void a_local_time_in_a_gap_is_moved_on_and_of_a_repeated_one_it_is_the_first() {
        Trigger gap = Trigger.at("2026-03-29 02:30:00");
        Trigger repeated = Trigger.at("2026-10-25 02:30:00");

        assertThat(gap.next(PARIS, null, NOON)).contains(instant("2026-03-29T01:30:00Z"));
        assertThat(repeated.next(PARIS, null, NOON)).contains(instant("2026-10-25T00:30:00Z"));
    }

    @Test
    @Spec("T-004")
    void dates_are_midnight_and_any_date_time_will_do() {
        assertThat(Trigger.at(LocalDate.parse("2026-03-01")).next(PARIS, null, NOON))
                .contains(instant("2026-02-28T23:00:00Z"));
        assertThat(Trigger.at(OffsetDateTime.parse("2026-03-01T02:30:00+01:00")).next(UTC, null, NOON))
                .contains(instant("2026-03-01T01:30:00Z"));
        assertThatThrownBy(() -> Trigger.at(LocalTime.NOON))
                .isInstanceOf(InvalidTriggerException.class)
                .hasMessage(
                        "A moment must be an Instant, a date-time with or without zone, or a date, but is a LocalTime:"
                                + " 12:00. Convert it.");
    }

    @ParameterizedTest
    @CsvSource({
        "2022-8-1, 2022-08-01T00:00+02:00[Europe/Paris]",
        "2022-8-1 5:16:12, 2022-08-01T05:16:12+02:00[Europe/Paris]",
        "2022-8-1T5:16:12.5, 2022-08-01T05:16:12.500+02:00[Europe/Paris]",
        "2022-8-1T5:16:12Z, 2022-08-01T05:16:12Z",
        "2022-8-1T5:16:12+02:30, 2022-08-01T05:16:12+02:30",
        "2022-08-01T05:16:12-04:00[America/New_York], 2022-08-01T05:16:12-04:00[America/New_York]"
    })
    @Spec("T-004")
    void moments_are_read_from_text(String text, String expected) {
        assertThat(DateTrigger.parse(text, PARIS)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"19700-12-1", "tomorrow", "2026-02-30", "2026-01-01T25:00:00", ""})
    @Spec("T-004")
    void other_text_is_refused(String text) {
        assertThatThrownBy(() -> Trigger.at(text))
                .isInstanceOf(InvalidTriggerException.class)
                .hasMessageStartingWith("A moment is written like 2026-03-01, 2026-03-01 02:30:00 or"
                        + " 2026-03-01T02:30:00+01:00, but this is \"" + text + "\"");
    }

    @Test
    @Spec("T-004")
    void a_local_time_without_any_zone_is_refused() {
        assertThatThrownBy(() -> DateTrigger.parse("2022-8-1", null))
                .hasMessage("A time without an offset needs a zone, but is \"2022-8-1\". Name a zone or an offset.");
    }

    @Test
    @Spec("T-006")
    void it_says_when() {
        assertThat(Trigger.at("2022-11-03T18:40:00+00:00[Europe/London]")).hasToString("date[2022-11-03 18:40:00 GMT]");
        assertThat(Trigger.now()).hasToString("date[now]");
        assertThat(Trigger.at(NOON).describe()).isEqualTo("once, at 2026-03-01 12:00:00 Z");
    }
}
