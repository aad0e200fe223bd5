package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Vocabulary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The fields of a mapping whose keys are given by the format. Unknown ones are refused when it is made. */
final class Fields {

    private final Map<String, Entries.Entry> byName = new LinkedHashMap<>();
    private final String where;
    private final Node node;
    private boolean complete = true;

    private Fields(String where, Node node) {
        this.where = where;
        this.node = node;
    }

    /**
     * The fields of a mapping; none if the node is not a mapping, which is a problem then.
     *
     * @param where what the mapping is, for messages: {@code job "build"}
     */
    static Fields of(Node node, Vocabulary vocabulary, String where, Problems problems) {
        var fields = new Fields(where, node);
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a mapping of fields, but here is %s. Known fields: %s."
                            .formatted(capitalized(where), Values.kind(node), String.join(", ", vocabulary.known())));
            return fields;
        }
        for (Entries.Entry entry : Entries.of(mapping, where, problems)) {
            if (vocabulary.known().contains(entry.name())) {
                fields.byName.put(entry.name(), entry);
                continue;
            }
            fields.complete &= entry.name().startsWith("x-");
            if (!entry.name().startsWith("x-")) {
                problems.add(
                        Code.UNKNOWN_FIELD,
                        entry.key(),
                        "Unknown field " + Names.quote(entry.name()) + " in " + where + ". "
                                + vocabulary.remedy(entry.name()));
            }
        }
        return fields;
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The value of a field; null if it is not there. */
    @Nullable
    Node value(String name) {
        Entries.Entry entry = byName.get(name);
        return entry == null ? null : entry.value();
    }

    /** The key of a field that is there. */
    Node key(String name) {
        return entry(name).key();
    }

    /** The value of a field that is there. */
    Node present(String name) {
        return entry(name).value();
    }

    private Entries.Entry entry(String name) {
        Entries.Entry entry = byName.get(name);
        if (entry == null) {
            throw new IllegalStateException("no field " + name);
        }
        return entry;
    }

    /** The value of a field that has to be there; null if it is not, which is a problem then. */
    @Nullable
    Node needed(String name, String remedy, Problems problems) {
        if (!has(name) && isMapping()) {
            problems.add(
                    Code.MISSING_FIELD,
                    node,
                    "%s needs the field \"%s\": %s. Add it.".formatted(capitalized(where), name, remedy));
        }
        return value(name);
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** What a field is, for messages: {@code "timeout" of job "build"}. */
    String what(String name) {
        return "\"" + name + "\" of " + where;
    }

    /** What the mapping is, for messages. */
    String where() {
        return where;
    }

    /** Whether no field was refused. */
    boolean isComplete() {
        return complete;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** The mapping itself. */
    Node node() {
        return node;
    }
}
