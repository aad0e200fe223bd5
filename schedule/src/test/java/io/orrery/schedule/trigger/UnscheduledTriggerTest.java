package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.trigger.Trigger.Timing;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the clock does not fire, and what is asked of spans of time. */
@Timeout(30)
class UnscheduledTriggerTest {

    private static final Instant NOW = instant("2026-01-01T00:00:00Z");

    @Test
    @Spec("T-029")
    void shutdown_and_manual_never_fire_by_the_clock() {
        assertThat(Trigger.atShutdown().next(UTC, null, NOW)).isEmpty();
        assertThat(Trigger.manual().next(UTC, NOW, NOW)).isEmpty();
        assertThat(Trigger.atShutdown().timing()).isEqualTo(Timing.AT_SHUTDOWN);
        assertThat(Trigger.manual().timing()).isEqualTo(Timing.ON_DEMAND);
        assertThat(Trigger.cron("@daily").timing()).isEqualTo(Timing.SCHEDULED);
        assertThat(Trigger.atShutdown().anchored(NOW, 1)).isSameAs(Trigger.atShutdown());
        assertThat(Trigger.atShutdown()).hasToString("shutdown");
        assertThat(Trigger.manual().describe()).isEqualTo("only when asked for");
    }

    @Test
    @Spec("GT31")
    void the_last_moment_of_a_span_is_found_without_walking_along_it() {
        Instant tenYears = NOW.plus(Duration.ofDays(3_652));

        assertThat(Trigger.cron("* * * * * *").latest(UTC, NOW, tenYears.plusMillis(1)))
                .contains(tenYears);
        assertThat(Trigger.cron("0 3 * * 1-5").latest(UTC, NOW, instant("2026-01-05T02:00:00Z")))
                .contains(instant("2026-01-02T03:00:00Z"));
        assertThat(Trigger.cron("0 3 * * *").latest(UTC, NOW, instant("2026-01-05T03:00:00Z")))
                .contains(instant("2026-01-05T03:00:00Z"));
        assertThat(Trigger.cron("0 3 * * *").latest(UTC, NOW, NOW.plusSeconds(60)))
                .isEmpty();
        assertThat(Trigger.every(Duration.ofNanos(1)).from(NOW).latest(UTC, NOW, tenYears))
                .contains(tenYears);
        assertThat(Trigger.manual().latest(UTC, NOW, tenYears)).isEmpty();
    }

    @Test
    @Spec("GT31")
    void the_moments_of_a_span_are_counted_up_to_a_limit() {
        assertThat(Trigger.cron("0 * * * *").count(UTC, NOW, NOW.plusSeconds(86_400), 1_000))
                .isEqualTo(25);
        assertThat(Trigger.cron("0 * * * *").count(UTC, NOW, NOW.plusSeconds(86_400), 10))
                .isEqualTo(10);
        assertThat(Trigger.at(NOW).count(UTC, NOW, NOW, 10)).isEqualTo(1);
    }
}
