package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages about workflow files say what is true. */
class PagesTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** No text of a page can be an example of these. */
    private static final List<Code> WITHOUT_EXAMPLE = List.of(
            Code.UNREADABLE,
            Code.NOT_UTF8,
            Code.TOO_BIG,
            Code.TOO_MANY,
            Code.INVALID_PART,
            Code.BAD_DOTENV,
            Code.WITHOUT_EFFECT);

    @TempDir
    private Path folder;

    @Test
    void every_code_has_its_section_with_its_title_and_a_remedy() throws IOException {
        var sections = sections();

        assertThat(sections.keySet())
                .containsExactlyInAnyOrderElementsOf(List.of(Code.values()).stream()
                        .map(code -> code.id() + ": " + code.title())
                        .toList());
        assertThat(sections.values()).allMatch(text -> text.contains("\nRemedy: "));
    }

    @Test
    void every_example_has_the_mistake_that_it_is_an_example_of_and_no_other() throws IOException {
        var sections = sections();
        for (Code code : Code.values()) {
            var example = EXAMPLE.matcher(sections.get(code.id() + ": " + code.title()));
            if (WITHOUT_EXAMPLE.contains(code)) {
                continue;
            }
            assertThat(example.find()).as(code.id()).isTrue();
            assertThat(codes(example.group(1))).as(code.id()).containsOnly(code);
        }
    }

    @Test
    void the_examples_of_the_reference_are_valid() throws IOException {
        var examples = EXAMPLE.matcher(Files.readString(DOCS.resolve("workflow-file.md")));
        int count = 0;
        while (examples.find()) {
            assertThat(codes(examples.group(1))).as(examples.group(1)).isEmpty();
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    /** With {@code -Dorrery.write-pages=true} the tables are written instead. */
    @Test
    void the_tables_of_the_reference_are_those_of_the_model() throws IOException {
        var file = DOCS.resolve("workflow-file.md");
        var page = Files.readString(file);
        int begin = page.indexOf(FieldTables.BEGIN) + FieldTables.BEGIN.length();
        int end = page.indexOf(FieldTables.END);
        if (Boolean.getBoolean("orrery.write-pages")) {
            Files.writeString(file, page.substring(0, begin) + FieldTables.text() + page.substring(end));
        }

        assertThat(Files.readString(file)).contains(FieldTables.BEGIN + FieldTables.text() + FieldTables.END);
    }

    private List<Code> codes(String text) {
        var file = WorkflowFile.load(Yamls.write(folder, text), Corpus.options(text));
        var codes = new ArrayList<Code>();
        file.problems().forEach(problem -> codes.add(problem.code()));
        return codes;
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new TreeMap<>();
        for (String section : Files.readString(DOCS.resolve("errors.md")).split("\n## ")) {
            int end = section.indexOf('\n');
            if (!section.startsWith("# ")) {
                sections.put(section.substring(0, end), section.substring(end));
            }
        }
        return sections;
    }
}
