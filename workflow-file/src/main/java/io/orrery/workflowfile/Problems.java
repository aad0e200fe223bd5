package io.orrery.workflowfile;

import io.orrery.workflowfile.spelling.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects problems. What an alias repeats is one problem. For use by one thread. */
final class Problems {

    private static final Comparator<Problem> IN_ORDER_OF_THE_FILE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);
    private static final Comparator<Problem> BY_FILE =
            Comparator.comparing(problem -> problem.place().file());

    /** More help nobody: a file with that many is something else than a workflow. */
    private static final int MOST = 1_000;
    /** How many words may be compared to find likely ones: it takes longer than all the rest in a big file. */
    private static final int MOST_COMPARISONS = 200_000;

    private final Source source;
    private final Set<Problem> found = new LinkedHashSet<>();
    private int comparisons;

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    void add(Code code, Span at, String message) {
        if (found.size() < MOST) {
            found.add(new Problem(code, source.place(at), message));
        }
    }

    /** How many there are. */
    int count() {
        return found.size();
    }

    /** Adds the problems of another file. */
    void addAll(Collection<Problem> others) {
        others.stream().filter(other -> found.size() < MOST).forEach(found::add);
    }

    void add(Code code, Node at, String message) {
        add(code, Span.of(at), message);
    }

    /** {@link Spelling#nearest}, but null once too much was compared. */
    @Nullable
    String nearest(String word, Collection<String> candidates) {
        comparisons += Math.min(candidates.size(), MOST_COMPARISONS);
        return comparisons > MOST_COMPARISONS ? null : Spelling.nearest(word, candidates);
    }

    List<Problem> inOrder() {
        var sorted = new ArrayList<>(found);
        String own = source.file();
        sorted.sort(Comparator.comparing(
                        (Problem problem) -> !problem.place().file().equals(own))
                .thenComparing(BY_FILE)
                .thenComparing(IN_ORDER_OF_THE_FILE));
        if (sorted.size() == MOST) {
            sorted.add(new Problem(
                    Code.TOO_MANY,
                    sorted.getLast().place(),
                    "Only the first " + MOST + " problems found are shown. Mend some of them, and look again."));
        }
        return List.copyOf(sorted);
    }
}
