package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.NEW_YORK;
import static io.orrery.schedule.trigger.Fires.PARIS;
import static io.orrery.schedule.trigger.Fires.UTC;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CombinationsTest {

    private static final String START = "2026-01-01T00:00:00Z";
    private static final Instant NOW = instant(START);

    @Test
    @Spec("T-027")
    void each_member_of_or_keeps_its_own_phase_whoever_fired_last() {
        var trigger = Trigger.or(
                Trigger.every(Duration.ofMinutes(30)).from(NOW),
                Trigger.every(Duration.ofMinutes(90)).from(NOW.plusSeconds(7 * 60)));

        assertThat(Fires.of(trigger, START, 5))
                .containsExactly(
                        "2026-01-01T00:00Z",
                        "2026-01-01T00:07Z",
                        "2026-01-01T00:30Z",
                        "2026-01-01T01:00Z",
                        "2026-01-01T01:30Z");
    }

    @Test
    @Spec({"T-027", "GT15"})
    void intervals_without_a_start_get_their_phase_when_the_combination_is_registered() {
        var open = Trigger.or(Trigger.every(Duration.ofMinutes(10)), Trigger.every(Duration.ofMinutes(25)));
        var kept = open.anchored(NOW, 1);

        assertThat(kept).isNotEqualTo(open);
        assertThat(kept.anchored(NOW.plusSeconds(9), 2)).isSameAs(kept);
        assertThat(Fires.of(kept, START, 4))
                .containsExactly("2026-01-01T00:10Z", "2026-01-01T00:20Z", "2026-01-01T00:25Z", "2026-01-01T00:30Z");
    }

    @Test
    @Spec("T-027")
    void members_that_have_ended_do_not_matter_until_all_have() {
        var trigger = Trigger.or(
                Trigger.at(NOW.plusSeconds(5)), Trigger.at(NOW.plusSeconds(9)), Trigger.at(NOW.minusSeconds(1)));

        assertThat(Fires.of(trigger, START, 9)).containsExactly("2026-01-01T00:00:05Z", "2026-01-01T00:00:09Z");
    }

    @Test
    @Spec("T-026")
    void and_fires_when_all_members_do_and_goes_on_after_it_has_fired() {
        var trigger = Trigger.and(
                CronTrigger.of(CronDialect.FIELDS, "month=5-8;day=6-15"),
                CronTrigger.of(CronDialect.FIELDS, "month=6-9;day=*/3"));

        assertThat(Fires.of(trigger, START, 4))
                .containsExactly("2026-06-07T00:00Z", "2026-06-10T00:00Z", "2026-06-13T00:00Z", "2026-07-07T00:00Z");
    }

    @Test
    @Spec("T-026")
    void and_ends_with_the_first_member_that_does() {
        var trigger = Trigger.and(
                Trigger.every(Duration.ofHours(6)).from(NOW),
                Trigger.every(Duration.ofHours(4)).from(NOW).until(NOW.plusSeconds(86_400)));

        assertThat(Fires.of(trigger, START, 9))
                .containsExactly("2026-01-01T00:00Z", "2026-01-01T12:00Z", "2026-01-02T00:00Z");
    }

    @Test
    @Spec("GT15")
    void what_is_as_near_as_tolerated_counts_as_one_and_is_used_up() {
        var trigger = Trigger.and(
                Duration.ofSeconds(1),
                Trigger.every(Duration.ofSeconds(3)).from(NOW),
                Trigger.every(Duration.ofSeconds(10)).from(NOW.plusSeconds(1)));

        assertThat(Fires.of(trigger, START, 3))
                .containsExactly("2026-01-01T00:00Z", "2026-01-01T00:00:11Z", "2026-01-01T00:00:21Z");
    }

    @Test
    @Spec({"T-028", "T-005"})
    void it_says_its_members() {
        var day = CronTrigger.of(CronDialect.FIELDS, "day=1");
        var hour = CronTrigger.of(CronDialect.FIELDS, "hour=5");

        assertThat(Trigger.and(day, hour)).hasToString("and[cron[day='1'], cron[hour='5']]");
        assertThat(Trigger.or(day, hour)).hasToString("or[cron[day='1'], cron[hour='5']]");
        assertThat(Trigger.and(day, hour).type()).isEqualTo("and");
        assertThat(Trigger.or(day, hour).describe()).isEqualTo("at 00:00 on day 1 of the month, or at 05:00 every day");
        assertThat(Trigger.and(Duration.ofSeconds(2), day, hour).describe()).endsWith("every day, within 2s");
    }

    @Test
    void combinations_can_be_members() {
        var nested = Trigger.or(
                Trigger.and(
                        Trigger.cron("0 * * * *"),
                        Trigger.every(Duration.ofMinutes(90)).from(NOW)),
                Trigger.cron("30 12 * * *").zone(NEW_YORK));

        assertThat(Fires.of(nested, START, 7))
                .containsExactly(
                        "2026-01-01T00:00Z",
                        "2026-01-01T03:00Z",
                        "2026-01-01T06:00Z",
                        "2026-01-01T09:00Z",
                        "2026-01-01T12:00Z",
                        "2026-01-01T15:00Z",
                        "2026-01-01T17:30Z");
        assertThat(nested.zoneOr(PARIS)).isEqualTo(PARIS);
    }

    @Test
    void members_that_the_clock_does_not_fire_and_emptiness_are_refused() {
        assertThatThrownBy(() -> Trigger.or(Trigger.cron("@daily"), Trigger.atShutdown()))
                .hasMessage(
                        "A member of or must be fired by the clock, but is shutdown. Use a date, an interval without a"
                                + " fixed delay, cron, or a combination.");
        assertThatThrownBy(
                        () -> Trigger.and(Trigger.every(Duration.ofSeconds(1)).afterCompletion()))
                .hasMessageStartingWith("A member of and must be fired by the clock, but is interval[0:00:01].");
        assertThatThrownBy(Trigger::and)
                .hasMessage("The combination and must have a member, but is none. Name one trigger" + " or more.");
        assertThatThrownBy(() -> Trigger.and(Duration.ofSeconds(-1), Trigger.cron("@daily")))
                .hasMessage("The tolerance must not be negative, but is PT-1S. Use zero or more.");
    }

    @Test
    void the_end_of_a_combination_is_told_by_its_members() {
        Instant early = NOW.plusSeconds(60);
        Instant late = NOW.plusSeconds(120);
        var one = Trigger.cron("* * * * *").until(early);
        var other = Trigger.cron("* * * * *").until(late);

        assertThat(((Timeline) Trigger.and(one, other)).end(UTC)).isEqualTo(early);
        assertThat(((Timeline) Trigger.or(one, other)).end(UTC)).isEqualTo(late);
        assertThat(((Timeline) Trigger.or(one, Trigger.cron("@daily"))).end(UTC))
                .isNull();
        assertThat(((Timeline) Trigger.and(one, Trigger.cron("@daily"))).end(UTC))
                .isEqualTo(early);
    }
}
