package io.orrery.systemtests;

import static java.util.stream.Collectors.joining;

import io.orrery.schedule.trigger.CronDialect;
import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.DateTrigger;
import io.orrery.schedule.trigger.InvalidTriggerException;
import io.orrery.schedule.trigger.Jitter;
import io.orrery.schedule.trigger.Trigger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a trigger says to one vector, in the words of the file. */
final class VectorCheck {
    private static final int DRAWS = 100;
    private static final Instant T = Instant.parse("2023-12-13T00:08:00Z"); // what vectors call T

    private final VectorRow row;
    private final @Nullable ZoneId zone;
    private final VectorTriggers triggers;

    VectorCheck(VectorRow row) {
        this.row = row;
        zone = row.zone().equals("-") || row.zone().isEmpty() ? null : ZoneId.of(row.zone());
        triggers = new VectorTriggers(row.dialect(), row.now());
    }

    /** What is wrong, or nothing. */
    Optional<String> problem() {
        if (row.expected().startsWith("error:")) {
            return refused();
        }
        return switch (row.kind()) {
            case "cron", "interval", "calendarinterval", "date", "date-2x", "and", "or" -> next();
            case "cron-field" -> differs(row.expected(), field());
            case "crontab", "cron-normalise" -> expression();
            case "apply-jitter" -> jitter();
            case "run-times" -> differs(row.expected(), due());
            case "coalesce" -> differs(row.expected(), coalesced());
            case "preview" -> differs(row.expected(), preview());
            case "parse-datetime" ->
                differs(Optional.of(DateTrigger.parse(row.fields().get("text"), zone)));
            case "datetime-ceil" -> differs(row.expected(), ceiling());
            default -> Optional.of("the kind " + row.kind() + " is unknown");
        };
    }

    private static Optional<String> differs(String expected, String actual) {
        return expected.equals(actual) ? Optional.empty() : Optional.of("is " + actual);
    }

    private Optional<String> refused() {
        try {
            switch (row.kind()) {
                case "parse-datetime" -> DateTrigger.parse(row.fields().get("text"), zone);
                default -> triggers.of(row.kind().replace("-error", ""), row.fields());
            }
            return Optional.of("is not refused");
        } catch (InvalidTriggerException e) {
            return Optional.empty();
        }
    }

    private Optional<String> next() {
        Trigger trigger;
        try {
            trigger = triggers.of(row.kind(), row.fields());
        } catch (InvalidTriggerException e) {
            // Refused at creation because it never fires: that is how none is said here.
            return e.isNever() && row.expected().equals("none") ? Optional.empty() : Optional.of(e.getMessage());
        }
        if (row.expected().startsWith("range:")) {
            return range(trigger);
        }
        Optional<ZonedDateTime> next = next(trigger);
        return row.expected().equals("none") ? next.map(fire -> "is " + fire) : differs(next);
    }

    /** Compares instant and offset. */
    private Optional<String> differs(Optional<ZonedDateTime> actual) {
        var expected = ZonedDateTime.parse(row.expected()).toOffsetDateTime();
        return actual.filter(time -> time.toOffsetDateTime().equals(expected)).isPresent()
                ? Optional.empty()
                : Optional.of("is " + actual.map(ZonedDateTime::toString).orElse("none"));
    }

    private Optional<ZonedDateTime> next(Trigger trigger) {
        Instant previous = row.previous().equals("-") ? null : moment(row.previous());
        Instant now = row.now().equals("-") ? previous == null ? Instant.EPOCH : previous : moment(row.now());
        return trigger.next(zone, previous, now).map(fire -> fire.atZone(trigger.zoneOr(zone)));
    }

    private Instant moment(String text) {
        return DateTrigger.parse(text, zone).toInstant();
    }

    /** Draws often, and expects all in the range, and some difference if the range has room for one. */
    private Optional<String> range(Trigger trigger) {
        String[] ends = row.expected().substring("range:".length()).split("\\.\\.");
        ZonedDateTime low = ZonedDateTime.parse(ends[0]);
        ZonedDateTime high = ZonedDateTime.parse(ends[1]);
        var draws = new TreeSet<ZonedDateTime>();
        for (int seed = 0; seed < DRAWS; seed++) {
            next(trigger.anchored(Instant.EPOCH, seed)).ifPresent(draws::add);
        }
        boolean inside = !draws.isEmpty()
                && !draws.first().isBefore(low)
                && !draws.last().isAfter(high)
                && draws.first().getOffset().equals(low.getOffset());
        boolean spread = low.isEqual(high) || draws.size() > 1;
        return inside && spread ? Optional.empty() : Optional.of("is " + draws);
    }

    private String field() {
        String field = row.fields().get("field");
        var trigger =
                CronTrigger.of(CronDialect.FIELDS, field + "=" + row.fields().get("expr"));
        String text = row.now().contains("T") ? row.now() : row.now() + "T00:00:00";
        LocalDateTime now = LocalDateTime.parse(text);
        LocalDateTime next = LocalDateTime.ofInstant(
                trigger.next(ZoneOffset.UTC, null, now.toInstant(ZoneOffset.UTC))
                        .orElseThrow(),
                ZoneOffset.UTC);
        return switch (field) {
            case "day" -> next.getMonth() == now.getMonth() ? next.getDayOfMonth() + "" : "none";
            case "hour" -> next.toLocalDate().equals(now.toLocalDate()) ? next.getHour() + "" : "none";
            case "day_of_week" -> next.getDayOfWeek().ordinal() + "";
            default -> "an unknown field";
        };
    }

