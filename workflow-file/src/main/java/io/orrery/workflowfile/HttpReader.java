package io.orrery.workflowfile;

import io.orrery.workflowfile.body.Work;
import io.orrery.workflowfile.expression.Json;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.format.JobVocabularies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code http}. */
final class HttpReader {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^\\s]+");
    private static final List<String> CONTENTS = List.of("json", "form", "body");

    private final Values values;
    private final Fields fields;

    private HttpReader(Node node, Values values, String what) {
        this.values = values;
        this.fields = Fields.of(node, JobVocabularies.HTTP, what, values.problems());
    }

    static Work.HttpCall read(Node node, Values values, String what) {
        return new HttpReader(node, values, what).call();
    }

    private Work.HttpCall call() {
        Node url = fields.needed("url", "the address", values.problems());
        Template address = url == null ? null : values.template(url, fields.what("url"));
        if (url != null && address != null) {
            checkAddress(url, address);
        }
        return new Work.HttpCall(
                method(),
                address == null ? Template.EMPTY : address,
                headers(),
                mapping("query"),
                content(),
                expected());
    }

    private void checkAddress(Node node, Template address) {
        String text = address.text();
        boolean isOpen = !address.isKnown() && text.startsWith(Expressions.OPEN);
        if (!isOpen
                && !ADDRESS.matcher(address.isKnown() ? text : text.replaceAll("\\$\\{\\{.*?}}", "x"))
                        .matches()) {
            values.problems()
                    .add(
                            Code.MALFORMED,
                            node,
                            "An address begins with http:// or https:// and has no blanks, but here is %s. Write a whole one."
                                    .formatted(Names.quote(text)));
        }
    }

    private String method() {
        Node node = fields.value("method");
        String method = node == null ? null : values.text(node, fields.what("method"));
        if (node != null && method != null && !TOKEN.matcher(method).matches()) {
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            node,
                            "A method is a word, but here is %s. Write GET, POST or another one."
                                    .formatted(Names.quote(method)));
            return "GET";
        }
        return method == null ? "GET" : method.toUpperCase(Locale.ROOT);
    }

    private Map<String, Template> mapping(String name) {
        Node node = fields.value(name);
        return node == null ? Map.of() : values.mapping(node, fields.what(name));
    }

    private Map<String, Template> headers() {
        if (fields.value("headers") instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, fields.what("headers"), values.problems())) {
                if (!TOKEN.matcher(entry.name()).matches()) {
                    values.problems()
                            .add(
                                    Code.BAD_NAME,
                                    entry.key(),
                                    "The name of a header has no blanks or colons, but this is %s. Rename it."
                                            .formatted(Names.quote(entry.name())));
                }
            }
        }
        return mapping("headers");
    }

    private Work.Content content() {
        List<String> contents = CONTENTS.stream().filter(fields::has).toList();
        if (contents.size() > 1) {
            values.problems()
                    .add(
                            Code.TWO_ACTIONS,
                            fields.key(contents.get(1)),
                            "A request has one body, but %s has \"%s\". Drop all but one."
                                    .formatted(fields.where(), String.join("\" and \"", contents)));
        }
        if (contents.isEmpty()) {
            return new Work.NoContent();
        }
        Node node = fields.present(contents.getFirst());
        return switch (contents.getFirst()) {
            case "json" -> new Work.JsonContent(values.any(node, fields.what("json")));
            case "form" -> new Work.FormContent(mapping("form"));
            default -> {
                Template text = values.template(node, fields.what("body"));
                yield new Work.TextContent(text == null ? Template.EMPTY : text);
            }
        };
    }

    private Work.Expected expected() {
        Node node = fields.value("expect");
        if (node == null) {
            return new Work.Expected(List.of(), Map.of(), null);
        }
        Fields expect = Fields.of(node, JobVocabularies.EXPECT, fields.what("expect"), values.problems());
        var statuses = new ArrayList<Integer>();
        Node status = expect.value("status");
        for (Node item : status == null ? List.<Node>of() : RetryReader.items(status)) {
            Long code = values.whole(item, expect.what("status"), 100, 599);
            if (code != null) {
                statuses.add(code.intValue());
            }
        }
        return new Work.Expected(
                statuses,
                json(expect.value("json"), expect),
                OutputReader.pattern(expect.value("match"), expect.what("match"), values));
    }

    private Map<String, Object> json(@Nullable Node node, Fields expect) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, expect.what("json"), values.problems())) {
                if (Json.isPointer(entry.name())) {
                    wanted.put(entry.name(), values.any(entry.value(), expect.what("json")));
                } else {
                    OutputReader.badPointer(entry.key(), entry.name(), values.problems());
                }
            }
        } else if (node != null) {
            values.problems()
                    .add(
                            Code.WRONG_TYPE,
                            node,
                            "%s is a mapping of JSON pointers and values, but here is %s. Write {/status: UP}."
                                    .formatted(expect.what("json"), Values.kind(node)));
        }
        return wanted;
    }
}
