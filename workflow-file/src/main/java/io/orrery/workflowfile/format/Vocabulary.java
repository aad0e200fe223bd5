package io.orrery.workflowfile.format;

import io.orrery.workflowfile.spelling.Spelling;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one kind of mapping, and what other dialects call them. Immutable.
 *
 * @param name the name of the kind
 * @param fields the fields by their names, in order
 * @param foreign for words of other dialects, what to write instead
 * @param needed the fields that must be there
 */
public record Vocabulary(String name, Map<String, Field> fields, Map<String, String> foreign, List<String> needed) {

    static Vocabulary of(String name) {
        return new Vocabulary(name, new LinkedHashMap<>(), Map.of(), List.of());
    }

    Vocabulary field(String field, Shape shape, String description) {
        return field(field, shape, description, "");
    }

    Vocabulary field(String field, Shape shape, String description, String preset) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, new Field(field, shape, description, preset));
        return new Vocabulary(name, more, foreign, needed);
    }

    Vocabulary say(String words, String instead) {
        var more = new HashMap<>(foreign);
        for (String word : words.split(" ")) {
            more.put(word, instead);
        }
        return new Vocabulary(name, fields, more, needed);
    }

    Vocabulary needs(String... names) {
        return new Vocabulary(name, fields, foreign, List.of(names));
    }

    /** The names of the fields. */
    public Set<String> known() {
        return fields.keySet();
    }

    /** What to do about a name that is not known. */
    public String remedy(String unknown) {
        String instead = foreign.get(unknown);
        if (instead != null) {
            return instead + ".";
        }
        if (unknown.equals("<<")) {
            return "YAML 1.2 has no merge keys: write the fields out, or alias a whole value.";
        }
        String nearest = Spelling.nearest(unknown, known());
        return nearest == null
                ? "Known here: " + String.join(", ", known()) + "."
                : "Did you mean \"" + nearest + "\"?";
    }
}