    private Optional<String> expression() {
        boolean crontab = row.kind().equals("crontab");
        CronTrigger trigger = crontab ? Trigger.cron(row.fields().get("expr")) : CronTrigger.fields(row.fields());
        var actual = crontab ? words(trigger) : VectorRow.fields(trigger.expression());
        for (var expected :
                VectorRow.fields(row.expected().substring("fields:".length())).entrySet()) {
            if (!expected.getValue().equals(actual.get(expected.getKey()))) {
                return Optional.of(expected.getKey() + " is " + actual.get(expected.getKey()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> words(CronTrigger trigger) {
        String[] words = trigger.expression().split("\\s+");
        return Map.of(
                "minute", words[0],
                "hour", words[1],
                "day", words[2],
                "month", words[3],
                "day_of_week", weekdays(trigger));
    }

    private static String weekdays(CronTrigger trigger) {
        var days = List.copyOf(new TreeSet<>(trigger.daysOfWeek()));
        var ranges = new ArrayList<String>();
        for (int i = 0; i < days.size(); ) {
            int end = i;
            while (end + 1 < days.size()
                    && days.get(end + 1).ordinal() == days.get(end).ordinal() + 1) {
                end++;
            }
            ranges.add(end == i ? name(days.get(i)) : name(days.get(i)) + "-" + name(days.get(end)));
            i = end + 1;
        }
        return days.size() == 7 ? "*" : String.join(",", ranges);
    }

    private static String name(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private Optional<String> jitter() {
        String base = row.fields().get("base");
        if (base.equals("none")) {
            return differs(
                    "none",
                    Trigger.at(row.now())
                            .jitter(Duration.ofSeconds(5))
                            .next(ZoneOffset.UTC, T, T)
                            .map(Instant::toString)
                            .orElse("none"));
        }
        Instant moment = DateTrigger.parse(base, ZoneOffset.UTC).toInstant();
        String upTo = row.fields().get("jitter");
        String draw = row.fields().get("draw");
        if (row.expected().startsWith("range:")) {
            String[] ends = row.expected().substring("range:".length()).split("\\.\\.");
            var triggers = Trigger.at(moment).jitter(Duration.ofSeconds(Long.parseLong(upTo)));
            for (int seed = 0; seed < DRAWS; seed++) {
                String fire = local(triggers.anchored(moment, seed)
                        .next(ZoneOffset.UTC, null, moment)
                        .orElseThrow());
                if (fire.compareTo(ends[0]) < 0 || fire.compareTo(ends[1]) > 0) {
                    return Optional.of("is " + fire);
                }
            }
            return Optional.empty();
        }
        boolean none = upTo.equals("none");
        long most = none ? 1 : Long.parseLong(upTo);
        double fraction = none ? 0 : Double.parseDouble(draw) / most;
        return differs(row.expected(), local(Jitter.delayed(moment, Duration.ofSeconds(most), fraction)));
    }

    private static String local(Instant instant) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    /** The moments that are due, from the one that is next. */
    private String due() {
        Trigger trigger = triggers.nested(row.fields().get("trigger"));
        Instant next = moment(row.fields().get("next_run_time"));
        return fires(trigger, next, moment(row.now())).stream()
                .map(fire -> row.expected().contains("[" + zone + "]") ? text(fire.atZone(zone)) : fire.toString())
                .collect(joining("|", "[", "]"));
    }

    private List<Instant> fires(Trigger trigger, Instant first, Instant now) {
        var fires = new ArrayList<Instant>();
        Instant fire = first;
        while (fire != null && !fire.isAfter(now)) {
            fires.add(fire);
            fire = trigger.next(zone == null ? ZoneOffset.UTC : zone, fire, now).orElse(null);
        }
        return fires;
    }

    private String coalesced() {
        Trigger trigger = triggers.nested(row.fields().get("trigger"));
        Instant first = relative(row.fields().get("next_run_time"));
        Trigger anchored = trigger.anchored(first.minus(Duration.ofMinutes(1)), 0);
        Instant last = anchored.latest(ZoneOffset.UTC, first, T).orElseThrow();
        long count = anchored.count(ZoneOffset.UTC, first, T, Long.MAX_VALUE);
        return "submitted=[" + name(last) + "];coalesced_run_count=" + (count - 1);
    }

    private String preview() {
        Trigger trigger = triggers.nested(row.fields().get("trigger").replace("T+60s", T.plusSeconds(60) + ""));
        var fires = new ArrayList<Instant>();
        Optional<Instant> next = trigger.next(ZoneOffset.UTC, null, T);
        while (next.isPresent() && fires.size() < Integer.parseInt(row.fields().get("count"))) {
            fires.add(next.get());
            next = trigger.next(ZoneOffset.UTC, next.get(), T);
        }
        return fires.stream().map(VectorCheck::name).collect(joining("|", "[", "];exhausted=" + next.isEmpty()));
    }

    private static Instant relative(String text) {
        return text.equals("T") ? T : T.plusSeconds(Long.parseLong(text.substring(1, text.length() - 1)));
    }

    private static String name(Instant moment) {
        long seconds = Duration.between(T, moment).toSeconds();
        return seconds == 0 ? "T" : "T" + (seconds > 0 ? "+" : "") + seconds + "s";
    }

    private String ceiling() {
        var everySecond = CronTrigger.builder().everySeconds(1).build();
        return local(everySecond
                .next(ZoneOffset.UTC, null, LocalDateTime.parse(row.now()).toInstant(ZoneOffset.UTC))
                .orElseThrow());
    }

    private static String text(ZonedDateTime time) {
        return DateTimeFormatter.ISO_ZONED_DATE_TIME.format(time);
    }
}
