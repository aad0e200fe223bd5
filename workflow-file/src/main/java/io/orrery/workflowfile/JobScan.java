package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A first look at jobs: what expressions may name of them, whatever else is wrong with them. */
final class JobScan {

    private JobScan() {}

    static Map<String, Scope.JobNames> names(List<Entries.Entry> jobs) {
        Map<String, Scope.JobNames> names = HashMap.newHashMap(jobs.size());
        for (Entries.Entry job : jobs) {
            boolean isMany = value(job.value(), "matrix") != null
                    || value(job.value(), "node") instanceof SequenceNode list
                            && list.getValue().size() > 1;
            Map<String, Type> outputs = Map.of();
            if (value(job.value(), "outputs") instanceof MappingNode mapping) {
                outputs = new HashMap<>();
                for (NodeTuple output : mapping.getValue()) {
                    if (output.getKeyNode() instanceof ScalarNode key) {
                        outputs.put(key.getValue(), type(output.getValueNode()));
                    }
                }
            }
            names.put(job.name(), new Scope.JobNames(outputs, isMany));
        }
        return names;
    }

    private static Type type(Node output) {
        if (value(output, "json") != null) {
            return Type.ANY;
        }
        boolean isExitCode = value(output, "from") instanceof ScalarNode from
                && from.getValue().equals("exitCode");
        return isExitCode ? Type.INT : Type.STRING;
    }

    private static @Nullable Node value(Node node, String name) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return null;
    }
}
