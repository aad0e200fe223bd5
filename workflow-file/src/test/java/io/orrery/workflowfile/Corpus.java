package io.orrery.workflowfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The folder of files with mistakes, and the list of the mistakes that are to be found in each. */
final class Corpus {
    static final Path FOLDER = Path.of("src/test/resources/bad");

    private Corpus() {}

    /** The code, line and column of each problem, by file. */
    static Map<String, List<String>> expected() throws IOException {
        Map<String, List<String>> expected = new LinkedHashMap<>();
        List<String> current = List.of();
        for (String line : Files.readAllLines(FOLDER.resolve("expected.txt"))) {
            if (line.startsWith(" ")) {
                current.add(line.strip());
            } else {
                current = new ArrayList<>();
                expected.put(line, current);
            }
        }
        return expected;
    }

    /** Loads a file, with the parameters that its lines {@code #given name=value} give. */
    static WorkflowFile load(Path path) throws IOException {
        return WorkflowFile.load(path, options(Files.readString(path)));
    }

    static LoadOptions options(String text) {
        Map<String, String> given = new TreeMap<>();
        text.lines().filter(line -> line.startsWith("#given ")).forEach(line -> {
            String[] pair = line.substring("#given ".length()).split("=", 2);
            given.put(pair[0], pair[1]);
        });
        return LoadOptions.defaults().environment(Map.of("HOME", "/root")).parameters(given);
    }

    /** The name of the file, if it is one that is used. */
    private static String part(Problem problem, WorkflowFile file) {
        String other = problem.place().file();
        return other.equals(file.path().toString()) ? "" : " " + Path.of(other).getFileName();
    }

    static List<String> places(WorkflowFile file) {
        return file.problems().stream()
                .map(problem ->
                        problem.code().id() + " " + problem.line() + ":" + problem.column() + part(problem, file))
                .toList();
    }
}
