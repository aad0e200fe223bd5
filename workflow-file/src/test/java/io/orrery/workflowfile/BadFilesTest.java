package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Spec("GB-63")
class BadFilesTest {
    static Stream<String> files() throws IOException {
        return Corpus.expected().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void every_mistake_is_found_at_its_line_and_column_and_nothing_else(String name) throws IOException {
        var file = Corpus.load(Corpus.FOLDER.resolve(name));

        assertThat(Corpus.places(file))
                .containsExactlyElementsOf(Corpus.expected().get(name));
        file.problems().forEach(problem -> checkText(problem));
        checkWorkflow(file);
    }

    private static void checkText(Problem problem) {
        assertThat(problem.message()).doesNotContain("\n", "null").matches(".*[.?!:]");
        assertThat(problem.headline())
                .startsWith(problem.place().file() + ":" + problem.line() + ":" + problem.column() + " ");
        if (!problem.place().source().isBlank()) {
            assertThat(problem.text().lines()).hasSize(3).last().asString().matches(" {6}\\| +\\^+");
        }
    }

    private static void checkWorkflow(WorkflowFile file) {
        if (file.isValid()) {
            assertThat(file.workflow().problems()).isEmpty();
        } else {
            assertThatThrownBy(file::workflow)
                    .isInstanceOf(InvalidWorkflowFileException.class)
                    .hasMessageContaining(file.problems().getFirst().text());
        }
    }

    /** How the last sentence begins: with what to do, or with what is there to choose from. */
    private static final Pattern REMEDY = Pattern.compile(
            "[.?!:] (Add|Register|Change|Check|Choose|Compare|Set|Steps have|A secret never|Declare|Did you"
                + " mean|Drop|Give|Keep|Leave|Let|Make|Mend|Name|Pass|Put|Rename|Save|Split|Swap|Use|Write|Declared:|Fields|Known|Jobs"
                + " here:|It is (inside|outside)|(Nested j|J)obs go|YAML 1.2 has no merge keys|The key is|There are no"
                + " other|The file declares|A parameter without|Units:) ?[^\\n"
                + "]*[.?]$");

    @ParameterizedTest
    @MethodSource("files")
    void every_message_ends_with_what_to_do(String name) throws IOException {
        assertThat(Corpus.load(Corpus.FOLDER.resolve(name)).problems())
                .extracting(Problem::message)
                .allSatisfy(message -> assertThat(message).containsPattern(REMEDY));
    }

    @Test
    void values_that_are_wrong_in_common_ways_are_answered_with_what_to_do(@TempDir Path folder) {
        var file = WorkflowFile.load(Yamls.write(folder, """
            version: 1
            window: -1
            jobs:
              a: {exec: make all}
              b: {exec: []}
              c: {run: x, retries: -1, critical: perhaps}
              d: {run: x, workdir: "x\\0y", timeout: [1], env: 7}
            """));

        assertThat(file.problems())
                .extracting(Problem::message)
                .hasSize(8)
                .contains("\"exec\" of job \"a\" is a list, but here is \"make all\"."
                        + " Put it in brackets, word by word: [a, b].")
                .allSatisfy(message -> assertThat(message).containsPattern(REMEDY));
    }

    @Test
    void every_file_of_the_folder_is_expected_to_be_something() throws IOException {
        try (var files = Files.list(Corpus.FOLDER)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(Corpus.expected().keySet());
        }
    }

    @Test
    void every_code_is_found_in_some_file_but_for_those_that_no_short_text_can_have() throws IOException {
        var found = Corpus.expected().values().stream()
                .flatMap(List::stream)
                .map(line -> line.split(" ")[0])
                .distinct();

        assertThat(Stream.concat(found, Stream.of("E001", "E002", "E004", "E008")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Code.values()).map(Code::id).toList());
    }
}
