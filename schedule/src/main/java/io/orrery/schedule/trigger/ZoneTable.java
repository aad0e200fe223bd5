package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The offsets of a zone as arrays: segment {@code i} begins at {@code starts[i]}, in seconds of the epoch, ends before
 * {@code starts[i + 1]}, and has the offset {@code offsets[i]}. Covers all moments before {@link #end}; later ones are a
 * matter of the rules. Immutable.
 */
final class ZoneTable {

    /** Beyond this, few ask, and the table of a zone with two transitions a year would become large. */
    private static final long LAST = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond();

    private static final int BUCKET_BITS = 24; // half a year, in which there are rarely more than two transitions
    private static final ConcurrentHashMap<ZoneId, ZoneTable> TABLES = new ConcurrentHashMap<>();

    final ZoneId zone;
    final ZoneRules rules;
    final long[] starts;
    final int[] offsets;
    final long end;
    private final long base;
    private final int[] buckets; // the segment at the beginning of each

    private ZoneTable(ZoneId zone) {
        this.zone = zone;
        this.rules = zone.getRules();
        long[] moments = new long[64];
        int[] after = new int[64];
        int count = 1;
        moments[0] = Long.MIN_VALUE;
        after[0] = rules.getOffset(Instant.MIN).getTotalSeconds();
        ZoneOffsetTransition next = rules.nextTransition(Instant.MIN);
        for (; next != null && next.toEpochSecond() < LAST; next = rules.nextTransition(next.getInstant())) {
            if (count == moments.length) {
                moments = Arrays.copyOf(moments, 2 * count);
                after = Arrays.copyOf(after, 2 * count);
            }
            moments[count] = next.toEpochSecond();
            after[count++] = next.getOffsetAfter().getTotalSeconds();
        }
        starts = Arrays.copyOf(moments, count);
        offsets = Arrays.copyOf(after, count);
        end = next == null ? Long.MAX_VALUE : LAST;
        base = count == 1 ? 0 : starts[1];
        buckets = buckets();
    }

    /** The table of a zone; made once. */
    static ZoneTable of(ZoneId zone) {
        ZoneTable table = TABLES.get(zone);
        return table == null ? TABLES.computeIfAbsent(zone, ZoneTable::new) : table;
    }

    private int[] buckets() {
        long width = starts.length == 1 ? 0 : starts[starts.length - 1] - base;
        int[] first = new int[(int) (width >> BUCKET_BITS) + 1];
        int segment = 0;
        for (int i = 0; i < first.length; i++) {
            segment = forward(segment, base + ((long) i << BUCKET_BITS));
            first[i] = segment;
        }
        return first;
    }

    /** The segment of a moment. */
    int segment(long second) {
        if (second < base || starts.length == 1) {
            return 0;
        }
        long bucket = (second - base) >> BUCKET_BITS;
        return bucket >= buckets.length ? starts.length - 1 : forward(buckets[(int) bucket], second);
    }

    private int forward(int from, long second) {
        int segment = from;
        while (segment + 1 < starts.length && starts[segment + 1] <= second) {
            segment++;
        }
        return segment;
    }

    /** Where a segment ends. */
    long endOf(int segment) {
        return segment + 1 < starts.length ? starts[segment + 1] : end;
    }
}
