package io.orrery.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A moment at which the clocks of a zone are changed: some local times do not exist then, or come twice. Where schedules go
 * wrong, it is there. Immutable.
 *
 * {@snippet :
 * ClockChange spring = ClockChange.gap(ZoneId.of("Europe/Paris"), 2026);
 * ManualTime time = ManualTime.stoppedAt(spring.at().minus(Duration.ofHours(3)));
 * }
 */
public final class ClockChange {

    private final ZoneId zone;
    private final ZoneOffsetTransition change;

    private ClockChange(ZoneId zone, ZoneOffsetTransition change) {
        this.zone = zone;
        this.change = change;
    }

    /**
     * The first change of a year that leaves local times out: in spring, where there is one.
     *
     * @throws IllegalArgumentException if there is none in that year
     */
    public static ClockChange gap(ZoneId zone, int year) {
        return first(zone, year, "leave times out", ZoneOffsetTransition::isGap);
    }

    /**
     * The first change of a year that repeats local times: in autumn, where there is one.
     *
     * @throws IllegalArgumentException if there is none in that year
     */
    public static ClockChange overlap(ZoneId zone, int year) {
        return first(zone, year, "repeat times", ZoneOffsetTransition::isOverlap);
    }

    private static ClockChange first(ZoneId zone, int year, String what, Predicate<ZoneOffsetTransition> wanted) {
        Instant at = Year.of(year).atDay(1).atStartOfDay(zone).toInstant().minusNanos(1);
        for (var change = zone.getRules().nextTransition(at);
                change != null && change.getDateTimeBefore().getYear() <= year;
                change = zone.getRules().nextTransition(change.getInstant())) {
            if (wanted.test(change)) {
                return new ClockChange(zone, change);
            }
        }
        throw new IllegalArgumentException("The clocks of a zone are changed in some years, but those of " + zone
                + " do not " + what + " in " + year + ". Choose another year, or another zone.");
    }

    /**
     * One of each sort that has been trouble: an hour in the usual night on both sides of the Atlantic and in the south, half an
     * hour (Lord Howe), at midnight (Havana), winter time that is the exception (Dublin), around Ramadan (Casablanca), and a
     * whole day (Apia). For {@code @MethodSource("io.orrery.testkit.ClockChange#notable")}.
     */
    public static List<ClockChange> notable() {
        return List.of(
                gap(ZoneId.of("Europe/Paris"), 2026),
                overlap(ZoneId.of("Europe/Paris"), 2026),
                gap(ZoneId.of("America/New_York"), 2026),
                overlap(ZoneId.of("America/New_York"), 2026),
                gap(ZoneId.of("Pacific/Auckland"), 2026),
                overlap(ZoneId.of("Pacific/Auckland"), 2026),
                gap(ZoneId.of("Australia/Lord_Howe"), 2026),
                overlap(ZoneId.of("Australia/Lord_Howe"), 2026),
                gap(ZoneId.of("America/Havana"), 2026),
                overlap(ZoneId.of("America/Havana"), 2026),
                gap(ZoneId.of("Europe/Dublin"), 2026),
                overlap(ZoneId.of("Europe/Dublin"), 2026),
                gap(ZoneId.of("Africa/Casablanca"), 2026),
                overlap(ZoneId.of("Africa/Casablanca"), 2026),
                gap(ZoneId.of("Pacific/Apia"), 2011));
    }

    /** The zone. */
    public ZoneId zone() {
        return zone;
    }

    /** The moment. */
    public Instant at() {
        return change.getInstant();
    }

    /** Whether local times are left out; if not, some come twice. */
    public boolean isGap() {
        return change.isGap();
    }

    /** How long the span of local times is that do not exist or come twice. */
    public Duration length() {
        return change.getDuration().abs();
    }

    /** The first local time that does not exist, or that comes twice. */
    public LocalDateTime first() {
        return isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    }

    /** The first local time after it that is as usual. */
    public LocalDateTime end() {
        return isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClockChange known && zone.equals(known.zone) && change.equals(known.change);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, change);
    }

    /** Such as {@code Europe/Paris, 2026-03-29T02:00 to 2026-03-29T03:00 left out}. */
    @Override
    public String toString() {
        return zone + ", " + first() + " to " + end() + (isGap() ? " left out" : " repeated");
    }
}
