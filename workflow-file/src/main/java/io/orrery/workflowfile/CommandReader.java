package io.orrery.workflowfile;

import io.orrery.workflowfile.body.CommandText;
import io.orrery.workflowfile.expression.Template;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one command: {@code run}, {@code exec} or {@code script} with what belongs to it. */
final class CommandReader {

    static final List<String> KINDS = List.of("run", "exec", "script");
    private static final List<String> OF_SCRIPTS = List.of("args", "interpreter", "includes");

    private final Values values;
    private final Path folder;
    private final List<String> shell;

    CommandReader(Values values, Path folder, List<String> shell) {
        this.values = values;
        this.folder = folder;
        this.shell = shell;
    }

    /** The command of a kind that is there. */
    CommandText read(String kind, Fields fields) {
        Node node = fields.present(kind);
        return switch (kind) {
            case "run" -> new CommandText.ShellText(Commandlines.shellText(node, values, fields.what(kind)), shell);
            case "exec" -> new CommandText.Program(Commandlines.program(node, values, fields.what(kind)));
            default -> script(node, fields);
        };
    }

    private CommandText script(Node node, Fields fields) {
        Template text = Commandlines.shellText(node, values, fields.what("script"));
        Path file = text.text().indexOf('\n') >= 0 || text.text().isEmpty()
                ? null
                : file(node, values.text(node, fields.what("script")), fields.what("script"));
        Node args = fields.value("args");
        List<Template> words = args == null ? null : values.templates(args, fields.what("args"), use -> {});
        Node interpreter = fields.value("interpreter");
        return new CommandText.Script(
                file,
                text,
                words == null ? List.of() : words,
                interpreter == null ? List.of() : Commandlines.words(interpreter, values, fields.what("interpreter")),
                includes(fields));
    }

    private List<Path> includes(Fields fields) {
        var includes = new ArrayList<Path>();
        Node node = fields.value("includes");
        for (Node item : node == null ? List.<Node>of() : RetryReader.items(node)) {
            Path path = file(item, values.text(item, fields.what("includes")), fields.what("includes"));
            if (path != null) {
                includes.add(path);
            }
        }
        return includes;
    }

    private @Nullable Path file(Node node, @Nullable String text, String what) {
        return text == null ? null : file(node, text, what, folder, values.problems());
    }

    /** A file that has to be there, by its path from the folder; null if it is not, which is a problem then. */
    static @Nullable Path file(Node node, String text, String what, Path folder, Problems problems) {
        try {
            Path path = folder.resolve(text).normalize();
            if (Files.isRegularFile(path)) {
                return path;
            }
            problems.add(
                    Code.MISSING_FILE,
                    node,
                    "%s names the file %s, but there is none at %s. Check its path: it begins at the folder of the workflow file."
                            .formatted(
                                    Character.toUpperCase(what.charAt(0)) + what.substring(1),
                                    Names.quote(text),
                                    path));
        } catch (InvalidPathException e) {
            problems.add(
                    Code.BAD_VALUE,
                    node,
                    "%s is a path, but %s is none. Write one such as scripts/smoke.sh."
                            .formatted(what, Names.quote(text)));
        }
        return null;
    }

    /** Refuses what belongs to scripts where there is none. */
    static void refuseUseless(Fields fields, Problems problems) {
        for (String name : fields.has("script") ? List.<String>of() : OF_SCRIPTS) {
            if (fields.has(name)) {
                problems.add(
                        Code.USELESS_FIELD,
                        fields.key(name),
                        "%s has no effect: it belongs to \"script\", and there is none. Drop it."
                                .formatted(fields.what(name)));
            }
        }
    }
}
