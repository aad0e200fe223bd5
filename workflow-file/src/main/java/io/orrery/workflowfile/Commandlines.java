package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Template;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads {@code run}, {@code exec} and {@code shell}. */
final class Commandlines {

    private static final Pattern PRINTS = Pattern.compile("\\b(echo|printf)\\b");

    private Commandlines() {}

    /** A text for a shell. Warns where somebody else's data would become part of a program. */
    static Template shellText(Node node, Values values, String what) {
        Problems problems = values.problems();
        Template text = values.template(node, what, use -> {
            if (use.text().startsWith("secrets.")) {
                warnOfSecret(use, problems);
            } else if (!use.harmless()) {
                problems.add(Code.INJECTION, use.at(), injection(use.text()));
            }
        });
        if (text != null && text.text().isBlank()) {
            problems.add(Code.BAD_VALUE, node, "%s is empty. Write a command.".formatted(what));
        }
        if (text != null && text.text().contains("$")) {
            warnOfPrinting(node, text.text(), values);
        }
        return text == null ? Template.EMPTY : text;
    }

    private static void warnOfSecret(Expressions.Use use, Problems problems) {
        String name = variable(use.text());
        problems.add(
                Code.SECRET_ON_COMMAND_LINE,
                use.at(),
                "%s becomes a part of a command line, which others on this machine can see. Pass it through env: {%s: \"${{ %1$s }}\"}, and write \"$%2$s\"."
                        .formatted(use.text(), name));
    }

    /** Warns of commands that print a variable which holds a secret. */
    private static void warnOfPrinting(Node node, String text, Values values) {
        for (String variable : values.scope().file().secrets().values()) {
            if (!variable.isEmpty()
                    && PRINTS.matcher(text).find()
                    && text.matches("(?s).*\\b(echo|printf)\\b[^;&|\\n]*\\$\\{?" + variable + "\\b(?![^\\n]*[|>]).*")) {
                values.problems()
                        .add(
                                Code.SECRET_IS_PRINTED,
                                node,
                                "The command prints $%s, which is a secret: it will be masked. Drop that, or give it to a command by its standard input."
                                        .formatted(variable));
            }
        }
    }

    private static String injection(String name) {
        String variable = name.substring(name.lastIndexOf('.') + 1);
        return name.startsWith("env.")
                ? "%s is expanded into shell text (code injection). Write \"$%s\": the shell has it."
                        .formatted(name, variable)
                : "%s is expanded into shell text (code injection). Pass it through env: {%s: \"${{ %1$s }}\"}, and write \"$%2$s\"."
                        .formatted(name, variable(name));
    }

    /** The name of a variable for what an expression names. */
    private static String variable(String name) {
        return name.substring(name.lastIndexOf('.') + 1)
                .toUpperCase(Locale.ROOT)
                .replace('-', '_');
    }

    /** A program and its arguments. */
    static List<Template> program(Node node, Values values, String what) {
        List<Template> words = values.templates(node, what, use -> {
            if (use.text().startsWith("secrets.")) {
                warnOfSecret(use, values.problems());
            }
        });
        if (words == null) {
            return List.of();
        }
        if (words.isEmpty() || words.getFirst().text().isBlank()) {
            noProgram(node, values, what);
        }
        return words;
    }

    /** Words that are known before the run; one word stands for a list of one. */
    static List<String> words(Node node, Values values, String what) {
        List<String> words = node instanceof ScalarNode ? one(values.text(node, what)) : values.texts(node, what);
        if (words == null) {
            return List.of();
        }
        if (words.isEmpty() || words.getFirst().isBlank()) {
            noProgram(node, values, what);
        }
        return words;
    }

    private static @Nullable List<String> one(@Nullable String word) {
        return word == null ? null : List.of(word);
    }

    private static void noProgram(Node node, Values values, String what) {
        values.problems()
                .add(
                        Code.BAD_VALUE,
                        node,
                        "%s is a list that begins with a program, but there is none. Name a program first: [ls, -l]."
                                .formatted(what));
    }
}
