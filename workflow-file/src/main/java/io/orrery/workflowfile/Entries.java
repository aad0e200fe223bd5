package io.orrery.workflowfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The entries of a mapping. YAML's own tree has duplicate keys and keys that are no text: they are refused here. */
final class Entries {

    /**
     * One entry.
     *
     * @param name the key
     * @param key where it stands
     * @param value what it stands for
     */
    record Entry(String name, Node key, Node value) {}

    private Entries() {}

    /**
     * The entries, in order, the first one of each name.
     *
     * @param where what the mapping is, for messages
     */
    static List<Entry> of(MappingNode mapping, String where, Problems problems) {
        var entries = new ArrayList<Entry>(mapping.getValue().size());
        Map<String, Node> seen = HashMap.newHashMap(mapping.getValue().size());
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                problems.add(
                        Code.WRONG_TYPE,
                        key,
                        "A key is text, but a key in " + where + " is " + Values.kind(key) + ". Write a name.");
                continue;
            }
            String name = scalar.getValue();
            Node first = seen.putIfAbsent(name, key);
            if (first == null) {
                entries.add(new Entry(name, key, tuple.getValueNode()));
            } else {
                problems.add(
                        Code.DUPLICATE_KEY,
                        key,
                        "%s stands twice in %s, first on line %d. Keep one of them."
                                .formatted(
                                        Names.quote(name), where, Span.of(first).line()));
            }
        }
        return entries;
    }
}
