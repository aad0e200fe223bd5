package io.orrery.workflowfile.process;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines, and lines that are too long into parts, never inside a character. Holds at most one part.
 * For use by one thread at a time.
 */
final class LineSplitter {

    /** Takes a line or a part of one. */
    interface Taker {
        /** Takes it. */
        void take(byte[] bytes, boolean ended);
    }

    private final Taker taker;
    private final int most;
    private byte[] pending = new byte[256];
    private int used;

    LineSplitter(int most, Taker taker) {
        this.most = most;
        this.taker = taker;
    }

    void feed(byte[] bytes, int start, int length) {
        int end = start + length;
        int from = start;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                append(bytes, from, i);
                take(used, /* ended= */ true);
                from = i + 1;
            }
        }
        append(bytes, from, end);
    }

    /** Hands over what came after the last line feed, if anything. */
    void finish() {
        if (used > 0) {
            take(used, /* ended= */ false);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int next = from;
        while (next < to) {
            if (used == most) {
                take(wholeCharacters(), /* ended= */ false);
            }
            int count = Math.min(to - next, most - used);
            if (used + count > pending.length) {
                pending = Arrays.copyOf(pending, Math.min(most, Math.max(used + count, 2 * pending.length)));
            }
            System.arraycopy(bytes, next, pending, used, count);
            used += count;
            next += count;
        }
    }

    private void take(int count, boolean ended) {
        taker.take(Arrays.copyOf(pending, count), ended);
        System.arraycopy(pending, count, pending, 0, used - count);
        used -= count;
    }

    /** How many of the pending bytes are whole characters of UTF-8; all of them if they are something else. */
    private int wholeCharacters() {
        for (int back = 1; back <= 3 && back < used; back++) {
            int lead = pending[used - back] & 0xFF;
            if (lead >= 0xC0) {
                int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return length > back ? used - back : used;
            }
            if (lead < 0x80) {
                return used;
            }
        }
        return used;
    }
}
