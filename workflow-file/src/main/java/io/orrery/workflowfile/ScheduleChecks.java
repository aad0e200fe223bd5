package io.orrery.workflowfile;

import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.GapRule;
import io.orrery.schedule.trigger.InvalidTriggerException;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.time.TimeSource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the triggers of schedules when they fire: whether ever, whether at a change of clocks, and when next. */
final class ScheduleChecks {

    private static final int CHANGES = 6;
    private static final int FIRES = 3;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Problems problems;
    private final Instant now = TimeSource.system().instant();

    ScheduleChecks(Problems problems) {
        this.problems = problems;
    }

    /** Reports what is wrong with a schedule. */
    void check(ScheduleModel schedule) {
        reporting(schedule, () -> {
            ZoneId zone = ScheduleTriggers.zone(schedule.fields());
            Trigger trigger = ScheduleTriggers.of(schedule.fields(), zone);
            boolean isTimed = trigger.timing() == Trigger.Timing.SCHEDULED;
            if (isTimed && trigger.anchored(now, 0).next(zone, null, now).isEmpty()) {
                never(schedule, "it has no moment after now");
            } else if (ScheduleTriggers.timed(schedule.fields(), zone) instanceof CronTrigger cron) {
                gaps(schedule, cron, zone);
            }
        });
    }

    /** Reports what is wrong with when a schedule fires, whatever its zone is, which is not known. */
    void checkInAnyZone(ScheduleModel schedule) {
        reporting(schedule, () -> ScheduleTriggers.of(schedule.fields(), ZoneOffset.UTC));
    }

    private void reporting(ScheduleModel schedule, Runnable check) {
        String name = schedule.name();
        try {
            check.run();
        } catch (InvalidTriggerException e) {
            if (e.isNever()) {
                never(schedule, sentence(e.getMessage()));
            } else {
                problems.add(
                        Code.BAD_SCHEDULE,
                        schedule.at(),
                        "Schedule \"%s\": %s".formatted(name, sentence(e.getMessage())));
            }
        } catch (DateTimeException e) {
            problems.add(
                    Code.BAD_SCHEDULE,
                    schedule.at(),
                    "Schedule \"%s\": %s. Write moments as 2027-01-01T10:00:00+01:00, times as 04:00, and 1 month or 2 weeks."
                            .formatted(name, sentence(e.getMessage()).replaceFirst("\\.$", "")));
        }
    }

    private void never(ScheduleModel schedule, String why) {
        problems.add(
                Code.NEVER_FIRES,
                schedule.at(),
                "Schedule \"%s\" never fires: %s. Change when it is, or drop it."
                        .formatted(schedule.name(), why.replaceFirst("\\.$", "")));
    }

    private static String sentence(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s*\\n\\s*", "; ");
    }

    /** Warns of a local time that there is not on the day on which clocks are put forward. */
    private void gaps(ScheduleModel schedule, CronTrigger cron, ZoneId zone) {
        ZoneRules rules = cron.zoneOr(zone).getRules();
        Instant from = now;
        for (int i = 0; i < CHANGES; i++) {
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null) {
                return;
            }
            from = change.getInstant();
            // Moved to its end, a fire in the gap would be there; left where it is, it is not.
            if (change.isGap() && fires(cron.gaps(GapRule.FIRE_AT_END), zone, from) && !fires(cron, zone, from)) {
                LocalDateTime gap = change.getDateTimeBefore();
                problems.add(
                        Code.CLOCK_CHANGE,
                        schedule.at(),
                        "Schedule \"%s\" does not fire on %s: its time is between %s and %s, when clocks are put forward. Choose another time, or timezone: UTC."
                                .formatted(
                                        schedule.name(),
                                        gap.toLocalDate(),
                                        gap.toLocalTime(),
                                        change.getDateTimeAfter().toLocalTime()));
                return;
            }
        }
    }

    private static boolean fires(CronTrigger cron, ZoneId zone, Instant moment) {
        return cron.next(zone, null, moment.minusSeconds(1))
                .filter(moment::equals)
                .isPresent();
    }

    /** When a schedule fires next, for people. */
    static List<String> next(ScheduleModel schedule) {
        ZoneId zone = ScheduleTriggers.zone(schedule.fields());
        Instant now = TimeSource.system().instant();
        Trigger trigger = ScheduleTriggers.of(schedule.fields(), zone)
                .anchored(now, schedule.name().hashCode());
        var fires = new ArrayList<String>();
        Instant previous = null;
        while (fires.size() < FIRES) {
            Instant fire = trigger.next(zone, previous, previous == null ? now : previous)
                    .orElse(null);
            if (fire == null) {
                break;
            }
            fires.add(TIME.format(fire.atZone(zone)));
            previous = fire;
        }
        return fires;
    }

    /** The zone in which a schedule counts. */
    static String zone(Map<String, Object> fields) {
        return ScheduleTriggers.zone(fields).getId();
    }
}
