package io.orrery.workflowfile.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps what a command writes to a stream, secrets included, up to a limit. Safe for use by any thread. */
public final class Capture {

    /** The most bytes that are kept. */
    public static final int LIMIT = 4 * 1024 * 1024;

    private byte[] bytes = new byte[1024]; // guarded by this
    private int used; // guarded by this
    private boolean isCut; // guarded by this

    /** An empty one. */
    public Capture() {}

    synchronized void add(byte[] more, int length) {
        int count = Math.min(length, LIMIT - used);
        isCut |= count < length;
        if (used + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(used + count, 2 * bytes.length)));
        }
        System.arraycopy(more, 0, bytes, used, count);
        used += count;
    }

    /** Whether there was more than is kept. */
    public synchronized boolean isCut() {
        return isCut;
    }

    /** What was written, as UTF-8. */
    public synchronized String text() {
        return new String(bytes, 0, used, StandardCharsets.UTF_8);
    }
}
