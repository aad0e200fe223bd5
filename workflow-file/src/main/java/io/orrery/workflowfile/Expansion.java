package io.orrery.workflowfile;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What a tree of nodes amounts to with all aliases followed: a few lines can stand for billions of values. Looks at each node
 * once, however often it is aliased; an alias stands behind its anchor, so the recursion is no deeper than the text.
 */
final class Expansion {

    private static final Set<Tag> TAGS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

    /** The measure of a node that is being measured; a node that meets it contains itself. */
    private static final Measure OPEN = new Measure(0, 0);

    private static final Measure SCALAR = new Measure(1, 0);

    private record Measure(long size, int depth) {
        Measure around(Measure inner) {
            boolean overflows = size > Long.MAX_VALUE - inner.size;
            return new Measure(overflows ? Long.MAX_VALUE : size + inner.size, Math.max(depth, inner.depth + 1));
        }
    }

    private final Problems problems;
    private final Map<Node, Measure> known = new IdentityHashMap<>();
    private boolean hasRing;

    private Expansion(Problems problems) {
        this.problems = problems;
    }

    /** Whether a tree is safe to walk: not too big, not too deep, without rings. If not, the problems say why. */
    static boolean isSafe(Node root, Problems problems) {
        var expansion = new Expansion(problems);
        Measure measure = expansion.measure(root);
        if (expansion.hasRing) {
            return false;
        }
        if (measure.size > Limits.EXPANDED_NODES || measure.depth > Limits.DEPTH) {
            problems.add(
                    Code.TOO_BIG,
                    Span.START,
                    "With all aliases followed, a workflow file has at most %d keys and values, %d deep in each other, but this one has %s, %d deep. Use fewer aliases of aliases."
                            .formatted(
                                    Limits.EXPANDED_NODES,
                                    Limits.DEPTH,
                                    measure.size == Long.MAX_VALUE ? "far more" : measure.size,
                                    measure.depth));
            return false;
        }
        return true;
    }

    private Measure measure(Node node) {
        if (node instanceof ScalarNode) {
            refuseForeignTag(node);
            return SCALAR;
        }
        Measure before = known.putIfAbsent(node, OPEN);
        if (before != null) {
            return before.equals(OPEN) ? ring(node) : before;
        }
        refuseForeignTag(node);
        Measure measure = new Measure(1, 0);
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    measure = measure.around(measure(tuple.getKeyNode())).around(measure(tuple.getValueNode()));
                }
            }
            case SequenceNode list -> {
                for (Node item : list.getValue()) {
                    measure = measure.around(measure(item));
                }
            }
            default -> {}
        }
        known.put(node, measure);
        return measure;
    }

    private Measure ring(Node node) {
        hasRing = true;
        problems.add(
                Code.UNSUPPORTED_YAML,
                node,
                "A value can't contain itself, but an alias in here stands for all of it. Drop the alias.");
        return OPEN;
    }

    private void refuseForeignTag(Node node) {
        if (!TAGS.contains(node.getTag())) {
            String tag = node.getTag().getValue();
            problems.add(
                    Code.UNSUPPORTED_YAML,
                    node,
                    "Workflow files have no tags, but here is " + Names.quote(tag) + ". Drop it.");
        }
    }
}
