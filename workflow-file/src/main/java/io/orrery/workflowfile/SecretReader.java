package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Vocabularies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code secrets}: where each comes from; and, unless the file is only checked, what it is. */
final class SecretReader {

    /** Shorter ones would make logs unreadable, and are no secrets. */
    private static final int SHORTEST = 4;

    private final Problems problems;
    private final Values values;
    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, Path> files = new LinkedHashMap<>();
    private final Map<String, Span> places = new LinkedHashMap<>();

    SecretReader(Problems problems, Path folder) {
        this.problems = problems;
        this.values = new Values(Scope.empty(), problems);
        this.folder = folder;
    }

    /** The names of the secrets, and the variables that they come from: empty for those that come from files. */
    Map<String, String> sources(@Nullable Node node) {
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, "\"secrets\"", problems)) {
                if (Names.PARAMETER.matcher(entry.name()).matches()) {
                    secret(entry);
                } else {
                    problems.add(
                            Code.BAD_NAME,
                            entry.key(),
                            "The name of a secret has letters, digits, - and _, but this is "
                                    + Names.quote(entry.name()) + ". Rename it.");
                }
            }
        } else if (node != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "\"secrets\" is a mapping of names and where they come from, but here is " + Values.kind(node)
                            + ". Write {TOKEN: {env: MY_TOKEN}}.");
        }
        return sources;
    }

    private void secret(Entries.Entry entry) {
        Fields fields = Fields.of(entry.value(), Vocabularies.SECRET, "secret \"" + entry.name() + "\"", problems);
        Node env = fields.value("env");
        Node file = fields.value("file");
        if (fields.isMapping() && (env == null) == (file == null)) {
            problems.add(
                    env == null ? Code.MISSING_FIELD : Code.TWO_ACTIONS,
                    entry.key(),
                    "A secret comes from one place, but %s names %s. Write {env: NAME} or {file: PATH}."
                            .formatted(fields.where(), env == null ? "none" : "two"));
        }
        String variable = env == null ? null : values.text(env, fields.what("env"));
        if (env != null && variable != null && !Names.VARIABLE.matcher(variable).matches()) {
            problems.add(
                    Code.BAD_NAME,
                    env,
                    "The name of an environment variable has letters, digits and _, but this is "
                            + Names.quote(variable) + ". Rename it.");
        }
        String path = file == null ? null : values.text(file, fields.what("file"));
        if (path != null && path.indexOf('\0') < 0) {
            files.put(entry.name(), folder.resolve(path));
        }
        sources.put(entry.name(), variable == null ? "" : variable);
        places.put(entry.name(), Span.of(entry.key()));
    }

    /** The secrets themselves. */
    Map<String, String> values(Map<String, String> environment) {
        Map<String, String> secrets = new LinkedHashMap<>();
        sources.forEach((name, variable) -> {
            Path file = files.get(name);
            String value = variable.isEmpty() ? (file == null ? "" : content(name, file)) : environment.get(variable);
            if (value == null) {
                refuse(
                        name,
                        "Secret \"%s\" comes from the environment variable %s, which is not set. Set it."
                                .formatted(name, variable));
            } else if (value.length() >= SHORTEST) {
                secrets.put(name, value);
            } else if (!variable.isEmpty() || file != null && Files.isReadable(file)) {
                refuse(
                        name,
                        "Secret \"%s\" has %d characters, and so could not be told from other text. Give it %d or more."
                                .formatted(name, value.length(), SHORTEST));
            }
        });
        return secrets;
    }

    private String content(String name, Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            refuse(
                    name,
                    "Secret \"%s\" comes from the file %s, which can't be read. Check its path.".formatted(name, file));
            return "";
        }
    }

    private void refuse(String name, String message) {
        problems.add(Code.SECRET_WITHOUT_VALUE, places.getOrDefault(name, Span.START), message);
    }
}
