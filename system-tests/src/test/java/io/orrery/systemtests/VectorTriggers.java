package io.orrery.systemtests;

import io.orrery.schedule.trigger.CronDialect;
import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.DateTrigger;
import io.orrery.schedule.trigger.IntervalTrigger;
import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the triggers that a vector describes. */
final class VectorTriggers {
    private static final List<ChronoUnit> UNITS =
            List.of(ChronoUnit.WEEKS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);
    private static final Set<String> BOUNDS = Set.of("start_at", "end_at", "timezone", "jitter");

    private final String dialect;
    private final String now; // stands for NOW

    VectorTriggers(String dialect, String now) {
        this.dialect = dialect;
        this.now = now;
    }

    /** {@code kind{k=v;k=v}}. */
    Trigger nested(String text) {
        int brace = text.indexOf('{');
        return of(text.substring(0, brace), VectorRow.fields(text.substring(brace + 1, text.length() - 1)));
    }

    Trigger of(String kind, Map<String, String> fields) {
        Trigger trigger = plain(kind, fields);
        String jitter = fields.getOrDefault("jitter", "none");
        return jitter.equals("none") ? trigger : trigger.jitter(Duration.ofSeconds(Long.parseLong(jitter)));
    }

    private Trigger plain(String kind, Map<String, String> fields) {
        return switch (kind) {
            case "cron" -> cron(fields);
            case "interval" -> interval(fields);
            case "calendarinterval" -> calendarInterval(fields);
            case "date" -> date(fields);
            case "date-2x" -> date(fields).onlyIfAhead();
            case "and", "or" -> combined(kind, fields);
            default -> throw new IllegalStateException("A vector has the unknown trigger " + kind);
        };
    }

    private CronTrigger cron(Map<String, String> fields) {
        if (fields.containsKey("crontab")) {
            return Trigger.cron(fields.get("crontab"));
        }
        String expression = fields.entrySet().stream()
                .filter(field -> !BOUNDS.contains(field.getKey()))
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(";"));
        var trigger = CronTrigger.of(
                dialect.equals("aps4") ? CronDialect.FIELDS_FROM_SUNDAY : CronDialect.FIELDS, expression);
        if (fields.containsKey("timezone")) {
            trigger = trigger.zone(fields.get("timezone"));
        }
        if (fields.containsKey("start_at")) {
            trigger = trigger.from(moment(fields.get("start_at")));
        }
        return fields.containsKey("end_at") ? trigger.until(moment(fields.get("end_at"))) : trigger;
    }

    private IntervalTrigger interval(Map<String, String> fields) {
        var trigger = (IntervalTrigger) Trigger.fromData(Map.of("type", "interval", "every", every(fields)));
        if (fields.containsKey("start_at")) {
            trigger = trigger.from(moment(fields.get("start_at")));
        }
        return fields.containsKey("end_at") ? trigger.until(moment(fields.get("end_at"))) : trigger;
    }

    /** As ISO 8601, also of what is no number. */
    private static String every(Map<String, String> fields) {
        Duration sum = Duration.ZERO;
        for (ChronoUnit unit : UNITS) {
            String amount = fields.getOrDefault(unit.name().toLowerCase(Locale.ROOT), "0");
            if (!amount.matches("-?\\d+")) {
                return "PT" + amount + unit.name().charAt(0);
            }
            sum = sum.plus(unit.getDuration().multipliedBy(Long.parseLong(amount)));
        }
        return sum.toString();
    }

    private Trigger calendarInterval(Map<String, String> fields) {
        Period period = Period.of(number(fields, "years"), number(fields, "months"), 0)
                .plusDays(7L * number(fields, "weeks") + number(fields, "days"));
        var trigger = Trigger.every(period)
                .at(LocalTime.of(number(fields, "hour"), number(fields, "minute"), number(fields, "second")));
        if (fields.containsKey("start_date")) {
            trigger = trigger.from(moment(fields.get("start_date")));
        }
        return fields.containsKey("end_date") ? trigger.until(moment(fields.get("end_date"))) : trigger;
    }

    private static int number(Map<String, String> fields, String name) {
        return Integer.parseInt(fields.getOrDefault(name, "0"));
    }

    private DateTrigger date(Map<String, String> fields) {
        String text = fields.get("run_at");
        return Trigger.at(text.equals("NOW") ? now : text);
    }

    private Trigger combined(String kind, Map<String, String> fields) {
        String list = fields.get("triggers");
        var members = new ArrayList<Trigger>();
        for (String member : VectorRow.split(list.substring(1, list.length() - 1), '|')) {
            members.add(nested(member));
        }
        var all = members.toArray(Trigger[]::new);
        Duration tolerance =
                Duration.ofMillis(Math.round(1_000 * Double.parseDouble(fields.getOrDefault("threshold", "0"))));
        return kind.equals("or") ? Trigger.or(all) : Trigger.and(tolerance, all);
    }

    /** A moment as the trigger is to get it: a local time if it says no offset. */
    private static Temporal moment(String text) {
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)(\\[.*])?")
                ? DateTrigger.parse(text, null)
                : DateTrigger.parse(text, ZoneOffset.UTC).toLocalDateTime();
    }
}
