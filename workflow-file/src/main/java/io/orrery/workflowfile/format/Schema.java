package io.orrery.workflowfile.format;

import com.google.gson.FormattingStyle;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/** Writes the vocabularies as a JSON Schema (draft-07), for editors and for checks by others. */
public final class Schema {

    /** Where it is to be found; a name, not a place that has to be reached. */
    public static final String ID = "urn:orrery:workflow-file:1";

    private static final String EXPRESSION = "\\$\\{\\{";
    private static final String DURATION =
            "^(\\s*[0-9]+(\\.[0-9]+)?\\s*(ms|s|m|h|d))+\\s*$|^[Pp][0-9A-Za-z.]+$|" + EXPRESSION;

    private Schema() {}

    /** The document. */
    public static String text() {
        var schema = new JsonObject();
        schema.addProperty("$schema", "http://json-schema.org/draft-07/schema#");
        schema.addProperty("$id", ID);
        schema.addProperty("title", "Orrery workflow file");
        JsonObject file = object(Vocabularies.FILE);
        file.entrySet().forEach(entry -> schema.add(entry.getKey(), entry.getValue()));
        schema.add("defaultSnippets", snippets());
        var definitions = new JsonObject();
        for (Vocabulary vocabulary : Vocabularies.all()) {
            if (!vocabulary.equals(Vocabularies.FILE)) {
                definitions.add(vocabulary.name(), object(vocabulary));
            }
        }
        schema.add("definitions", definitions);
        return new GsonBuilder()
                        .setFormattingStyle(FormattingStyle.PRETTY)
                        .disableHtmlEscaping()
                        .create()
                        .toJson(schema)
                + "\n";
    }

    private static JsonArray snippets() {
        var job = new JsonObject();
        job.addProperty("run", "$1");
        var jobs = new JsonObject();
        jobs.add("build", job);
        var body = new JsonObject();
        body.addProperty("version", 1);
        body.add("jobs", jobs);
        var snippet = new JsonObject();
        snippet.addProperty("label", "workflow");
        snippet.addProperty("description", "A workflow with one job");
        snippet.add("body", body);
        var snippets = new JsonArray();
        snippets.add(snippet);
        return snippets;
    }

    private static JsonObject object(Vocabulary vocabulary) {
        var schema = type("object");
        var properties = new JsonObject();
        for (Field field : vocabulary.fields().values()) {
            properties.add(field.name(), property(field));
        }
        schema.add("properties", properties);
        var patterns = new JsonObject();
        patterns.add("^x-", new JsonObject());
        schema.add("patternProperties", patterns);
        schema.addProperty("additionalProperties", false);
        if (!vocabulary.needed().isEmpty()) {
            schema.add("required", texts(vocabulary.needed()));
        }
        return schema;
    }

    private static JsonObject property(Field field) {
        JsonObject schema = of(field.shape());
        if (schema.has("$ref")) { // what stands beside a reference is not looked at
            var all = new JsonArray();
            all.add(schema);
            schema = new JsonObject();
            schema.add("allOf", all);
        }
        String preset = field.preset().isEmpty() ? "" : " (default: " + field.preset() + ")";
        schema.addProperty("description", field.description() + preset);
        if (field.preset().matches("true|false")) {
            schema.addProperty("default", Boolean.valueOf(field.preset()));
        } else if (field.preset().matches("[0-9]+")) {
            schema.addProperty("default", Integer.valueOf(field.preset()));
        }
        if (field.shape() == Shape.Scalar.DURATION) {
            schema.add("examples", texts(List.of("15m", "90s", "1h30m")));
        }
        return schema;
    }

    private static JsonObject of(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar -> of(scalar);
            case Shape.Word(List<String> words) -> orExpression(words(words));
            case Shape.ListOf(Shape item) -> {
                JsonObject schema = type("array");
                schema.add("items", of(item));
                yield schema;
            }
            case Shape.MapOf(String keys, Shape value) -> {
                JsonObject schema = type("object");
                var names = new JsonObject();
                names.addProperty("pattern", "^(?:" + keys + ")$");
                schema.add("propertyNames", names);
                schema.add("additionalProperties", of(value));
                yield schema;
            }
            case Shape.Fields(String vocabulary) -> {
                var schema = new JsonObject();
                schema.addProperty("$ref", "#/definitions/" + vocabulary);
                yield schema;
            }
            case Shape.AnyOf(List<Shape> shapes) ->
                any(shapes.stream().map(Schema::of).toList());
        };
    }

    private static JsonObject of(Shape.Scalar scalar) {
        return switch (scalar) {
            case TEXT -> {
                var schema = new JsonObject();
                schema.add("type", texts(List.of("string", "number", "boolean")));
                yield schema;
            }
            case BOOL -> orExpression(type("boolean"));
            case WHOLE -> orExpression(type("integer"));
            case NUMBER -> orExpression(type("number"));
            case DURATION -> {
                JsonObject schema = type("string");
                schema.addProperty("pattern", DURATION);
                yield schema;
            }
            case ANY -> new JsonObject();
        };
    }

    private static JsonObject words(List<String> words) {
        var schema = new JsonObject();
        schema.add("enum", texts(words));
        return schema;
    }

    /** What a text with an expression may stand for, too. */
    private static JsonObject orExpression(JsonObject schema) {
        JsonObject expression = type("string");
        expression.addProperty("pattern", EXPRESSION);
        return any(List.of(schema, expression));
    }

    private static JsonObject any(List<JsonObject> schemas) {
        var any = new JsonArray();
        schemas.forEach(any::add);
        var schema = new JsonObject();
        schema.add("anyOf", any);
        return schema;
    }

    private static JsonObject type(String name) {
        var schema = new JsonObject();
        schema.addProperty("type", name);
        return schema;
    }

    private static JsonElement texts(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
