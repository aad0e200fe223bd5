package io.orrery.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What became of a run and of all that is nested in it, as lines of text that do not depend on who was first to write
 * them: one a job, one a run, one each time a body or a shutdown was executed. Both the prediction and the record of what
 * really happened have this form. Safe for use by any thread.
 */
public final class Trail {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    /** How a run ended; of the runs of one path, {@code index} tells which. */
    public record RunEnd(String state, String why, long elapsed, String failure) {}

    /** What a run ended with besides its verdict. */
    public record Notes(List<String> shutdownProblems, List<String> stragglers) {}

    /** When a job became ready, began and ended; empty for never. */
    public record Times(Optional<Long> ready, Optional<Long> start, Optional<Long> end) {}

    /** Notes a run. */
    public void run(String path, int index, RunEnd end, Notes notes) {
        lines.add("run " + path + "[" + index + "] " + end + " shutdown " + new TreeSet<>(notes.shutdownProblems())
                + " stragglers " + new TreeSet<>(notes.stragglers()));
    }

    /** Notes a job of a run. */
    public void job(String path, int index, String outcome, int attempts, Times times) {
        lines.add("job " + path + "[" + index + "] " + outcome + " attempts " + attempts + " ready "
                + text(times.ready()) + " start " + text(times.start()) + " end " + text(times.end()));
    }

    /** Notes that a body or a shutdown was executed. */
    public void executed(String what, long from, long to) {
        lines.add("executed " + what + " from " + from + " to " + to);
    }

    /** What is left of a trail when nothing is said of times, and of several reasons none. */
    public static List<String> timeless(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("elapsed=\\d+| ready .*| from \\d+ to \\d+|Skipped.because=[^]]*", ""))
                .sorted()
                .toList();
    }

    private static String text(Optional<Long> time) {
        return time.map(String::valueOf).orElse("never");
    }

    /** All lines, sorted. */
    public List<String> lines() {
        synchronized (lines) {
            return lines.stream().sorted().toList();
        }
    }
}
