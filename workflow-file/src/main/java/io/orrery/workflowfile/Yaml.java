package io.orrery.workflowfile;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** From text to a tree of nodes that is safe to walk: not too big with all aliases followed, and without rings. */
final class Yaml {

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new PlainSchema())
            .setCodePointLimit(Limits.BYTES)
            .setBufferSize(16 * 1024)
            .setMaxAliasesForCollections(Integer.MAX_VALUE) // what they amount to is bounded instead
            .setAllowDuplicateKeys(true) // the walk refuses them, with both lines
            .setAllowNonScalarKeys(true) // likewise
            .build();

    private final Problems problems;

    private Yaml(Problems problems) {
        this.problems = problems;
    }

    /** The tree; null if there is none, in which case the problems say why. */
    static @Nullable Node parse(String text, Problems problems) {
        Node root = new Yaml(problems).compose(text);
        return root != null && Expansion.isSafe(root, problems) ? root : null;
    }

    private @Nullable Node compose(String text) {
        try {
            var parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
            Node root = new Composer(SETTINGS, new BoundedParser(parser))
                    .getSingleNode()
                    .orElse(null);
            if (root == null
                    || root instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
                problems.add(
                        Code.EMPTY,
                        Span.START,
                        "A workflow has at least the field \"jobs\", but there is nothing in this file. Add it.");
                return null;
            }
            return root;
        } catch (BoundedParser.TooDeep e) {
            problems.add(
                    Code.TOO_BIG,
                    e.at(),
                    "Mappings and lists lie at most " + Limits.DEPTH
                            + " deep in each other, but here they lie deeper. Make it flatter.");
        } catch (MarkedYamlEngineException e) {
            malformed(e);
        } catch (ReaderException e) {
            problems.add(
                    Code.NOT_YAML,
                    problems.source().at(e.getPosition()),
                    "The character U+%04X can't stand in YAML. Write it as an escape in double quotes."
                            .formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(
                    Code.NOT_YAML,
                    Span.START,
                    "The file is not YAML: " + e.getMessage() + ". Check it with an editor that knows YAML.");
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
        String context = e.getContext() == null ? "" : e.getContext().strip();
        if (!context.isEmpty()) {
            context += e.getContextMark()
                    .map(mark -> " (line " + Span.at(mark).line() + "), ")
                    .orElse(", ");
        }
        problems.add(
                Code.NOT_YAML,
                at,
                "The file is not YAML: " + context + problem + ". "
                        + remedy(problem, problems.source().line(at.line())));
    }

    /** What helps against the mistakes that are made most. */
    private static String remedy(String problem, String line) {
        if (line.contains(Expressions.OPEN)) {
            return "Put quotes around ${{ ... }} inside { } and [ ].";
        } else if (problem.contains("mapping values are not allowed")) {
            return "Put quotes around all of a text in which a space follows a colon, or write it on lines of its own"
                    + " behind \"|\"; or look before this for a key without its colon or its indentation.";
        } else if (problem.contains("(TAB)")) {
            return "Use spaces for indentation.";
        } else if (problem.contains("expected ',' or")) {
            return "Put quotes around text with brackets, braces, commas or colons inside { } and [ ], and close what"
                    + " was opened.";
        } else if (problem.contains("cannot start any token")) {
            return "Put quotes around all of a text that begins with this character.";
        }
        return "Check indentation, quotes and brackets up to here.";
    }
}
