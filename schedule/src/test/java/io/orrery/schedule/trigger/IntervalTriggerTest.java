package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.NEW_YORK;
import static io.orrery.schedule.trigger.Fires.PARIS;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.trigger.Trigger.Timing;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IntervalTriggerTest {

    private static final Instant NOON = instant("2026-03-01T12:00:00Z");

    @Test
    @Spec({"T-008", "GT11"})
    void without_a_start_it_first_fires_one_interval_after_it_was_registered_or_at_once_if_told_so() {
        var trigger = Trigger.every(Duration.ofMinutes(10));

        assertThat(trigger.next(UTC, null, NOON)).contains(NOON.plusSeconds(600));
        assertThat(trigger.anchored(NOON, 1).next(UTC, null, NOON)).contains(NOON.plusSeconds(600));
        assertThat(trigger.immediately().next(UTC, null, NOON)).contains(NOON);
        assertThat(trigger.immediately().anchored(NOON, 1).next(UTC, null, NOON))
                .contains(NOON);
    }

    @Test
    @Spec({"T-009", "GT11"})
    void it_keeps_its_phase_whenever_it_is_asked() {
        var trigger = Trigger.every(Duration.ofMinutes(10)).anchored(NOON, 1);

        assertThat(trigger.next(UTC, null, NOON.plusSeconds(601))).contains(NOON.plusSeconds(1_200));
        assertThat(trigger.next(UTC, NOON.plusSeconds(607), NOON.plusSeconds(9_999)))
                .contains(NOON.plusSeconds(1_200));
        assertThat(trigger.next(UTC, NOON.plusSeconds(1_200), NOON)).contains(NOON.plusSeconds(1_800));
    }

    @Test
    @Spec("T-009")
    void it_ends_with_its_end_which_still_fires() {
        var trigger = Trigger.every(Duration.ofMinutes(10)).from(NOON).until(NOON.plusSeconds(1_200));

        assertThat(Fires.of(trigger, "2026-03-01T00:00:00Z", 9))
                .containsExactly("2026-03-01T12:00Z", "2026-03-01T12:10Z", "2026-03-01T12:20Z");
        assertThat(trigger.next(UTC, null, NOON.plusSeconds(1_201))).isEmpty();
    }

    @Test
    @Spec({"T-012", "GT11"})
    void an_hour_is_an_hour_when_clocks_are_changed() {
        var trigger = Trigger.every(Duration.ofHours(1)).from(LocalDateTime.parse("2013-03-01T00:00:00"));

        assertThat(Fires.of(trigger, NEW_YORK, "2013-03-10T00:05:00-05:00", 3))
                .containsExactly("2013-03-10T01:00-05:00", "2013-03-10T03:00-04:00", "2013-03-10T04:00-04:00");
        assertThat(Fires.of(trigger, NEW_YORK, "2013-11-03T00:05:00-04:00", 3))
                .containsExactly("2013-11-03T01:00-04:00", "2013-11-03T01:00-05:00", "2013-11-03T02:00-05:00");
    }

    @Test
    @Spec("T-003")
    void the_zone_is_its_own_then_that_of_the_start_then_of_the_end_then_of_the_scheduler() {
        var trigger = Trigger.every(Duration.ofHours(1));
        var local = LocalDateTime.parse("2026-07-01T12:00:00");
        var start = ZonedDateTime.parse("2026-03-01T12:00:00Z[Europe/London]");
        var end = ZonedDateTime.parse("2027-03-01T12:00:00+09:00[Asia/Tokyo]");

        assertThat(trigger.zoneOr(PARIS)).isEqualTo(PARIS);
        assertThat(trigger.until(end).zoneOr(PARIS)).isEqualTo(end.getZone());
        assertThat(trigger.until(end).from(start).zoneOr(PARIS)).isEqualTo(start.getZone());
        assertThat(trigger.until(end).from(start).zone(NEW_YORK).zoneOr(PARIS)).isEqualTo(NEW_YORK);
        assertThat(trigger.from(local).until(end).next(PARIS, null, NOON)).contains(instant("2026-07-01T03:00:00Z"));
        assertThat(trigger.from(local).next(PARIS, null, NOON)).contains(instant("2026-07-01T10:00:00Z"));
    }

    @Test
    @Spec("GT11")
    void a_fixed_delay_counts_from_the_end_of_the_run_before() {
        var trigger = Trigger.every(Duration.ofMinutes(10)).afterCompletion();

        assertThat(trigger.timing()).isEqualTo(Timing.AFTER_COMPLETION);
        assertThat(trigger.anchored(NOON, 1)).isSameAs(trigger);
        assertThat(trigger.next(UTC, null, NOON)).contains(NOON.plusSeconds(600));
        assertThat(trigger.immediately().next(UTC, null, NOON)).contains(NOON);
        assertThat(trigger.next(UTC, NOON.plusSeconds(7), NOON.plusSeconds(8))).contains(NOON.plusSeconds(607));
        assertThat(trigger.until(NOON).next(UTC, NOON, NOON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-5M"})
    @Spec("T-008")
    void zero_and_negative_intervals_are_refused(String interval) {
        assertThatThrownBy(() -> Trigger.every(Duration.parse(interval)))
                .isInstanceOf(InvalidTriggerException.class)
                .hasMessage("The interval must be positive, but is " + interval
                        + ". Use a positive duration, such as Duration.ofMinutes(5).");
    }

    @Test
    @Spec("T-008")
    void an_interval_is_at_most_so_long_that_moments_can_be_reckoned_with() {
        Duration longest = Duration.ofDays(3_652_425);

        for (Duration absurd : List.of(longest.plusNanos(1), Duration.ofDays(1_000_000_000_000L))) {
            assertThatThrownBy(() -> Trigger.every(absurd))
                    .isInstanceOf(InvalidTriggerException.class)
                    .hasMessage("The interval must be at most 10,000 years, but is " + absurd
                            + ". Use a date, or trigger it by hand, for what is not to come again.");
        }
        assertThat(Trigger.every(longest).next(UTC, null, Instant.EPOCH)).hasValue(Instant.EPOCH.plus(longest));
    }

    @Test
    @Spec("T-008")
    void an_end_before_the_start_is_refused() {
        var trigger = Trigger.every(Duration.ofMinutes(5)).from(NOON);

        assertThatThrownBy(() -> trigger.until(NOON.minusSeconds(1)))
                .hasMessage("The end must not be before the start, 2026-03-01 12:00:00 Z, but is 2026-03-01 11:59:59 Z."
                        + " Exchange them, or leave the end out.");
    }

    @Test
    @Spec("T-003")
    void a_start_that_does_not_exist_in_its_own_zone_is_refused() {
        var trigger = Trigger.every(Duration.ofMinutes(5)).from(LocalDateTime.parse("2025-03-30T02:30:00"));

        assertThatThrownBy(() -> trigger.zone(PARIS))
                .hasMessage("The start must exist in its zone, Europe/Paris, but is 2025-03-30 02:30:00, over which the"
                        + " clocks are put forward. Use a time before or after that gap.");
    }

    @Test
    @Spec({"T-008", "GT11"})
    void very_long_and_very_short_intervals_keep_their_phase() {
        Instant far = instant("2500-01-01T00:00:00Z");
        Duration centuries = Duration.ofDays(200 * 365);

        assertThat(Trigger.every(centuries).from(NOON).next(UTC, null, far))
                .contains(NOON.plus(centuries.multipliedBy(3)));
        assertThat(Trigger.every(Duration.ofNanos(3)).from(NOON).next(UTC, null, far))
                .hasValueSatisfying(fire ->
                        assertThat(Duration.between(far, fire).toNanos()).isBetween(0L, 2L));
    }

    @Test
    void moments_are_counted_without_walking_along_them() {
        var trigger = Trigger.every(Duration.ofNanos(1)).from(NOON).until(NOON.plusSeconds(1_000_000_000));

        assertThat(trigger.count(UTC, NOON.minusSeconds(9), NOON.plusSeconds(5), Long.MAX_VALUE))
                .isEqualTo(5_000_000_001L);
        assertThat(trigger.count(UTC, NOON, NOON.plusSeconds(5), 17)).isEqualTo(17);
        assertThat(trigger.count(UTC, NOON.minusSeconds(9), NOON.minusSeconds(5), 17))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT1S | interval[0:00:01]",
                "PT26H3M | interval[1 day, 2:03:00]",
                "P2DT0.5S | interval[2 days, 0:00:00.500000]"
            })
    @Spec("T-011")
    void it_says_how_long(String interval, String text) {
        assertThat(Trigger.every(Duration.parse(interval))).hasToString(text);
    }

    @Test
    @Spec("T-011")
    void it_says_all_of_it_in_words() {
        var trigger = Trigger.every(Duration.ofMinutes(90))
                .from(NOON)
                .until(NOON.plusSeconds(86_400))
                .zone(PARIS);

        assertThat(trigger.describe())
                .isEqualTo("every 1h30m, from 2026-03-01 12:00:00 Z, until 2026-03-02 12:00:00 Z, in Europe/Paris");
        assertThat(Trigger.every(Duration.ofSeconds(5))
                        .afterCompletion()
                        .immediately()
                        .describe())
                .isEqualTo("every 5s after the run before, at once for the first time");
    }

    @Test
    void the_last_time_of_a_span_and_how_many_there_are_come_out_as_if_they_were_gone_through() {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Duration interval = Duration.ofNanos(1 + random.nextLong(3_000_000_000L));
            Instant start = NOON.plusNanos(random.nextLong(1_000_000_000L));
            var trigger = Trigger.every(interval).from(start).until(start.plus(interval.multipliedBy(40)));
            Instant from =
                    start.plus(interval.multipliedBy(random.nextInt(50) - 5)).plusNanos(random.nextInt(3) - 1);
            Instant to = from.plus(interval.multipliedBy(random.nextInt(30))).plusNanos(random.nextInt(3) - 1);
            List<Instant> all = new ArrayList<>();
            for (Instant at = start; !at.isAfter(to) && all.size() <= 40; at = at.plus(interval)) {
                all.add(at);
            }
            List<Instant> within = all.stream().filter(at -> !at.isBefore(from)).toList();

            assertThat(trigger.latest(UTC, from, to))
                    .as("%s from %s to %s", trigger, from, to)
                    .isEqualTo(within.isEmpty() ? Optional.empty() : Optional.of(within.getLast()));
            assertThat(trigger.count(UTC, from, to, 1_000)).isEqualTo(within.size());
        }
    }

    @Test
    void the_last_time_of_a_span_of_ages_is_found_too() {
        Instant late = NOON.plus(Duration.ofDays(400_000));
        var trigger = Trigger.every(Duration.ofSeconds(7)).from(NOON);

        assertThat(trigger.latest(UTC, NOON, late))
                .contains(late.minusSeconds(Duration.ofDays(400_000).toSeconds() % 7));
        assertThat(trigger.count(UTC, NOON, late, Long.MAX_VALUE))
                .isEqualTo(Duration.ofDays(400_000).toSeconds() / 7 + 1);
    }
}
