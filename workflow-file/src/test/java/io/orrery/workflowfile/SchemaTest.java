package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.orrery.workflowfile.format.Vocabularies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The schema is one, takes all that is right, and refuses what a schema can tell to be wrong. */
class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private static final JsonSchema SCHEMA = FACTORY.getSchema(WorkflowSchema.text());

    /** What is wrong with the shape of a file, rather than with what it means. */
    private static final Set<String> OF_SHAPE = Set.of("E101", "E103", "E108");

    @Test
    void it_is_a_schema_of_draft_7() throws IOException {
        var metaschema = FACTORY.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));

        assertThat(metaschema.validate(JSON.readTree(WorkflowSchema.text()))).isEmpty();
    }

    @Test
    void every_field_is_described() throws IOException {
        var schema = JSON.readTree(WorkflowSchema.text());
        for (var vocabulary : Vocabularies.all()) {
            var object = vocabulary.name().equals("file") ? schema : schema.at("/definitions/" + vocabulary.name());
            vocabulary
                    .fields()
                    .forEach((name, field) -> assertThat(object.at("/properties/" + name + "/description")
                                    .asText())
                            .as(name)
                            .startsWith(field.description()));
        }
    }

    static Stream<Path> examples() throws IOException {
        try (var files = Files.walk(Path.of("../examples"))) {
            return files
                    .filter(path -> path.toString().endsWith(".orrery.yaml")
                            && !path.toString().contains("target"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void it_takes_all_examples(Path example) throws IOException {
        assertThat(SCHEMA.validate(json(Files.readString(example)))).isEmpty();
    }

    static Stream<String> wrongInShape() throws IOException {
        return Corpus.expected().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(line -> OF_SHAPE.contains(line.split(" ")[0])))
                .filter(entry -> entry.getValue().stream().noneMatch(line -> line.contains(".yaml")))
                .map(Map.Entry::getKey)
                .filter(name -> !ONLY_THE_LOADER.contains(name));
    }

    /** Of these, only the loader can tell: values that do not fit other values, and what YAML itself makes of it. */
    private static final List<String> ONLY_THE_LOADER = List.of(
            "expression-of-the-wrong-type.yaml",
            "if-of-another-dialect.yaml",
            "key-is-a-list.yaml",
            "merge-key.yaml",
            "param-default-of-wrong-type.yaml",
            "param-enum-is-empty.yaml",
            "param-enum-of-wrong-type.yaml",
            "timeout-of-nothing.yaml");

    @ParameterizedTest
    @MethodSource("wrongInShape")
    void it_refuses_files_of_a_wrong_shape(String name) throws IOException {
        assertThat(SCHEMA.validate(json(Files.readString(Corpus.FOLDER.resolve(name)))))
                .isNotEmpty();
    }

    private static JsonNode json(String yaml) {
        var settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .build();
        return JSON.valueToTree(new Load(settings).loadFromString(yaml));
    }
}
