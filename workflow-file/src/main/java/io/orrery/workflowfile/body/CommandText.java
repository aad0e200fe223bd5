package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A command as it stands in a file. Immutable. */
public sealed interface CommandText {

    /** What it is, for people. */
    String describe();

    /** A text for a shell; {@code shell} is empty for the default one. */
    record ShellText(Template text, List<String> shell) implements CommandText {
        @Override
        public String describe() {
            return text.text().strip();
        }
    }

    /** A program and its arguments. */
    record Program(List<Template> words) implements CommandText {
        @Override
        public String describe() {
            return words.stream().map(Template::text).collect(Collectors.joining(" "));
        }
    }

    /**
     * A script.
     *
     * @param file where it is; null if it is {@code text}
     * @param text the text, if there is no file
     * @param args its arguments
     * @param interpreter the words that run it; empty for those of its first line, or else the shell
     * @param includes files that lie beside it while it runs
     */
    record Script(
            @Nullable Path file, Template text, List<Template> args, List<String> interpreter, List<Path> includes)
            implements CommandText {
        @Override
        public String describe() {
            String what = file == null
                    ? text.text().strip().lines().findFirst().orElse("")
                    : String.valueOf(file.getFileName());
            return args.isEmpty()
                    ? what
                    : what + args.stream().map(Template::text).collect(Collectors.joining(" ", " ", ""));
        }
    }
}
