package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.schedule.trigger.Trigger.Timing;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JitterTest {

    private static final Instant NOW = instant("2026-01-01T00:00:00Z");
    private static final Trigger EVERY_10_SECONDS = Trigger.every(Duration.ofSeconds(10));

    @Test
    @Spec("T-002")
    void each_fire_is_delayed_by_some_part_of_the_jitter_below_seconds_too() {
        var trigger = Trigger.cron("* * * * *").jitter(Duration.ofSeconds(5));

        var delays = LongStream.range(0, 1_000)
                .mapToObj(
                        seed -> trigger.anchored(NOW, seed).next(UTC, null, NOW).orElseThrow())
                .map(fire -> Duration.between(NOW, fire).toNanos())
                .toList();

        assertThat(delays).allMatch(delay -> delay >= 0 && delay < 5_000_000_000L);
        assertThat(delays.stream().mapToLong(delay -> delay).average().orElseThrow())
                .isBetween(2.2e9, 2.8e9);
        assertThat(new HashSet<>(delays)).hasSizeGreaterThan(990);
    }

    @Test
    @Spec({"T-010", "GT10"})
    void delays_do_not_add_up() {
        var trigger = EVERY_10_SECONDS.jitter(Duration.ofSeconds(10)).anchored(NOW, 42);

        Instant fire = null;
        for (int i = 1; i <= 100; i++) {
            fire = trigger.next(UTC, fire, fire == null ? NOW : fire).orElseThrow();
            assertThat(Duration.between(NOW.plusSeconds(10L * i), fire))
                    .isBetween(Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    @Test
    @Spec({"GT10", "AP-007"})
    void a_delay_ends_before_the_next_fire() {
        var trigger = EVERY_10_SECONDS.jitter(Duration.ofDays(1)).anchored(NOW, 7);

        Instant previous = null;
        for (int i = 1; i <= 1_000; i++) {
            Instant fire = trigger.next(UTC, previous, NOW).orElseThrow();
            assertThat(fire)
                    .isBetween(
                            NOW.plusSeconds(10L * i),
                            NOW.plusSeconds(10L * (i + 1)).minusNanos(1));
            previous = fire;
        }
    }

    @Test
    @Spec({"T-002", "T-020"})
    void a_delay_ends_with_the_end() {
        var trigger = Trigger.every(Duration.ofSeconds(10))
                .from(NOW)
                .until(NOW.plusSeconds(10))
                .jitter(Duration.ofDays(1));

        assertThat(trigger.next(UTC, NOW.plusSeconds(3), NOW.plusSeconds(3))).contains(NOW.plusSeconds(10));
        assertThat(trigger.next(UTC, NOW.plusSeconds(10), NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    @Spec("T-002")
    void what_has_ended_stays_ended_and_what_has_passed_may_be_delayed_beyond_the_present() {
        assertThat(Trigger.at(NOW).jitter(Duration.ofSeconds(5)).next(UTC, NOW, NOW))
                .isEmpty();
        assertThat(Jitter.delayed(NOW.minusSeconds(14), Duration.ofSeconds(60), 0.5))
                .isEqualTo(NOW.plusSeconds(16));
    }

    @Test
    @Spec("GT10")
    void the_delay_of_a_fire_is_always_the_same_so_that_a_preview_shows_what_will_happen() {
        var trigger = EVERY_10_SECONDS.jitter(Duration.ofSeconds(5)).anchored(NOW, 7);

        assertThat(Fires.of(trigger, "2026-01-01T00:00:00Z", 20))
                .isEqualTo(Fires.of(trigger, "2026-01-01T00:00:00Z", 20));
        assertThat(trigger.anchored(NOW.plusSeconds(3), 8)).isSameAs(trigger);
        assertThat(Trigger.fromData(trigger.toData()).next(UTC, null, NOW)).isEqualTo(trigger.next(UTC, null, NOW));
    }

    @Test
    void a_delayed_trigger_can_be_a_member_and_has_the_same_moments_there() {
        var trigger = Trigger.every(Duration.ofSeconds(10))
                .from(NOW)
                .jitter(Duration.ofSeconds(9))
                .anchored(NOW, 7);

        assertThat(Fires.of(Trigger.or(trigger), "2026-01-01T00:00:00Z", 50))
                .isEqualTo(Fires.of(trigger, "2026-01-01T00:00:00Z", 50));
        assertThat(trigger.count(UTC, NOW, NOW.plusSeconds(99), 1_000)).isEqualTo(10);
    }

    @Test
    void a_fixed_delay_is_jittered_from_the_end_of_the_run() {
        var trigger = Trigger.every(Duration.ofSeconds(10)).afterCompletion().jitter(Duration.ofSeconds(5));

        assertThat(trigger.timing()).isEqualTo(Timing.AFTER_COMPLETION);
        assertThat(trigger.next(UTC, NOW, NOW))
                .hasValueSatisfying(fire -> assertThat(fire).isBetween(NOW.plusSeconds(10), NOW.plusSeconds(15)));
    }

    @Test
    void only_a_positive_jitter_is_one() {
        assertThatThrownBy(() -> EVERY_10_SECONDS.jitter(Duration.ZERO))
                .hasMessage("Jitter must be positive, and at most 36500 days, but is PT0S. Leave it out for none.");
    }

    @Test
    void it_is_of_the_kind_of_what_it_delays() {
        var trigger = Trigger.now().jitter(Duration.ofSeconds(5));

        assertThat(trigger.type()).isEqualTo("date");
        assertThat(trigger.isNeverTooLate()).isTrue();
        assertThat(trigger).hasToString("date[now] + 5s");
        assertThat(trigger.describe()).isEqualTo("once, when it is registered, up to 5s later");
    }
}
