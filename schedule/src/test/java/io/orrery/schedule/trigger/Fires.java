package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** Short words for tests of triggers. */
final class Fires {

    static final ZoneId UTC = ZoneId.of("UTC");
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private Fires() {}

    static Instant instant(String text) {
        return Instant.parse(text);
    }

    /** The first fires from a moment on, one after the other, as {@code 2026-03-29T03:00+02:00}. */
    static List<String> of(Trigger trigger, ZoneId zone, String from, int count) {
        Instant now = ZonedDateTime.parse(from).toInstant();
        var fires = new ArrayList<String>();
        Instant previous = null;
        while (fires.size() < count) {
            Instant fire = trigger.next(zone, previous, now).orElse(null);
            if (fire == null) {
                break;
            }
            fires.add(fire.atZone(trigger.zoneOr(zone)).toOffsetDateTime().toString());
            previous = fire;
            now = fire.isAfter(now) ? fire : now;
        }
        return fires;
    }

    /** The first fires from a moment on, in UTC. */
    static List<String> of(Trigger trigger, String from, int count) {
        return of(trigger, UTC, from, count);
    }
}
