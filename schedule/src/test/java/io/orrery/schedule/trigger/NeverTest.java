package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would never fire is refused, and no search goes on for ever. */
@Timeout(30)
class NeverTest {

    private static final Instant NOW = instant("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day=30;month=2 | 13",
                "month=2;day=30 | 13",
                "day=3rd wed;day_of_week=thu | 4",
                "year=2027;month=2;day=29 | 24",
                "year=2009;month=1;day=6-10;day_of_week=0,6 | 24",
                "week=53;month=6 | 14",
                "day=31;month=4,6,9,11 | 20"
            })
    @Spec({"T-024", "GT14"})
    void an_expression_that_no_date_matches_is_refused_with_the_place(String text, int position) {
        var thrown =
                catchThrowableOfType(InvalidTriggerException.class, () -> CronTrigger.of(CronDialect.FIELDS, text));

        assertThat(thrown).hasMessageContaining("A cron expression must match some date, but \"");
        assertThat(thrown.isNever()).isTrue();
        assertThat(thrown.position()).hasValue(position);
    }

    @Test
    @Spec("GT14")
    void the_rarest_date_is_found_and_the_last_is_the_last() {
        var leapMonday = CronTrigger.of(CronDialect.FIELDS, "month=2;day=29;day_of_week=mon");
        var once = CronTrigger.of(CronDialect.FIELDS, "year=2025;month=6");

        assertThat(Fires.of(leapMonday, "2072-03-01T00:00:00Z", 1)).containsExactly("2112-02-29T00:00Z");
        assertThat(once.next(UTC, null, NOW)).isEmpty();
    }

    @Test
    @Spec({"T-026", "GT15"})
    void combinations_that_never_coincide_end_with_never() {
        var odd = CronTrigger.of(CronDialect.FIELDS, "minute=1/2");
        var even = CronTrigger.of(CronDialect.FIELDS, "minute=*/2");

        assertThat(Trigger.and(odd, even).next(UTC, null, NOW)).isEmpty();
        assertThat(Trigger.and(odd, even).next(UTC, NOW, NOW)).isEmpty();
    }

    @Test
    @Spec("GT15")
    void intervals_that_never_coincide_are_refused_by_arithmetic() {
        var one = Trigger.every(Duration.ofSeconds(4)).from(NOW);
        var other = Trigger.every(Duration.ofSeconds(6)).from(NOW.plusSeconds(1));

        var thrown = catchThrowableOfType(InvalidTriggerException.class, () -> Trigger.and(one, other));

        assertThat(thrown).hasMessageStartingWith("The members of and must coincide some time, but every 4s, from");
        assertThat(thrown.isNever()).isTrue();
        assertThat(Trigger.and(Duration.ofSeconds(1), one, other).next(UTC, null, NOW))
                .contains(NOW);
    }
}
