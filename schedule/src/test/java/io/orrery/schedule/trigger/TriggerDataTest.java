package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.Fires.PARIS;
import static io.orrery.schedule.trigger.Fires.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.spec.Spec;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Triggers as values and as data. */
@Timeout(30)
@Spec({"T-001", "T-005"})
class TriggerDataTest {

    private static final Instant NOW = instant("2026-01-01T00:00:00Z");
    private static final ZonedDateTime END = ZonedDateTime.parse("2030-01-01T00:00:00+09:00[Asia/Tokyo]");

    /** No two of them are equal. */
    static final List<Trigger> TRIGGERS = List.of(
            Trigger.now(),
            Trigger.at(NOW),
            Trigger.at(END),
            Trigger.at(LocalDate.parse("2026-01-01")),
            Trigger.at(NOW).onlyIfAhead(),
            Trigger.now().anchored(NOW, 1),
            Trigger.every(Duration.ofMinutes(5)),
            Trigger.every(Duration.ofMinutes(5)).immediately(),
            Trigger.every(Duration.ofMinutes(5)).afterCompletion(),
            Trigger.every(Duration.ofMinutes(5)).anchored(NOW, 1),
            Trigger.every(Duration.ofMinutes(5)).until(NOW).anchored(NOW, 1),
            Trigger.every(Duration.ofMillis(1_500))
                    .from(LocalDateTime.parse("2026-01-01T00:00:00"))
                    .until(END),
            Trigger.every(Period.of(1, 2, 3)),
            Trigger.every(Period.ofMonths(1))
                    .at(LocalTime.of(2, 30))
                    .from(LocalDate.parse("2026-01-31"))
                    .zone(PARIS),
            Trigger.every(Period.ofMonths(1)).until(NOW).anchored(NOW.plusSeconds(99_999), 1),
            Trigger.cron("30 2 * * *"),
            Trigger.cron("30 2 * * *").zone(PARIS),
            Trigger.cron("30 2 * * *").gaps(GapRule.FIRE_AT_END),
            Trigger.cron("30 2 * * *").repeats(RepeatRule.ONCE),
            Trigger.cron("30 2 * * *").from(NOW).until(END),
            CronTrigger.fields(Map.of("day", "last fri", "month", "jan-mar")),
            CronTrigger.fields(Map.of()),
            CronTrigger.of(CronDialect.FIELDS_FROM_SUNDAY, "day_of_week=fri-mon"),
            CronTrigger.of(CronDialect.QUARTZ, "0 30 2 LW * ?"),
            CronTrigger.builder()
                    .nth(2, DayOfWeek.FRIDAY)
                    .at(LocalTime.of(3, 0))
                    .build(),
            Trigger.and(
                    Trigger.cron("@daily"), Trigger.every(Duration.ofHours(36)).from(NOW)),
            Trigger.and(Duration.ofSeconds(1), Trigger.cron("@daily"), Trigger.at(NOW)),
            Trigger.or(Trigger.cron("@daily"), Trigger.at(NOW)),
            Trigger.cron("@daily").jitter(Duration.ofSeconds(9)),
            Trigger.cron("@daily").jitter(Duration.ofSeconds(9)).anchored(NOW, 5),
            Trigger.cron("@daily").except(LocalDate.parse("2026-01-01")),
            Trigger.cron("@daily")
                    .within(WorkCalendar.weekdays()
                            .hours(LocalTime.of(9, 0), LocalTime.of(17, 30))
                            .exceptYearly(MonthDay.of(12, 25))),
            Trigger.atShutdown(),
            Trigger.manual());

    @ParameterizedTest
    @FieldSource("TRIGGERS")
    void what_is_written_is_read_as_an_equal_trigger_with_the_same_fires(Trigger trigger) {
        Trigger read = Trigger.fromData(trigger.toData());

        assertThat(read).isEqualTo(trigger).hasSameHashCodeAs(trigger).hasToString(trigger.toString());
        assertThat(read.toData()).isEqualTo(trigger.toData());
        assertThat(read.describe()).isEqualTo(trigger.describe());
        assertThat(read.type()).isEqualTo(trigger.type());
        assertThat(Fires.of(read, PARIS, "2026-01-01T00:00:00Z", 5))
                .isEqualTo(Fires.of(trigger, PARIS, "2026-01-01T00:00:00Z", 5));
        assertThat(trigger.toData()).containsEntry("version", 1).containsKey("type");
        assertThatItIsPlain(trigger.toData());
    }

