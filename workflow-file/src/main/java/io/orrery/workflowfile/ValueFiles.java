package io.orrery.workflowfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads files of values: those of parameters, and those of variables. */
public final class ValueFiles {

    private ValueFiles() {}

    /**
     * The values of parameters: a file of YAML or JSON, a mapping of names and single values.
     *
     * @throws IllegalArgumentException if it can't be read, or is something else: the message says where and what to do
     */
    public static Map<String, String> parameters(Path file) {
        Text text = Text.read(file, file);
        Problems problems = text.problems();
        Node root = text.text() == null ? null : Yaml.parse(text.text(), problems);
        Map<String, String> values = new LinkedHashMap<>();
        if (root instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, "the file of parameters", problems)) {
                if (entry.value() instanceof ScalarNode value && !value.getTag().equals(Tag.NULL)) {
                    values.put(entry.name(), value.getValue());
                } else {
                    problems.add(
                            Code.WRONG_TYPE,
                            entry.value(),
                            "The value of a parameter is a single one, but here is %s. Write %s: value."
                                    .formatted(Values.kind(entry.value()), entry.name()));
                }
            }
        } else if (root != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    root,
                    "A file of parameters is a mapping of names and values, but here is %s. Write NAME: value."
                            .formatted(Values.kind(root)));
        }
        problems.inOrder().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException(problem.headline());
        });
        return values;
    }

    /**
     * Variables: lines {@code NAME=text}, as in the files that {@code dotenv} names.
     *
     * @throws IllegalArgumentException if it can't be read, or a line is something else: the message says which
     */
    public static Map<String, String> variables(Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        int wrong;
        try {
            wrong = DotenvReader.variables(Files.readString(file), variables);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file of variables \"" + file + "\" can't be read as UTF-8 text. Check its path.", e);
        }
        if (wrong > 0) {
            throw new IllegalArgumentException("A file of variables has lines NAME=text, but line " + wrong + " of \""
                    + file + "\" is none. Change that line.");
        }
        return variables;
    }
}
