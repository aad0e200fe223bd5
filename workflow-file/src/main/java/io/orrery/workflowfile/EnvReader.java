package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code env}: a mapping of names and texts. Its expressions see the environment around it, not itself. */
final class EnvReader {

    private EnvReader() {}

    static Map<String, Template> read(@Nullable Node node, Values values, String what) {
        if (node == null) {
            return Map.of();
        }
        Problems problems = values.problems();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a mapping of names and texts, but here is %s. Write NAME: text."
                            .formatted(what, Values.kind(node)));
            return Map.of();
        }
        Map<String, Template> env = new LinkedHashMap<>();
        for (Entries.Entry entry : Entries.of(mapping, what, problems)) {
            if (!Names.VARIABLE.matcher(entry.name()).matches()) {
                problems.add(
                        Code.BAD_NAME,
                        entry.key(),
                        "The name of an environment variable has letters, digits and _, but this is "
                                + Names.quote(entry.name()) + ". Rename it.");
                continue;
            }
            Template text = values.template(entry.value(), "variable \"" + entry.name() + "\" of " + what);
            env.put(entry.name(), text == null ? Template.EMPTY : text);
        }
        return env;
    }
}
