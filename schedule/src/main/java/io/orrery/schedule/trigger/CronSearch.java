package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next fire of a cron expression in a zone. Immutable.
 *
 * <p>The rule (spec T-022): a local time fires if and only if it exists on the time line of the zone; one that is repeated
 * fires twice; one in a gap never does. So the time line is cut where the offset changes. Within such a segment local time
 * runs evenly, and the next match in it is a match of bits; if that lies beyond the end of the segment, the search goes on
 * where the next one begins. What was found stays valid for as long as the new beginning lies between where the search began
 * and what it found. So segments that lie between, days from both, are not even looked at. Two options bend the rule: a time in the gap can fire at
 * the end of the gap, and the second of two equal local times can be left out.
 */
record CronSearch(CronBits bits, GapRule gaps, RepeatRule repeats) {

    /** No moment. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long TWO_DAYS = 2 * 86_400; // more than what offsets differ by
    private static final long FAR = 366 * 86_400;

    /** The first fire that is not before {@code from}, both in seconds of the epoch, or {@link #NEVER}. Allocates nothing. */
    long next(ZoneTable zone, long from) {
        if (from >= zone.end) {
            return byRules(zone, from);
        }
        int segment = zone.segment(from);
        int offset = zone.offsets[segment];
        long searched = from + offset;
        if (segment > 0 && repeats == RepeatRule.ONCE) {
            searched = Math.max(searched, zone.starts[segment] + zone.offsets[segment - 1]);
        }
        long found = bits.next(searched);
        if (found - searched > FAR && zone.endOf(segment) > from + TWO_DAYS) {
            segment = zone.segment(found - TWO_DAYS);
            offset = zone.offsets[segment];
        }
        while (found - offset >= zone.endOf(segment)) {
            if (++segment == zone.starts.length) {
                return zone.end == Long.MAX_VALUE ? NEVER : byRules(zone, zone.end);
            }
            int before = offset;
            offset = zone.offsets[segment];
            long start = zone.starts[segment];
            if (gaps == GapRule.FIRE_AT_END && offset > before && found < start + offset) {
                return start;
            }
            long local = start + (repeats == RepeatRule.ONCE ? Math.max(before, offset) : offset);
            if (local < searched || local > found) {
                found = bits.next(local);
                searched = local;
            }
        }
        return found == CronBits.NEVER ? NEVER : found - offset;
    }

    /** The same far from now, where there is no table. */
    private long byRules(ZoneTable zone, long from) {
        long start = from;
        while (true) {
            Instant instant = Instant.ofEpochSecond(start);
            int offset = zone.rules.getOffset(instant).getTotalSeconds();
            ZoneOffsetTransition end = zone.rules.nextTransition(instant);
            long found = bits.next(searchedFrom(zone, start, offset));
            if (end == null || found - offset < end.toEpochSecond()) {
                return found == CronBits.NEVER ? NEVER : found - offset;
            }
            if (found == CronBits.NEVER && end.toEpochSecond() - start > TWO_DAYS) {
                return NEVER;
            }
            if (isAtEndOf(end, found)) {
                return end.toEpochSecond();
            }
            long near = found == CronBits.NEVER ? Long.MIN_VALUE : found - TWO_DAYS;
            start = Math.max(end.toEpochSecond(), near);
        }
    }

    private boolean isAtEndOf(ZoneOffsetTransition transition, long found) {
        return gaps == GapRule.FIRE_AT_END
                && transition.isGap()
                && found
                        < transition.toEpochSecond()
                                + transition.getOffsetAfter().getTotalSeconds();
    }

    private long searchedFrom(ZoneTable zone, long start, int offset) {
        if (repeats == RepeatRule.ONCE) {
            @Nullable ZoneOffsetTransition last = zone.rules.previousTransition(Instant.ofEpochSecond(start + 1));
            if (last != null) {
                return Math.max(
                        start + offset,
                        last.toEpochSecond() + last.getOffsetBefore().getTotalSeconds());
            }
        }
        return start + offset;
    }

    /** Whether there is any local time at all. */
    boolean isSatisfiable() {
        return bits.next(0) != CronBits.NEVER;
    }
}