    private static void assertThatItIsPlain(Object value) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((key, inner) -> {
                    assertThat(key).isInstanceOf(String.class);
                    assertThatItIsPlain(inner);
                });
            case List<?> list -> list.forEach(TriggerDataTest::assertThatItIsPlain);
            default -> assertThat(value).isInstanceOfAny(String.class, Integer.class, Long.class, Boolean.class);
        }
    }

    @Test
    void triggers_are_equal_only_if_they_say_the_same() {
        assertThat(TRIGGERS).doesNotHaveDuplicates();
        assertThat(Trigger.at(NOW)).isNotEqualTo("date");
    }

    @ParameterizedTest
    @FieldSource("TRIGGERS")
    void asking_changes_nothing(Trigger trigger) {
        var first = trigger.next(PARIS, null, NOW);
        trigger.next(PARIS, NOW, NOW.plusSeconds(5));
        trigger.latest(PARIS, NOW, NOW.plusSeconds(5));

        assertThat(trigger.next(PARIS, null, NOW)).isEqualTo(first);
    }

    @Test
    void all_that_is_wrong_with_data_is_told_at_once() {
        var thrown = catchThrowableOfType(
                InvalidTriggerException.class,
                () -> Trigger.fromData(Map.of(
                        "type",
                        "or",
                        "members",
                        List.of(
                                Map.of("type", "cron", "expression", "61 * * * *", "zone", "Europe/Atlantis"),
                                Map.of("type", "interval", "every", "soon", "immediatly", true),
                                Map.of("type", "interval", "immediately", "yes"),
                                Map.of("type", "cronn"),
                                7),
                        "version",
                        1)));

        assertThat(thrown.problems())
                .containsExactly(
                        "trigger.members[4] must be a map, but is 7. Mend it.",
                        "trigger.members[0].expression is refused: In \"61 * * * *\": Cron field minute, position 0:"
                            + " The last value must not be higher than the maximum value 59, but is 61. Use 0 to 59.",
                        "trigger.members[0].zone is refused: A zone is a name of the time zone database or an offset,"
                                + " but there is no \"Europe/Atlantis\". Write it like Europe/Paris, UTC or +01:00.",
                        "trigger.members[1].every is refused: Text cannot be parsed to a Duration",
                        "trigger.members[1] has the unknown key \"immediatly\". Known keys: afterCompletion, end,"
                                + " every, immediately, start, type, version, zone.",
                        "trigger.members[2].immediately must be true or false, but is yes. Mend it.",
                        "trigger.members[2].every is missing. Add it.",
                        "trigger.members[3].type must be one of date, interval, calendarinterval, cron, and, or,"
                                + " jitter, within, shutdown, manual, but is \"cronn\". Use one of these.");
    }

    @Test
    void data_of_another_version_and_missing_parts_are_refused() {
        assertThat(problems(Map.of("type", "date", "version", 2)))
                .containsExactly(
                        "trigger.version must be 1, but is 2. It was written by another version: use that one.");
        assertThat(problems(Map.of())).contains("trigger.type is missing. Add it.");
        assertThat(problems(Map.of("type", "jitter")))
                .containsExactly("trigger.trigger is missing. Add it.", "trigger.upTo is missing. Add it.");
        assertThat(problems(Map.of("type", "within", "trigger", Map.of("type", "date"))))
                .containsExactly("trigger.calendar is missing. Add it.");
        assertThat(problems(Map.of("type", "and", "members", List.of())))
                .containsExactly("trigger.members must have at least one trigger. Add it.");
        assertThat(problems(Map.of("type", "cron", "expression", "@daily", "gaps", "ignore")))
                .containsExactly("trigger.gaps must be one of skip, fire-at-end, but is \"ignore\". Use one of these.");
        assertThat(problems(Map.of("type", "date", "version", 1.5)))
                .containsExactly("trigger.version must be a whole number, but is 1.5. Mend it.");
        assertThat(problems(Map.of(
                        "type", "within",
                        "trigger", Map.of("type", "date"),
                        "calendar", Map.of("days", List.of("monday"), "hours", List.of("09:00")))))
                .containsExactly(
                        "trigger.calendar.days is refused: A weekday must be one of mon, tue, wed, thu, fri, sat, sun,"
                                + " but is \"monday\". Use one of these.",
                        "trigger.calendar.hours must be two times of the day, but is [09:00]. Mend it.");
    }

    private static List<String> problems(Map<String, ?> data) {
        return catchThrowableOfType(InvalidTriggerException.class, () -> Trigger.fromData(data))
                .problems();
    }
}
