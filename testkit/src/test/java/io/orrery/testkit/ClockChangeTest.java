package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClockChangeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void a_change_says_when_and_which_local_times_are_concerned() {
        ClockChange spring = ClockChange.gap(ZoneId.of("Europe/Paris"), 2026);
        ClockChange autumn = ClockChange.overlap(ZoneId.of("Europe/Paris"), 2026);

        assertThat(spring).hasToString("Europe/Paris, 2026-03-29T02:00 to 2026-03-29T03:00 left out");
        assertThat(autumn).hasToString("Europe/Paris, 2026-10-25T02:00 to 2026-10-25T03:00 repeated");
        assertThat(spring.at()).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(autumn.at()).isEqualTo("2026-10-25T01:00:00Z");
        assertThat(spring)
                .isEqualTo(ClockChange.gap(ZoneId.of("Europe/Paris"), 2026))
                .hasSameHashCodeAs(ClockChange.gap(ZoneId.of("Europe/Paris"), 2026))
                .isNotEqualTo(autumn);
    }

    @Test
    void a_zone_without_changes_has_none() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClockChange.gap(ZoneOffset.UTC, 2026))
                .withMessage(
                        "The clocks of a zone are changed in some years, but those of Z do not leave times out in 2026."
                                + " Choose another year, or another zone.");
    }

    @ParameterizedTest
    @MethodSource("io.orrery.testkit.ClockChange#notable")
    void the_times_that_it_names_do_not_exist_or_come_twice(ClockChange change) {
        var rules = change.zone().getRules();

        for (LocalDateTime inside :
                new LocalDateTime[] {change.first(), change.end().minusNanos(1)}) {
            assertThat(rules.getValidOffsets(inside)).hasSize(change.isGap() ? 0 : 2);
        }
        assertThat(rules.getValidOffsets(change.end())).hasSize(1);
        assertThat(Duration.between(change.first(), change.end())).isEqualTo(change.length());
    }

    @ParameterizedTest
    @MethodSource("io.orrery.testkit.ClockChange#notable")
    @Spec({"T-022", "T-012", "GT11"})
    void a_scheduler_fires_a_local_time_as_often_as_it_exists_and_an_interval_by_the_hour(ClockChange change)
            throws InterruptedException {
        ManualTime time = ManualTime.stoppedAt(change.at().minus(Duration.ofHours(36)));
        LocalDateTime inside = change.first().plus(change.length().dividedBy(2));
        var recorder = new ScheduleRecorder();
        Scheduler scheduler =
                Scheduler.named("test").time(time).zone(change.zone()).open();
        try (scheduler) {
            scheduler.listen(recorder);
            scheduler.start();
            scheduler.add(Schedule.named("cron")
                    .cron("%d %d * * *".formatted(inside.getMinute(), inside.getHour()))
                    .action(() -> {}));
            scheduler.add(Schedule.named("interval").every(HOUR).action(() -> {}));
            time.advance(Duration.ofDays(3));
        }

        assertThat(recorder.fired("cron").stream()
                        .map(at -> ZonedDateTime.ofInstant(at, change.zone()).toLocalDateTime())
                        .filter(inside::equals))
                .hasSize(change.isGap() ? 0 : 2);
        assertThat(recorder.fired("interval")).hasSize(72);
    }
}
