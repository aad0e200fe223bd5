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

    private final Deque<Line> lines = new ArrayDeque<>(LINES); // guarded by this
    private boolean inLine; // guarded by this; whether the last line goes on

    synchronized void add(OutputLines added) {
        int first = inLine ? 1 : 0;
        for (int line = Math.max(first, added.count() - LINES); line < added.count(); line++) {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            int start = added.start(line);
            int end = added.end(line);
            boolean isLong = end - start > BYTES;
            byte[] kept = Arrays.copyOfRange(added.bytes(), start, isLong ? start + BYTES : end);
            lines.addLast(new Line(kept, isLong, added.ended()));
        }
        inLine = !added.ended();
    }

    /** The beginning of a line: as text only when somebody asks. */
    private static final class Line {
        private final byte[] bytes;
        private final boolean isLong;
        private final boolean ended;

        Line(byte[] bytes, boolean isLong, boolean ended) {
            this.bytes = bytes;
            this.isLong = isLong;
            this.ended = ended;
        }

        String text() {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (isLong) {
                return text + "...";
            }
            return ended && text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }

    synchronized List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }
}
