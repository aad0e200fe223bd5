package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds back what a job prints until it has ended, so that it stands together; of a job that prints very much, it is shown in
 * several pieces. Safe for use by any thread.
 */
public final class OutputGroups {

    private static final int MOST_BYTES = 1 << 20;
    /** What lines that come by themselves take in memory beside their text. */
    private static final int OVERHEAD = 128;

    private static final class Group {
        private final List<OutputLines> lines = new ArrayList<>();
        private int size;
    }

    private final Map<String, Group> groups = new HashMap<>(); // guarded by this
    private final Consumer<List<OutputLines>> show;

    /** Groups that are shown in one piece each. */
    public OutputGroups(Consumer<List<OutputLines>> show) {
        this.show = show;
    }

    /** Adds lines. */
    public synchronized void add(OutputLines lines) {
        Group group = groups.computeIfAbsent(lines.job(), job -> new Group());
        group.lines.add(lines.copy());
        group.size += OVERHEAD + Integer.BYTES * lines.count() + lines.end(lines.count() - 1) - lines.start(0);
        if (group.size > MOST_BYTES) {
            end(lines.job());
        }
    }

    /** Shows what a job has printed. */
    public synchronized void end(String job) {
        Group group = groups.remove(job);
        if (group != null) {
            show.accept(group.lines);
        }
    }

    /** Shows what is left. */
    public synchronized void close() {
        List.copyOf(groups.keySet()).forEach(this::end);
    }
}
