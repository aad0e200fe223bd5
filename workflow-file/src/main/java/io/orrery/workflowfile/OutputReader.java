package io.orrery.workflowfile;

import io.orrery.workflowfile.body.OutputRule;
import io.orrery.workflowfile.body.OutputRule.Source;
import io.orrery.workflowfile.expression.Json;
import io.orrery.workflowfile.format.JobVocabularies;
import io.orrery.workflowfile.spelling.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code outputs}: names, and where each comes from. */
final class OutputReader {

    private final Values values;
    private final boolean isHttp;

    OutputReader(Values values, boolean isHttp) {
        this.values = values;
        this.isHttp = isHttp;
    }

    List<OutputRule> read(@Nullable Node node, String what) {
        var rules = new ArrayList<OutputRule>();
        Problems problems = values.problems();
        if (node != null && !(node instanceof MappingNode)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a mapping of names and where they come from, but here is %s. Write {version: {from: stdout}}."
                            .formatted(what, Values.kind(node)));
        }
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, what, problems)) {
                if (Names.PARAMETER.matcher(entry.name()).matches()) {
                    OutputRule rule = rule(entry, what);
                    if (rule != null) {
                        rules.add(rule);
                    }
                } else {
                    problems.add(
                            Code.BAD_NAME,
                            entry.key(),
                            "The name of an output has letters, digits, - and _, but this is "
                                    + Names.quote(entry.name()) + ". Rename it.");
                }
            }
        }
        return rules;
    }

    private @Nullable OutputRule rule(Entries.Entry entry, String what) {
        String where = "output \"" + entry.name() + "\" of " + what.substring(what.indexOf(" of ") + 4);
        Fields fields = Fields.of(entry.value(), JobVocabularies.OUTPUT, where, values.problems());
        Node from = fields.needed("from", "where it comes from", values.problems());
        Source source = from == null ? null : source(from, fields.what("from"));
        Node trim = fields.value("trim");
        Boolean trimmed = trim == null ? null : values.bool(trim, fields.what("trim"));
        Pattern match = pattern(fields.value("match"), fields.what("match"), values);
        String pointer = pointer(fields);
        if (source == null) {
            return null;
        }
        String key = key(entry, fields, source);
        return new OutputRule(entry.name(), source, key, match, pointer, trimmed == null || trimmed);
    }

    private @Nullable Source source(Node node, String what) {
        String word = values.text(node, what);
        List<Source> fitting = Arrays.stream(Source.values())
                .filter(source -> source.isOfHttp() == isHttp)
                .toList();
        for (Source source : fitting) {
            if (source.word().equals(word)) {
                return source;
            }
        }
        if (word != null) {
            List<String> words = fitting.stream().map(Source::word).toList();
            String nearest = Spelling.nearest(word, words);
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            node,
                            "An output of %s comes from %s, but here is %s. %s"
                                    .formatted(
                                            isHttp ? "a request" : "a command",
                                            String.join(", ", words),
                                            Names.quote(word),
                                            nearest == null
                                                    ? "Choose one of them."
                                                    : "Did you mean \"" + nearest + "\"?"));
        }
        return null;
    }

    private String key(Entries.Entry entry, Fields fields, Source source) {
        if (source == Source.FILE) {
            Node path = fields.needed("path", "the file that it comes from", values.problems());
            String text = path == null ? null : values.text(path, fields.what("path"));
            return text == null ? "" : text;
        }
        useless(fields, "path", "only \"from: file\" has one");
        if (source == Source.HEADER || source == Source.OUTPUT_FILE) {
            Node name = fields.value("name");
            String text = name == null ? null : values.text(name, fields.what("name"));
            return text == null ? entry.name() : text;
        }
        useless(fields, "name", "only \"from: header\" and \"from: output-file\" have one");
        if (source == Source.EXIT_CODE) {
            useless(fields, "match", "an exit code is a number");
            useless(fields, "json", "an exit code is a number");
        }
        return "";
    }

    private void useless(Fields fields, String name, String why) {
        if (fields.has(name)) {
            values.problems()
                    .add(
                            Code.USELESS_FIELD,
                            fields.key(name),
                            "%s has no effect: %s. Drop it.".formatted(fields.what(name), why));
        }
    }

    private @Nullable String pointer(Fields fields) {
        Node node = fields.value("json");
        String text = node == null ? null : values.text(node, fields.what("json"));
        if (node != null && text != null && !Json.isPointer(text)) {
            badPointer(node, text, values.problems());
            return null;
        }
        return text;
    }

    static void badPointer(Node node, String text, Problems problems) {
        problems.add(
                Code.MALFORMED,
                node,
                "A JSON pointer begins with /, but here is %s. Write one such as /items/0/name."
                        .formatted(Names.quote(text)));
    }

    /** A regular expression; null if there is none that can be read. */
    static @Nullable Pattern pattern(@Nullable Node node, String what, Values values) {
        String text = node == null ? null : values.text(node, what);
        if (node == null || text == null) {
            return null;
        }
        try {
            return Pattern.compile(text, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            values.problems()
                    .add(
                            Code.MALFORMED,
                            node,
                            "%s is a regular expression, but %s is none: %s. Write one such as version ([0-9.]+)."
                                    .formatted(what, Names.quote(text), e.getDescription()));
            return null;
        }
    }
}
