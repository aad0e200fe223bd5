package io.orrery.workflowfile;

import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.DateTrigger;
import io.orrery.schedule.trigger.InvalidTriggerException;
import io.orrery.schedule.trigger.Trigger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes triggers of what schedules say. */
final class ScheduleTriggers {

    private static final Pattern PERIOD = Pattern.compile("\\s*([0-9]{1,4})\\s*(day|week|month|year)s?\\s*");

    private ScheduleTriggers() {}

    /** The zone in which a schedule counts. */
    static ZoneId zone(Map<String, Object> fields) {
        Object zone = fields.get("timezone");
        return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone.toString());
    }

    /**
     * The trigger of a schedule.
     *
     * @throws InvalidTriggerException if it can't be meant, or never fires
     * @throws DateTimeException if a moment or time is none
     */
    static Trigger of(Map<String, Object> fields, ZoneId around) {
        ZoneId zone = fields.containsKey("timezone") ? zone(fields) : around;
        Trigger trigger = timed(fields, zone);
        return fields.get("jitter") instanceof Duration jitter ? trigger.jitter(jitter) : trigger;
    }

    /** The same without jitter. */
    static Trigger timed(Map<String, Object> fields, ZoneId zone) {
        ZonedDateTime start = moment(fields.get("start"), zone);
        ZonedDateTime end = moment(fields.get("end"), zone);
        if (fields.get("cron") instanceof String text) {
            return bounded(Trigger.cron(text).zone(zone), start, end);
        } else if (fields.get("fields") instanceof Map<?, ?> named) {
            Map<String, String> texts = new LinkedHashMap<>();
            named.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
            return bounded(CronTrigger.fields(texts).zone(zone), start, end);
        } else if (fields.get("every") instanceof Duration every) {
            var interval = Trigger.every(every).zone(zone);
            interval = start == null ? interval : interval.from(start);
            return end == null ? interval : interval.until(end);
        } else if (fields.get("at") instanceof String text) {
            return Trigger.at(DateTrigger.parse(text, zone)).onlyIfAhead();
        } else if (fields.get("calendar") instanceof Map<?, ?> calendar) {
            var interval = Trigger.every(period(String.valueOf(calendar.get("every"))));
            Object time = calendar.get("time");
            interval = time == null ? interval : interval.at(LocalTime.parse(time.toString()));
            interval = start == null ? interval : interval.from(start);
            interval = end == null ? interval : interval.until(end);
            return interval.zone(zone);
        } else if (fields.get("allOf") instanceof List<?> parts) {
            return Trigger.and(parts(parts, zone));
        } else if (fields.get("anyOf") instanceof List<?> parts) {
            return Trigger.or(parts(parts, zone));
        }
        return Boolean.TRUE.equals(fields.get("onShutdown")) ? Trigger.atShutdown() : Trigger.manual();
    }

    private static Trigger bounded(CronTrigger cron, @Nullable ZonedDateTime start, @Nullable ZonedDateTime end) {
        CronTrigger from = start == null ? cron : cron.from(start);
        return end == null ? from : from.until(end);
    }

    private static @Nullable ZonedDateTime moment(@Nullable Object text, ZoneId zone) {
        return text == null ? null : DateTrigger.parse(text.toString(), zone);
    }

    private static Period period(String text) {
        Matcher matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("\"" + text + "\" is no number of days, weeks, months or years");
        }
        int number = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "day" -> Period.ofDays(number);
            case "week" -> Period.ofWeeks(number);
            case "month" -> Period.ofMonths(number);
            default -> Period.ofYears(number);
        };
    }

    private static Trigger[] parts(List<?> parts, ZoneId zone) {
        var triggers = new ArrayList<Trigger>();
        for (Object part : parts) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) part).forEach((name, value) -> fields.put(String.valueOf(name), value));
            triggers.add(of(fields, zone));
        }
        return triggers.toArray(Trigger[]::new);
    }
}
