package io.orrery.workflowfile.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Keeps the last lines of a stream, of each line the beginning. Safe for use by several threads. */
final class Tail {

    private static final int LINES = 20;
    private static final int BYTES = 500;

    private final Deque<String> lines = new ArrayDeque<>(); // guarded by this
    private boolean inLine; // guarded by this; whether the last line goes on

    synchronized void add(byte[] bytes, boolean ended) {
        if (!inLine) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(text(bytes, ended));
        }
        inLine = !ended;
    }

    private static String text(byte[] bytes, boolean ended) {
        if (bytes.length > BYTES) {
            return new String(Arrays.copyOf(bytes, BYTES), StandardCharsets.UTF_8) + "...";
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return ended && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
