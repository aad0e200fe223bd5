package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Field;
import io.orrery.workflowfile.format.Vocabularies;
import io.orrery.workflowfile.format.Vocabulary;
import java.util.stream.Collectors;

/** The tables of all fields, as they stand in the page about workflow files. */
final class FieldTables {
    static final String BEGIN = "<!-- fields: written from the model -->\n";
    static final String END = "<!-- end of fields -->\n";

    private FieldTables() {}

    static String text() {
        return Vocabularies.all().stream().map(FieldTables::table).collect(Collectors.joining("\n"));
    }

    private static String table(Vocabulary vocabulary) {
        var fields = vocabulary.fields().values().stream()
                .map(field -> row(vocabulary, field))
                .collect(Collectors.joining());
        return "### " + title(vocabulary.name()) + "\n\n| field | meaning | default |\n|---|---|---|\n" + fields;
    }

    private static String title(String name) {
        return switch (name) {
            case "file" -> "The file";
            case "job" -> "A job";
            case "expect" -> "`expect` of an HTTP request";
            case "defaults", "retries", "http", "shutdown", "calendar", "misfire" -> "`" + name + "`";
            case "transfer" -> "`push` and `pull`";
            case "output" -> "An output";
            default -> "A " + name;
        };
    }

    private static String row(Vocabulary vocabulary, Field field) {
        var needed = vocabulary.needed().contains(field.name()) ? " (needed)" : "";
        return "| `%s` | %s%s | %s |\n".formatted(field.name(), field.description(), needed, field.preset());
    }
}
