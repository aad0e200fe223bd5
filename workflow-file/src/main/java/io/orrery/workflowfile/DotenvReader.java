package io.orrery.workflowfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads files of variables: lines {@code NAME=text}, the text quoted or not; lines that begin with {@code #} are comments. */
final class DotenvReader {

    private static final Pattern LINE = Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*)");
    private static final Pattern DOUBLE = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(?:#.*)?");
    private static final Pattern SINGLE = Pattern.compile("'([^']*)'\\s*(?:#.*)?");
    private static final Pattern BARE = Pattern.compile("([^\"'].*?|)(?:\\s+#.*)?");

    private DotenvReader() {}

    /** The variables of the files that a node names, in order; a later one of a name replaces an earlier one. */
    static Map<String, String> read(@Nullable Node node, Values values, Path folder) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Node item : node == null ? List.<Node>of() : RetryReader.items(node)) {
            String name = values.text(item, "\"dotenv\" of the workflow file");
            Path file = name == null
                    ? null
                    : CommandReader.file(item, name, "\"dotenv\" of the workflow file", folder, values.problems());
            if (file != null) {
                read(file, item, values.problems(), variables);
            }
        }
        return variables;
    }

    private static void read(Path file, Node at, Problems problems, Map<String, String> variables) {
        try {
            if (Files.size(file) > Limits.BYTES) {
                problems.add(
                        Code.TOO_BIG,
                        at,
                        "A file of variables has at most 8 MiB, but " + file + " has more. Split it.");
                return;
            }
            int wrong = variables(Files.readString(file), variables);
            if (wrong > 0) {
                problems.add(
                        Code.BAD_DOTENV,
                        at,
                        "A file of variables has lines NAME=text, but line %d of %s is none. Change that line."
                                .formatted(wrong, file));
            }
        } catch (IOException e) {
            problems.add(
                    Code.MISSING_FILE,
                    at,
                    "The file of variables %s can't be read as UTF-8 text. Check it.".formatted(file));
        }
    }

    /**
     * Adds the variables of a text.
     *
     * @return the number of the first line that is none; 0 if all are
     */
    static int variables(String text, Map<String, String> variables) {
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            String value = matcher.matches() ? value(matcher.group(2)) : null;
            if (value == null) {
                return number;
            }
            variables.put(matcher.group(1), value);
        }
        return 0;
    }

    private static @Nullable String value(String text) {
        Matcher quoted = DOUBLE.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1)
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\\\"", "\"")
                    .replace("\\$", "$")
                    .replace("\\\\", "\\");
        }
        Matcher single = SINGLE.matcher(text);
        if (single.matches()) {
            return single.group(1);
        }
        Matcher bare = BARE.matcher(text);
        return bare.matches() ? bare.group(1).strip() : null;
    }
}
