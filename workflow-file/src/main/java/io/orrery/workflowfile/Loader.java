package io.orrery.workflowfile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The way from a path to a model: text, tree, fields, graph. Each step collects all it finds before the next one is tried. Loads
 * the files that a file uses, too. For one load, by one thread.
 */
final class Loader {

    /**
     * What came of it.
     *
     * @param problems all problems, in the order of the file
     * @param model what was read, as far as it could be; null if that is nothing
     */
    record Result(List<Problem> problems, @Nullable FileModel model) {}

    private record Part(Path path, LoadOptions.Given given) {}

    private static final int MOST_PARTS = 1_000;

    private final LoadOptions options;
    private final List<Path> open =
            new ArrayList<>(); // the files that are being loaded, each one used by the one before it
    private final Map<Part, Result> parts = new HashMap<>();

    private Loader(LoadOptions options) {
        this.options = options;
    }

    static Result load(Path path, LoadOptions options) {
        return new Loader(options).load(path, options.given(), path);
    }

    private Result load(Path path, LoadOptions.Given given, Path shown) {
        open.add(path.toAbsolutePath().normalize());
        try {
            Text text = Text.read(path, shown);
            Problems problems = text.problems();
            Node root = text.text() == null ? null : Yaml.parse(text.text(), problems);
            FileModel model = null;
            if (root != null) {
                FileModel read = new FileModelReader(path, options(given), problems, this).read(root);
                model = new GraphChecks(problems).check(read);
            }
            return new Result(problems.inOrder(), model);
        } finally {
            open.removeLast();
        }
    }

    private LoadOptions options(LoadOptions.Given given) {
        LoadOptions with = options.given(given);
        return isPart() ? with.ofPart() : with;
    }

    boolean isCheckOnly() {
        return options.isCheckOnly();
    }

    /** Whether there may be a Java job of that name: where none is known and nothing is to be run, nobody can tell. */
    boolean mayKnowJava(String name) {
        return options.java().knows(name) || isCheckOnly() && !options.knowsJava();
    }

    boolean isPart() {
        return open.size() > 1;
    }

    /**
     * A file that another one uses; null if it has errors, which are problems then.
     *
     * @param given the values of its parameters
     */
    @Nullable
    FileModel part(Node at, String name, String what, LoadOptions.Given given, Values values) {
        Problems problems = values.problems();
        Path folder = open.getLast().getParent();
        Path path = folder == null ? null : CommandReader.file(at, name, what, folder, problems);
        if (path == null) {
            return null;
        }
        if (open.contains(path)) {
            problems.add(
                    Code.FILE_RING,
                    at,
                    "A workflow file can't contain itself, but %s does. Drop one of these: %s."
                            .formatted(path.getFileName(), names(path)));
            return null;
        }
        var part = new Part(path, given);
        Result result = parts.get(part);
        if (result == null) {
            result = parts.size() > MOST_PARTS ? new Result(List.of(), null) : load(path, given, shown(path));
            parts.put(part, result);
        }
        problems.addAll(result.problems());
        long errors = result.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
        if (errors > 0 || result.model() == null) {
            problems.add(
                    Code.INVALID_PART,
                    at,
                    "A workflow file that is used has to be valid, but %s has %s. Mend what is said of it."
                            .formatted(Names.quote(name), errors == 1 ? "an error" : errors + " errors"));
            return null;
        }
        return result.model();
    }

    private String names(Path last) {
        var names = new ArrayList<String>();
        open.subList(open.indexOf(last), open.size()).forEach(path -> names.add(String.valueOf(path.getFileName())));
        names.add(String.valueOf(last.getFileName()));
        return String.join(" -> ", names);
    }

    /** A path as it is shown: from the current folder, if it is in there. */
    private static Path shown(Path path) {
        Path current = Path.of("").toAbsolutePath();
        return path.startsWith(current) && Files.exists(current) ? current.relativize(path) : path;
    }
}
