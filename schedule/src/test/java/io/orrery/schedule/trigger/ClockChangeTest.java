package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.NEW_YORK;
import static io.orrery.schedule.trigger.Fires.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cron does where the clocks are changed. */
@Timeout(30)
@Spec({"T-022", "T-023"})
class ClockChangeTest {

    @Test
    void a_time_in_the_gap_never_fires() {
        assertThat(Fires.of(Trigger.cron("30 2 * * *"), PARIS, "2026-03-28T00:00:00+01:00", 2))
                .containsExactly("2026-03-28T02:30+01:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void a_time_in_the_gap_fires_at_its_end_if_told_so_once() {
        var atHalfPast = Trigger.cron("30 2 * * *").gaps(GapRule.FIRE_AT_END);
        var often = Trigger.cron("*/20 2 * * *").gaps(GapRule.FIRE_AT_END);

        assertThat(Fires.of(atHalfPast, PARIS, "2026-03-28T03:00:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(Fires.of(often, PARIS, "2026-03-28T03:00:00+01:00", 2))
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:00+02:00");
    }

    @Test
    void a_repeated_time_fires_twice() {
        assertThat(Fires.of(Trigger.cron("30 2 * * *"), PARIS, "2026-10-25T00:00:00+02:00", 3))
                .containsExactly("2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void a_repeated_time_fires_once_if_told_so() {
        var trigger = Trigger.cron("*/30 2 * * *").repeats(RepeatRule.ONCE);

        assertThat(Fires.of(trigger, PARIS, "2026-10-25T00:00:00+02:00", 3))
                .containsExactly("2026-10-25T02:00+02:00", "2026-10-25T02:30+02:00", "2026-10-26T02:00+01:00");
        assertThat(Fires.of(trigger, PARIS, "2026-10-25T02:10:00+01:00", 1)).containsExactly("2026-10-26T02:00+01:00");
    }

    @Test
    void a_repeated_hour_is_not_skipped_by_steps() {
        assertThat(Fires.of(Trigger.cron("*/30 * * * *"), NEW_YORK, "2013-11-03T01:05:00-04:00", 4))
                .containsExactly(
                        "2013-11-03T01:30-04:00",
                        "2013-11-03T01:00-05:00",
                        "2013-11-03T01:30-05:00",
                        "2013-11-03T02:00-05:00");
    }

    @Test
    void no_monday_is_skipped_in_the_week_of_the_change() {
        var mondays = CronTrigger.of(CronDialect.FIELDS, "day_of_week=mon");

        assertThat(Fires.of(mondays, NEW_YORK, "2024-03-09T00:00:00-05:00", 1))
                .containsExactly("2024-03-11T00:00-04:00");
    }

    @Test
    void half_an_hour_and_a_whole_day_are_gaps_as_well() {
        var lordHowe = ZoneId.of("Australia/Lord_Howe");
        var apia = ZoneId.of("Pacific/Apia");

        assertThat(Fires.of(Trigger.cron("*/15 2 * * *"), lordHowe, "2026-10-04T00:00:00+10:30", 2))
                .containsExactly("2026-10-04T02:30+11:00", "2026-10-04T02:45+11:00");
        assertThat(Fires.of(Trigger.cron("45 1 * * *"), lordHowe, "2026-04-05T00:00:00+11:00", 2))
                .containsExactly("2026-04-05T01:45+11:00", "2026-04-05T01:45+10:30");
        assertThat(Fires.of(Trigger.cron("0 12 * * *"), apia, "2011-12-29T00:00:00-10:00", 2))
                .containsExactly("2011-12-29T12:00-10:00", "2011-12-31T12:00+14:00");
        assertThat(Fires.of(
                        Trigger.cron("0 12 30 12 *").gaps(GapRule.FIRE_AT_END), apia, "2011-12-29T00:00:00-10:00", 1))
                .containsExactly("2011-12-31T00:00+14:00");
    }

    @Test
    void the_rules_hold_beyond_the_years_for_which_offsets_are_known_by_heart() {
        var trigger = Trigger.cron("30 2 * * *");

        assertThat(Fires.of(trigger, PARIS, "2400-03-25T03:00:00+01:00", 1)).containsExactly("2400-03-27T02:30+02:00");
        assertThat(Fires.of(trigger.gaps(GapRule.FIRE_AT_END), PARIS, "2400-03-25T03:00:00+01:00", 1))
                .containsExactly("2400-03-26T03:00+02:00");
        assertThat(Fires.of(trigger, PARIS, "2400-10-29T00:00:00+02:00", 2))
                .containsExactly("2400-10-29T02:30+02:00", "2400-10-29T02:30+01:00");
        assertThat(Fires.of(trigger.repeats(RepeatRule.ONCE), PARIS, "2400-10-29T00:00:00+02:00", 2))
                .containsExactly("2400-10-29T02:30+02:00", "2400-10-30T02:30+01:00");
        assertThat(Fires.of(CronTrigger.of(CronDialect.FIELDS, "year=9000;hour=5"), PARIS, "2026-01-01T00:00:00Z", 1))
                .containsExactly("9000-01-01T05:00+01:00");
    }
}
