package io.orrery.cli.command;

import static io.orrery.cli.Captured.orrery;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherCommandsTest {

    @TempDir
    Path folder;

    private Path file;
    private Workspace workspace;

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
        file = workspace.jobs("a: {run: 'true'}\nb: {run: 'true', requires: a}");
    }

    @ParameterizedTest
    @CsvSource({"tree, a ─▶ b", "dot, digraph", "mermaid, flowchart", "json, '\"schemaVersion\": 1'"})
    void a_graph_comes_in_four_forms(String format, String part) {
        var graph = orrery(folder, "graph", file, "--format", format);

        assertThat(graph.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(graph.out()).contains(part).endsWith("\n");
        assertThat(graph.err()).isEmpty();
    }

    @Test
    void a_form_that_is_not_known_is_answered_with_those_that_are() {
        assertThat(orrery(folder, "graph", file, "--format", "svg").err())
                .contains("it is one of tree, dot, mermaid, json, but here is \"svg\". Choose one of them.");
    }

    @Test
    void a_label_with_an_escape_does_nothing_to_the_terminal() {
        var escaping = workspace.jobs("a: {run: 'true', label: \"x\\e[2Jy\"}");

        assertThat(orrery(folder, "graph", escaping).out()).isEqualTo("x[2Jy\n");
    }

    @Test
    void json_is_the_same_as_format_json() {
        assertThat(orrery(folder, "graph", file, "--json").out())
                .isEqualTo(orrery(folder, "graph", file, "--format", "json").out());
    }

    @Test
    void a_parameter_without_a_value_does_not_keep_one_from_drawing_and_checking() {
        var open = workspace.file("open.yaml", """
            version: 1
            params: {who: {type: string}}
            jobs: {a: {exec: [echo, "${{ params.who }}"]}}
            """);

        assertThat(orrery(folder, "graph", open).out()).isEqualTo("a\n");
        assertThat(orrery(folder, "validate", open).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(orrery(folder, "run", open).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void validate_tells_all_problems_of_all_files_and_counts_them() {
        var broken = workspace.file("broken.yaml", """
            version: 1
            jobs:
              a: {run: x, requires: [b, d]}
              b: {run: x, requires: a, retrys: 2}
            """);

        var validate = orrery(folder, "validate", broken, workspace.path("nowhere.yaml"), file);

        assertThat(validate.exitCode()).isEqualTo(ExitCode.INVALID_WORKFLOW);
        assertThat(validate.out()).isEqualTo(file + ": valid, 2 jobs\n");
        assertThat(validate.err()).contains("broken.yaml:3:29 error[E104]", "error[E101]", "retries");
        assertThat(validate.err()).contains("There is no file");
        assertThat(validate.err().lines().reduce("", (a, b) -> b)).matches("\\d errors, 0 warnings");
    }

    @Test
    void a_warning_does_not_make_a_file_invalid() {
        var old = workspace.file("old.yaml", "jobs: {a: {run: 'true'}}");

        var validate = orrery(folder, "validate", old);

        assertThat(validate.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(validate.err()).contains("warning[W101]", "0 errors, 1 warning");
    }

    @Test
    void a_file_that_is_missing_is_not_found() {
        assertThat(orrery(folder, "validate", "nowhere.yaml").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(orrery(folder, "graph", "nowhere.yaml").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void version_names_orrery_and_java() {
        assertThat(orrery(folder, "version").out()).matches("orrery .*, Java 25.*\n");
    }
}
