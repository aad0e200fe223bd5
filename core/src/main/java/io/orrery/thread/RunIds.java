package io.orrery.thread;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Makes run ids: ULIDs, 26 characters that sort by the millisecond in which they were made. */
public final class RunIds {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

    private RunIds() {}

    /** The next one. */
    public static String next(Instant now) {
        var random = ThreadLocalRandom.current();
        char[] id = new char[26];
        write(id, 0, 10, now.toEpochMilli());
        write(id, 10, 18, random.nextLong());
        write(id, 18, 26, random.nextLong());
        return new String(id);
    }

    private static void write(char[] id, int from, int to, long bits) {
        long rest = bits;
        for (int i = to - 1; i >= from; i--) {
            id[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
