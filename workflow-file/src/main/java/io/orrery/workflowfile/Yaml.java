package io.orrery.workflowfile;

import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** From text to a tree of nodes that is safe to walk: not too big with all aliases followed, and without rings. */
final class Yaml {

    private static final String EXPRESSION = "${{";

    private final Problems problems;
    private final Map<Node, Long> sizes = new IdentityHashMap<>(); // 0 while the node is being measured

    private Yaml(Problems problems) {
        this.problems = problems;
    }

    /** The tree; null if there is none, in which case the problems say why. */
    static @Nullable Node parse(String text, Problems problems) {
        return new Yaml(problems).parse(text);
    }

    private @Nullable Node parse(String text) {
        Node root = compose(text);
        if (root == null) {
            return null;
        }
        long size = size(root);
        if (size > Limits.EXPANDED_NODES) {
            problems.add(
                    Code.TOO_BIG,
                    Span.START,
                    "With all aliases followed, a workflow file has at most " + Limits.EXPANDED_NODES
                            + " keys and values, but this one has " + (size == Long.MAX_VALUE ? "far more" : size)
                            + ". Use fewer aliases of aliases.");
            return null;
        }
        return size < 0 ? null : root;
    }

    private @Nullable Node compose(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setCodePointLimit(Limits.BYTES)
                .setBufferSize(16 * 1024)
                .setAllowDuplicateKeys(true) // the walk refuses them, with both lines
                .setAllowNonScalarKeys(true) // likewise
                .build();
        try {
            var parser = new ParserImpl(settings, new StreamReader(settings, text));
            Node root = new Composer(settings, new BoundedParser(parser))
                    .getSingleNode()
                    .orElse(null);
            if (root == null
                    || root instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
                problems.add(
                        Code.EMPTY,
                        Span.START,
                        "There is nothing in this file. A workflow has at least the field \"jobs\".");
                return null;
            }
            return root;
        } catch (BoundedParser.TooDeep e) {
            problems.add(
                    Code.TOO_BIG,
                    e.at(),
                    "Mappings and lists lie at most " + Limits.DEPTH
                            + " deep in each other, but here they lie deeper.");
        } catch (MarkedYamlEngineException e) {
            malformed(e);
        } catch (ReaderException e) {
            problems.add(
                    Code.NOT_YAML,
                    problems.source().at(e.getPosition()),
                    "The character U+%04X can't stand in YAML. Write it as an escape in double quotes."
                            .formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(Code.NOT_YAML, Span.START, "The file is not YAML: " + e.getMessage() + ".");
        }
        return null;
    }

    private void malformed(MarkedYamlEngineException e) {
        Span at = e.getProblemMark().map(Span::at).orElse(Span.START);
        if (e instanceof ComposerException && e.getProblem().contains("another document")) {
            problems.add(
                    Code.SEVERAL_DOCUMENTS,
                    at,
                    "A workflow file holds one document, but here a second one begins. Put it into a file of its own.");
            return;
        }
        String problem = e.getProblem().strip().replaceFirst("[.:]$", "");
        String context = e.getContext() == null ? "" : e.getContext().strip() + ", ";
        String remedy = problems.source().line(at.line()).contains(EXPRESSION)
                ? " Put quotes around ${{ ... }} inside { } and [ ]."
                : " Check indentation, quotes and brackets up to here.";
        problems.add(Code.NOT_YAML, at, "The file is not YAML: " + context + problem + "." + remedy);
    }

    /** How many nodes there are with all aliases followed; negative if a node contains itself. */
    private long size(Node node) {
        Long known = sizes.get(node);
        if (known != null) {
            return known == 0 ? ring(node) : known;
        }
        sizes.put(node, 0L);
        long size = 1;
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    size = plus(plus(size, size(tuple.getKeyNode())), size(tuple.getValueNode()));
                }
            }
            case SequenceNode list -> {
                for (Node item : list.getValue()) {
                    size = plus(size, size(item));
                }
            }
            default -> {}
        }
        sizes.put(node, size);
        return size;
    }

    private static long plus(long a, long b) {
        return a < 0 || b < 0 ? -1 : a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private long ring(Node node) {
        problems.add(
                Code.UNSUPPORTED_YAML,
                node,
                "A value can't contain itself, but an alias in here stands for all of it.");
        return -1;
    }
}
