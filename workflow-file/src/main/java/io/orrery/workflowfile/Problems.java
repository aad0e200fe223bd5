package io.orrery.workflowfile;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects problems. What an alias repeats is one problem. For use by one thread. */
final class Problems {

    private static final Comparator<Problem> IN_ORDER_OF_THE_FILE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final Source source;
    private final Set<Problem> found = new LinkedHashSet<>();

    Problems(Source source) {
        this.source = source;
    }

    Source source() {
        return source;
    }

    void add(Code code, Span at, String message) {
        found.add(new Problem(code, source.place(at), message));
    }

    void add(Code code, Node at, String message) {
        add(code, Span.of(at), message);
    }

    List<Problem> inOrder() {
        return found.stream().sorted(IN_ORDER_OF_THE_FILE).toList();
    }
}
