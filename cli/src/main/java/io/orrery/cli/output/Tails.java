package io.orrery.cli.output;

import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.OutputText;
import io.orrery.workflowfile.process.OutputLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last lines that jobs printed, of those that run and those that failed. Safe for use by any thread. */
public final class Tails {

    private static final int LINES = 10;
    private static final int CELLS = 300;
    /** More failures than anybody reads. */
    private static final int MOST_JOBS = 1_000;

    private final Map<String, Deque<byte[]>> tails = new HashMap<>(); // guarded by this; of each line the beginning

    synchronized void add(OutputLines lines) {
        Deque<byte[]> tail = tails.get(lines.job());
        if (tail == null) {
            if (tails.size() >= MOST_JOBS) {
                return;
            }
            tail = new ArrayDeque<>(LINES);
            tails.put(lines.job(), tail);
        }
        for (int line = Math.max(0, lines.count() - LINES); line < lines.count(); line++) {
            if (tail.size() == LINES) {
                tail.removeFirst();
            }
            int start = lines.start(line);
            tail.addLast(Arrays.copyOfRange(lines.bytes(), start, Math.min(start + 4 * CELLS, lines.end(line))));
        }
    }

    private static String shown(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        return Cells.fit(OutputText.forTerminal(text.stripTrailing(), /* colours= */ false), CELLS, "...");
    }

    /** Forgets what a job printed: nobody will ask. */
    public synchronized void forget(String job) {
        tails.remove(job);
    }

    /** The last lines of a job. */
    public synchronized List<String> of(String job) {
        return tails.getOrDefault(job, new ArrayDeque<>()).stream()
                .map(Tails::shown)
                .toList();
    }
}
