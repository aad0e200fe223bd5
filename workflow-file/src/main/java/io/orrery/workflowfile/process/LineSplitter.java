package io.orrery.workflowfile.process;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, and lines that are too long into parts, never inside a character. Holds at most one part.
 * For use by one thread at a time.
 */
final class LineSplitter {

    /** Takes lines, or a part of one. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes them.
         *
         * @param bytes used again
         * @param starts where each starts, and where one after the last would: a line feed stands before each
         * @param ended whether they have line feeds; if not, there is one
         */
        void take(byte[] bytes, int[] starts, boolean ended);
    }

    /** More at once make it no faster. */
    private static final int MOST_LINES = 512;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private final Taker taker;
    private final int most;
    private final int[] starts = new int[MOST_LINES + 1]; // the first one is always 0
    private byte[] pending = new byte[256];
    private int used;

    LineSplitter(int most, Taker taker) {
        this.most = most;
        this.taker = taker;
    }

    void feed(byte[] bytes, int start, int length) {
        int end = start + length;
        int next = start;
        while (next < end) {
            int count = Math.min(end - next, most + 1 - used);
            if (used + count > pending.length) {
                pending = Arrays.copyOf(pending, Math.min(most + 1, Math.max(used + count, 2 * pending.length)));
            }
            System.arraycopy(bytes, next, pending, used, count);
            int seen = used;
            used += count;
            next += count;
            split(seen);
        }
    }

    /** Hands over what came after the last line feed, if anything. */
    void finish() {
        if (used > 0) {
            takePart(used);
        }
    }

    /** Hands over the lines that end after what was seen before, and keeps the beginning of the next one. */
    private void split(int seen) {
        int count = 0;
        int from = seen;
        for (int end = lineFeed(from); end >= 0; end = lineFeed(from)) {
            from = end + 1;
            starts[++count] = from;
            if (count == MOST_LINES) {
                take(count, /* ended= */ true);
                drop(from);
                from = 0;
                count = 0;
            }
        }
        if (count > 0) {
            take(count, /* ended= */ true);
            drop(from);
        }
        if (used > most) {
            takePart(wholeCharacters(most));
        }
    }

    /** Where the next line feed is; negative if there is none. Looks at eight bytes at once. */
    private int lineFeed(int from) {
        int i = from;
        for (; i + Long.BYTES <= used; i += Long.BYTES) {
            long zeroWhereFound = (long) EIGHT.get(pending, i) ^ LINE_FEEDS;
            long found = (zeroWhereFound - ONES) & ~zeroWhereFound & HIGHEST_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < used; i++) {
            if (pending[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void takePart(int size) {
        starts[1] = size + 1;
        take(1, /* ended= */ false);
        drop(size);
    }

    private void take(int count, boolean ended) {
        taker.take(pending, Arrays.copyOf(starts, count + 1), ended);
    }

    private void drop(int count) {
        System.arraycopy(pending, count, pending, 0, used - count);
        used -= count;
    }

    /** How many of the first bytes are whole characters of UTF-8; all of them if they are something else. */
    private int wholeCharacters(int length) {
        for (int back = 1; back <= 3 && back < length; back++) {
            int lead = pending[length - back] & 0xFF;
            if (lead >= 0xC0) {
                int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return size > back ? length - back : length;
            }
            if (lead < 0x80) {
                return length;
            }
        }
        return length;
    }
}
