package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableFilesTest {
    @TempDir
    private Path folder;

    @Test
    void a_file_that_is_missing_is_a_problem_and_no_exception() {
        var file = WorkflowFile.load(folder.resolve("missing.orrery.yaml"));

        assertThat(Corpus.places(file)).containsExactly("E001 1:1");
        assertThat(file.problems().getFirst().text()).endsWith("There is no such file. Check the path.");
        assertThat(file.name()).isEqualTo("missing");
    }

    @Test
    void a_directory_is_not_a_file() {
        var file = WorkflowFile.load(folder);

        assertThat(Corpus.places(file)).containsExactly("E001 1:1");
        assertThat(file.problems().getFirst().message()).contains("This is a directory");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_at_their_place() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write("version: 1\r\nname: é".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9); // é in ISO 8859-1
        bytes.write("\njobs: {}\n".getBytes(StandardCharsets.UTF_8));

        var file = WorkflowFile.load(Yamls.write(folder, bytes.toByteArray()));

        assertThat(Corpus.places(file)).containsExactly("E002 2:8");
        assertThat(file.problems().getFirst().message())
                .contains("the byte at offset 20 is 0xE9", "Save the file as UTF-8");
    }

    @Test
    void a_character_that_yaml_excludes_is_found_behind_windows_line_breaks() {
        var file = WorkflowFile.load(Yamls.write(folder, "version: 1\r\njobs:\r\n  a: {run: \u0007}\r\n"));

        assertThat(Corpus.places(file)).containsExactly("E003 3:12");
    }

    @Test
    void a_byte_order_mark_is_not_a_part_of_the_text() {
        var file = WorkflowFile.load(Yamls.write(folder, "\uFEFFversion: 1\njobs: {a: {run: x}}\n"));

        assertThat(file.problems()).isEmpty();
    }

    @Test
    void a_file_of_more_than_8_mib_is_not_even_parsed() {
        var file = WorkflowFile.load(Yamls.write(folder, "x".repeat(Limits.BYTES + 1)));

        assertThat(Corpus.places(file)).containsExactly("E004 1:1");
    }

    @Test
    void lists_that_lie_very_deep_in_each_other_are_refused_where_they_get_too_deep() {
        var file = WorkflowFile.load(Yamls.write(folder, "jobs:\n  " + "[".repeat(200_000)));

        assertThat(Corpus.places(file)).containsExactly("E004 2:66");
    }

    @Test
    void nested_workflows_may_lie_as_deep_as_the_limit_allows() {
        var text = new StringBuilder("version: 1\n");
        for (int depth = 0; depth < 30; depth++) {
            text.append(" ".repeat(2 * depth)).append("jobs:\n");
            text.append(" ".repeat(2 * depth + 1)).append("a:\n");
        }
        text.append(" ".repeat(60)).append("run: x\n");

        assertThat(WorkflowFile.load(Yamls.write(folder, text.toString())).problems())
                .isEmpty();
    }

    @Test
    void aliases_of_aliases_that_stand_for_very_much_are_refused() {
        var text = new StringBuilder("version: 1\nx-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 60; i++) {
            text.append("x-%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
        }

        var file = WorkflowFile.load(Yamls.write(folder, text + "jobs: {a: {run: x}}\n"));

        assertThat(Corpus.places(file)).containsExactly("E004 1:1");
        assertThat(file.problems().getFirst().message()).contains("far more", "Use fewer aliases of aliases");
    }

    @Test
    void a_chain_of_aliases_that_gets_very_deep_is_refused() {
        var text = new StringBuilder("version: 1\nx-0: &a0 {run: x}\n");
        for (int i = 1; i < 300; i++) {
            text.append("x-%d: &a%d {jobs: {j: *a%d}}\n".formatted(i, i, i - 1));
        }

        var file = WorkflowFile.load(Yamls.write(folder, text + "jobs: {a: *a299}\n"));

        assertThat(Corpus.places(file)).containsExactly("E004 1:1");
    }

    @Test
    void one_value_may_be_aliased_as_often_as_there_are_jobs() {
        var text = new StringBuilder("version: 1\nx-base: &base {run: x}\njobs:\n");
        for (int i = 0; i < 5000; i++) {
            text.append("  j").append(i).append(": *base\n");
        }

        assertThat(WorkflowFile.load(Yamls.write(folder, text.toString())).problems())
                .isEmpty();
    }

    @Test
    void of_very_many_problems_a_thousand_are_shown_and_soon() {
        var text = new StringBuilder("version: 1\njobs:\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("  job%d: {exec: [x, \"${{ params.x%d }}\"], requires: [jub%d]}\n".formatted(i, i, i));
        }

        var problems = WorkflowFile.load(Yamls.write(folder, text.toString())).problems();

        assertThat(problems).hasSize(1001).last().extracting(Problem::code).isEqualTo(Code.TOO_MANY);
    }

    @Test
    void expressions_are_found_also_in_a_line_with_very_many_of_them() {
        var text = "version: 1\nparams: {p: x}\njobs: {a: {run: \"" + "${{ params.p }}".repeat(20_000) + "\"}}\n";

        var problems = WorkflowFile.load(Yamls.write(folder, text)).problems();

        assertThat(problems.get(500).column()).isEqualTo(18 + 500 * "${{ params.p }}".length());
    }

    @Test
    void a_mistake_that_is_repeated_by_an_alias_is_one_problem() {
        var file = WorkflowFile.load(Yamls.write(folder, """
            version: 1
            x-base: &base {run: x, retrys: 3}
            jobs:
              a: *base
              b: *base
            """));

        assertThat(file.problems()).hasSize(2).allMatch(problem -> problem.line() == 2 && problem.column() == 24);
    }
}
