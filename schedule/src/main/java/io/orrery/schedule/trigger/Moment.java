package io.orrery.schedule.trigger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment: a place on the time line, perhaps with the zone in which it was said, or a local time that gets its zone later.
 *
 * @param floating the local time that gets its zone later; null for a place on the time line
 * @param instant the place on the time line; null for a local time
 * @param zone the zone in which it was said; null for none
 */
record Moment(
        @Nullable LocalDateTime floating,
        @Nullable Instant instant,
        @Nullable ZoneId zone) {

    private static final Pattern FORM = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})"
            + "(?:[ T](\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?)?(Z|[+-]\\d\\d:\\d\\d)?(?:\\[([^]]+)])?");
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter SHOWN_ZONE = DateTimeFormatter.ofPattern(" zzz", Locale.ROOT);

    static Moment of(Instant instant) {
        return new Moment(null, instant, null);
    }

    static Moment of(ZonedDateTime time) {
        return new Moment(null, time.toInstant(), time.getZone());
    }

    static Moment of(LocalDateTime local) {
        return new Moment(local, null, null);
    }

    /** An Instant, a zoned, offset or local date-time, or a date, which is its midnight (spec T-004). */
    static Moment of(Temporal temporal) {
        return switch (temporal) {
            case Instant instant -> of(instant);
            case ZonedDateTime time -> of(time);
            case OffsetDateTime time -> of(time.toZonedDateTime());
            case LocalDateTime time -> of(time);
            case LocalDate date -> of(date.atStartOfDay());
            default ->
                throw InvalidTriggerException.of(
                        List.of("A moment must be an Instant, a date-time with or without zone, or a date, but is a "
                                + temporal.getClass().getSimpleName() + ": " + temporal + ". Convert it."));
        };
    }

    /** The local time; in UTC if there is no zone and it is fixed. */
    LocalDateTime local() {
        return floating != null
                ? floating
                : LocalDateTime.ofInstant(Objects.requireNonNull(instant), zone == null ? ZoneOffset.UTC : zone);
    }

    /** Where it is on the time line, local times being of this zone (spec T-004). */
    Instant in(ZoneId otherwise) {
        return instant == null ? local().atZone(otherwise).toInstant() : instant;
    }

    /**
     * Reads a date, or a date and time, perhaps with an offset and a zone (spec T-004).
     *
     * @throws InvalidTriggerException if it is none
     */
    static Moment parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        try {
            if (parts.matches()) {
                return of(parts);
            }
        } catch (DateTimeException e) {
            throw invalid(text, String.valueOf(e.getMessage()));
        }
        throw invalid(text, "it has another form");
    }

    private static Moment of(Matcher parts) {
        LocalDateTime local = LocalDateTime.of(
                number(parts, 1),
                number(parts, 2),
                number(parts, 3),
                number(parts, 4),
                number(parts, 5),
                number(parts, 6));
        String fraction = parts.group(7);
        if (fraction != null) {
            local = local.withNano(Integer.parseInt((fraction + "00000000").substring(0, 9)));
        }
        String offset = parts.group(8);
        String zone = parts.group(9);
        if (offset == null) {
            return zone == null ? of(local) : of(local.atZone(ZoneId.of(zone)));
        }
        if (zone == null && offset.equals("Z")) {
            return of(local.toInstant(ZoneOffset.UTC));
        }
        ZoneOffset fixed = ZoneOffset.of(offset);
        return of(ZonedDateTime.ofInstant(local.toInstant(fixed), zone == null ? fixed : ZoneId.of(zone)));
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static InvalidTriggerException invalid(String text, String why) {
        return InvalidTriggerException.at(
                0,
                "A moment is written like 2026-03-01, 2026-03-01 02:30:00 or 2026-03-01T02:30:00+01:00, but this is \""
                        + text + "\": " + why + ". Write it like one of these.");
    }

    /** What {@link #parse} reads. */
    String text() {
        if (instant == null) {
            return local().toString();
        }
        return zone == null
                ? instant.toString()
                : ZonedDateTime.ofInstant(instant, zone).toString();
    }

    /** As people read it. */
    String shown() {
        if (instant == null) {
            return local().format(SHOWN);
        }
        ZonedDateTime time = instant.atZone(zone == null ? ZoneOffset.UTC : zone);
        return time.format(SHOWN) + time.format(SHOWN_ZONE);
    }
}
