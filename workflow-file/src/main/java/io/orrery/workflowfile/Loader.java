package io.orrery.workflowfile;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** The way from a path to a model: text, tree, fields, graph. Each step collects all it finds before the next one is tried. */
final class Loader {

    /**
     * What came of it.
     *
     * @param problems all problems, in the order of the file
     * @param model what was read, as far as it could be; null if that is nothing
     */
    record Result(List<Problem> problems, @Nullable FileModel model) {}

    private Loader() {}

    static Result load(Path path, LoadOptions options) {
        Text text = Text.read(path);
        Problems problems = text.problems();
        Node root = text.text() == null ? null : Yaml.parse(text.text(), problems);
        FileModel model = null;
        if (root != null) {
            model = new GraphChecks(problems).check(new FileModelReader(path, options, problems).read(root));
        }
        return new Result(problems.inOrder(), model);
    }
}
