package io.orrery.workflowfile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code workdir}. */
final class Directories {

    private Directories() {}

    /** The folder that a mapping asks for, which is relative to that of the file; {@code around} if it asks for none. */
    static String of(Fields fields, Values values, Path folder, String around) {
        Node node = fields.value("workdir");
        String text = node == null ? null : values.text(node, fields.what("workdir"));
        if (node == null || text == null) {
            return around;
        }
        try {
            return folder.resolve(text).normalize().toString();
        } catch (InvalidPathException e) {
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            node,
                            "%s is a path, but %s is none. Write one such as work/data."
                                    .formatted(fields.what("workdir"), Names.quote(text)));
            return around;
        }
    }
}
