package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Vocabularies;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code nodes}: other machines, and how they are reached. */
final class NodesReader {

    /** This machine, which is always there. */
    static final String LOCAL = "local";

    private final Values values;
    private final Problems problems;
    private final Map<String, Node> gateways = new LinkedHashMap<>(); // values of "gateway" by node
    private final Map<String, String> names = new LinkedHashMap<>(); // gateways by node
    private final Map<String, Node> keys = new LinkedHashMap<>();

    NodesReader(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    /** The ids of the nodes and where they stand. */
    Map<String, Node> read(@Nullable Node node) {
        if (node instanceof MappingNode mapping) {
            Entries.of(mapping, "\"nodes\"", problems).forEach(this::node);
            names.keySet().forEach(this::checkGateway);
        } else if (node != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "\"nodes\" is a mapping of names and machines, but here is " + Values.kind(node)
                            + ". Write {web1: {host: web1.example.org}}.");
        }
        return keys;
    }

    private void node(Entries.Entry entry) {
        if (!Names.PARAMETER.matcher(entry.name()).matches() || entry.name().equals(LOCAL)) {
            problems.add(
                    Code.BAD_NAME,
                    entry.key(),
                    entry.name().equals(LOCAL)
                            ? "\"local\" is this machine, and is always there. Rename the node."
                            : "The name of a node has letters, digits, - and _, but this is "
                                    + Names.quote(entry.name()) + ". Rename it.");
            return;
        }
        Fields fields = Fields.of(entry.value(), Vocabularies.NODE, "node \"" + entry.name() + "\"", problems);
        keys.put(entry.name(), entry.key());
        Node host = fields.needed("host", "its name or address", problems);
        checkText(host, fields.what("host"));
        checkText(fields.value("user"), fields.what("user"));
        Node port = fields.value("port");
        if (port != null) {
            var _ = values.whole(port, fields.what("port"), 1, 65_535);
        }
        Node gateway = fields.value("gateway");
        String name = gateway == null ? null : values.text(gateway, fields.what("gateway"));
        if (gateway != null && name != null) {
            gateways.put(entry.name(), gateway);
            values.scope().file().usedNodes().add(name);
            names.put(entry.name(), name);
        }
    }

    private void checkText(@Nullable Node node, String what) {
        String text = node == null ? null : values.text(node, what);
        if (node != null && text != null && (text.isBlank() || text.startsWith("-"))) {
            problems.add(
                    Code.BAD_VALUE,
                    node,
                    "%s is a name, but here is %s. Write one.".formatted(what, Names.quote(text)));
        }
    }

    private void checkGateway(String node) {
        Node at = gateways.get(node);
        String gateway = names.get(node);
        if (at == null || gateway == null) {
            return;
        }
        if (!keys.containsKey(gateway)) {
            problems.add(Code.UNKNOWN_NODE, at, unknown(gateway, keys.keySet(), problems));
            return;
        }
        var path = new ArrayList<>(List.of(node));
        for (String next = gateway; next != null; next = names.get(next)) {
            path.add(next);
            if (next.equals(node)) {
                problems.add(
                        Code.GATEWAY_RING,
                        at,
                        "A node can't be reached through itself: %s. Drop one of these gateways."
                                .formatted(String.join(" -> ", path)));
            }
            if (path.indexOf(next) < path.size() - 1) {
                return;
            }
        }
    }

    static String unknown(String name, Set<String> known, Problems problems) {
        String nearest = problems.nearest(name, known);
        return "There is no node %s. %s"
                .formatted(
                        Names.quote(name),
                        nearest == null ? "Declare it under \"nodes\"." : "Did you mean \"" + nearest + "\"?");
    }
}
