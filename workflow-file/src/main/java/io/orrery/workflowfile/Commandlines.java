package io.orrery.workflowfile;

import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code run}, {@code exec} and {@code shell}. */
final class Commandlines {

    private Commandlines() {}

    /** A text for a shell. Warns where somebody else's data would become part of a program. */
    static String shellText(Node node, Values values, String what) {
        Problems problems = values.problems();
        String text = values.text(node, what, use -> {
            if (!use.harmless()) {
                problems.add(Code.INJECTION, use.at(), injection(use.text()));
            }
        });
        if (text != null && text.isBlank()) {
            problems.add(Code.BAD_VALUE, node, "%s is empty. Write a command.".formatted(what));
        }
        return text == null ? "" : text;
    }

    private static String injection(String name) {
        String variable = name.substring(name.indexOf('.') + 1);
        return name.startsWith("env.")
                ? "%s is expanded into shell text (code injection). Write \"$%s\": the shell has it."
                        .formatted(name, variable)
                : "%s is expanded into shell text (code injection). Pass it through env: {%s: \"${{ %1$s }}\"}, and write \"$%2$s\"."
                        .formatted(name, variable.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A program and its arguments. */
    static List<String> words(Node node, Values values, String what) {
        List<String> words = values.texts(node, what);
        if (words == null) {
            return List.of();
        }
        if (words.isEmpty() || words.getFirst().isBlank()) {
            values.problems()
                    .add(
                            Code.BAD_VALUE,
                            node,
                            "%s is a list that begins with a program, but there is none. Name a program first: [ls, -l]."
                                    .formatted(what));
        }
        return words;
    }
}
