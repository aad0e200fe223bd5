package io.orrery.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that jobs leave in the order in which things happen, to be compared as a whole. Safe for use by any thread.
 *
 * {@snippet :
 * var trail = new Trail();
 * var etl = Workflow.named("etl");
 * var fetch = etl.action("fetch", () -> trail.add("fetch"));
 * etl.action("parse", () -> trail.add("parse")).requires(fetch);
 * etl.run(options);
 * trail.assertLines("fetch", "parse");
 * }
 */
public final class Trail {

    private final List<String> lines = new ArrayList<>(); // guarded by itself

    /** A trail without lines. */
    public Trail() {}

    /** Adds a line at the end. */
    public void add(String line) {
        synchronized (lines) {
            lines.add(line);
        }
    }

    /** The lines so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Forgets all lines. */
    public void clear() {
        synchronized (lines) {
            lines.clear();
        }
    }

    /**
     * Checks that there are exactly these lines, in this order.
     *
     * @throws AssertionError if it is not so, with both
     */
    public Trail assertLines(String... expected) {
        Differences.check("The lines of the trail", List.of(expected), lines());
        return this;
    }

    /**
     * Checks that there are exactly these lines, in any order: for what happens at one instant of real time.
     *
     * @throws AssertionError if it is not so, with both, sorted
     */
    public Trail assertLinesInAnyOrder(String... expected) {
        Differences.check(
                "The sorted lines of the trail",
                List.of(expected).stream().sorted().toList(),
                lines().stream().sorted().toList());
        return this;
    }

    /**
     * Checks that these lines occur, in this order; there may be others before, between and after them.
     *
     * @throws AssertionError if it is not so, naming the first line that is missing or too early
     */
    public Trail assertOrder(String... expected) {
        List<String> actual = lines();
        int from = 0;
        for (String line : expected) {
            int at = actual.subList(from, actual.size()).indexOf(line);
            if (at < 0) {
                throw Differences.between(
                        "\"" + line + "\" " + (actual.contains(line) ? "comes too early in" : "is missing in")
                                + " the trail",
                        List.of(expected),
                        actual);
            }
            from += at + 1;
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
