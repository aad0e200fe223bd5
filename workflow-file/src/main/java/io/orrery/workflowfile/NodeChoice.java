package io.orrery.workflowfile;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code node}: where a job runs. */
final class NodeChoice {

    private final Values values;
    private final FileContext file;

    NodeChoice(Values values, FileContext file) {
        this.values = values;
        this.file = file;
    }

    /** The machines that a job runs on; this one if nothing is said. */
    List<String> read(Fields fields) {
        Node node = fields.value("node");
        if (node == null) {
            return List.of(NodesReader.LOCAL);
        }
        var machines = new ArrayList<String>();
        for (Node item : RetryReader.items(node)) {
            String machine = values.text(item, fields.what("node"));
            if (machine == null) {
                continue;
            }
            boolean isLocal = machine.equals(NodesReader.LOCAL);
            if (!isLocal && !file.nodes().contains(machine)) {
                values.problems()
                        .add(Code.UNKNOWN_NODE, item, NodesReader.unknown(machine, file.nodes(), values.problems()));
                continue;
            }
            machines.add(machine);
            values.scope().file().usedNodes().add(machine);
            if (!isLocal) {
                refuse(item, fields.where(), file, values.problems());
            }
        }
        return machines.isEmpty() ? List.of(NodesReader.LOCAL) : machines;
    }

    /** Refuses what is for other machines, if the file is to be run. */
    static void refuse(Node at, String where, FileContext file, Problems problems) {
        if (!file.loader().isCheckOnly()) {
            problems.add(
                    Code.NOT_YET,
                    at,
                    "This version runs jobs on this machine only, but %s needs another one. Leave it out, or use a version with remote jobs."
                            .formatted(where));
        }
    }
}
