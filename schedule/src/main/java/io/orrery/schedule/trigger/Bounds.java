package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a trigger begins and ends, and in which zone it counts (spec T-003). Immutable.
 *
 * @param start the first moment at which it may fire; null for none
 * @param end the last moment at which it may fire; null for none
 * @param zone its own zone; null for none
 */
record Bounds(
        @Nullable Moment start,
        @Nullable Moment end,
        @Nullable ZoneId zone) {

    static final Bounds NONE = new Bounds(null, null, null);

    /** This, if the start and the end exist and are in order. */
    Bounds checked() {
        requireExisting();
        if (start != null && end != null) {
            ZoneId any = known(zone, start, end) == null ? ZoneOffset.UTC : zoneOr(ZoneOffset.UTC);
            boolean comparable =
                    known(zone, start, end) != null || (start.instant() == null) == (end.instant() == null);
            requireOrder(!comparable || !end.in(any).isBefore(start.in(any)), start, end);
        }
        return this;
    }

    /** The same for one that is about whole dates. */
    Bounds checkedDates() {
        requireExisting();
        if (start != null && end != null) {
            requireOrder(!end.local().toLocalDate().isBefore(start.local().toLocalDate()), start, end);
        }
        return this;
    }

    private static void requireOrder(boolean holds, Moment start, Moment end) {
        if (!holds) {
            throw InvalidTriggerException.never(
                    -1,
                    "The end must not be before the start, " + start.shown() + ", but is " + end.shown()
                            + ". Exchange them, or leave the end out.");
        }
    }

    private void requireExisting() {
        if (zone != null) {
            requireExisting("start", start, zone);
            requireExisting("end", end, zone);
        }
    }

    private static void requireExisting(String what, @Nullable Moment moment, ZoneId zone) {
        if (moment != null && moment.instant() == null) {
            require(
                    !zone.getRules().getValidOffsets(moment.local()).isEmpty(),
                    "The " + what + " must exist in its zone, " + zone,
                    moment.shown() + ", over which the clocks are put forward",
                    "Use a time before or after that gap");
        }
    }

    private static @Nullable ZoneId known(@Nullable ZoneId zone, @Nullable Moment start, @Nullable Moment end) {
        if (zone != null) {
            return zone;
        }
        ZoneId ofStart = start == null ? null : start.zone();
        return ofStart != null ? ofStart : end == null ? null : end.zone();
    }

    Bounds from(Temporal moment) {
        return new Bounds(Moment.of(moment), end, zone);
    }

    Bounds until(Temporal moment) {
        return new Bounds(start, Moment.of(moment), zone);
    }

    Bounds zone(ZoneId own) {
        return new Bounds(start, end, own);
    }

    /** The same, starting when it is registered, even if that is too late for it to fire at all. */
    Bounds startingAt(Instant moment) {
        return new Bounds(Moment.of(moment), end, zone);
    }

    ZoneId zoneOr(ZoneId schedulerZone) {
        ZoneId known = known(zone, start, end);
        return known == null ? schedulerZone : known;
    }

    @Nullable
    Instant start(ZoneId schedulerZone) {
        return start == null ? null : start.in(zoneOr(schedulerZone));
    }

    @Nullable
    Instant end(ZoneId schedulerZone) {
        return end == null ? null : end.in(zoneOr(schedulerZone));
    }

    /** The later one of a moment and the start. */
    Instant notBeforeStart(ZoneId schedulerZone, Instant from) {
        Instant start = start(schedulerZone);
        return start == null || start.isBefore(from) ? from : start;
    }

    /** The moment, if it is not after the end. */
    @Nullable
    Instant notAfterEnd(ZoneId schedulerZone, @Nullable Instant moment) {
        Instant end = end(schedulerZone);
        return moment == null || end != null && moment.isAfter(end) ? null : moment;
    }

    void write(Map<String, Object> data) {
        Data.put(data, "start", start);
        Data.put(data, "end", end);
        Data.put(data, "zone", zone);
    }

    static Bounds read(Data.Reader data) {
        return new Bounds(data.moment("start"), data.moment("end"), data.zone("zone"));
    }

    /** In words, to be put after those of the trigger. */
    String words() {
        return (start == null ? "" : ", from " + start.shown())
                + (end == null ? "" : ", until " + end.shown())
                + (zone == null ? "" : ", in " + zone);
    }
}
