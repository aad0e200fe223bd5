package io.orrery.cli.command;

import static io.orrery.cli.Captured.orrery;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.orrery.cli.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of run beyond the first ones, and what they say when they are used wrongly. */
@Timeout(120)
class NewOptionsTest {
    private static final String CHAIN = """
        a: {run: echo a}
        b: {run: echo b, requires: a}
        c: {run: echo c, requires: b}
        d: {run: echo d, requires: a}
        """;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "--only b, b",
        "--only b --only d, b d",
        "--from b, b c",
        "--until b, a b",
        "--from a --until c, a b c",
        "--skip b, a c d",
        "--from b --skip c, b"
    })
    void only_the_jobs_that_are_meant_are_run(String options, String jobs) {
        var file = workspace.jobs(CHAIN);

        var run = orrery(folder, (Object[]) ("run " + file + " --output interleaved " + options).split(" ", -1));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).containsExactlyInAnyOrder(jobs.split(" "));
    }

    @Test
    void a_job_that_is_not_there_is_answered_with_the_one_that_was_meant() {
        var file = workspace.jobs("build: {run: x}\ntest: {run: y}");

        var wrong = orrery(folder, "run", file, "--only", "biuld");

        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("no job \"biuld\"", "Did you mean \"build\"?");
        assertThat(orrery(folder, "run", file, "--only", "build", "--from", "test")
                        .err())
                .contains("Drop one of the two");
        assertThat(orrery(folder, "run", file, "--keep-going", "--fail-fast").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void an_instance_or_all_of_them_can_be_meant() {
        var file = workspace.jobs("m: {matrix: {i: [1, 2]}, exec: [echo, \"i=${{ matrix.i }}\"]}\nz: {run: echo z}");

        assertThat(orrery(folder, "run", file, "--only", "m").out().lines()).hasSize(2);
        assertThat(orrery(folder, "run", file, "--only", "m[2]").out()).isEqualTo("m[2] | i=2\n");
    }

    @Test
    void values_come_from_files_and_from_the_command_line_which_goes_before() {
        var file = workspace.file("f.yaml", """
            version: 1
            params: {a: 1, b: x, c: y}
            jobs: {j: {exec: [sh, -c, 'echo "$0 $1 $2 $FROM_FILE"', "${{ params.a }}", "${{ params.b }}", "${{ params.c }}"]}}
            """);
        workspace.file("p.yaml", "a: 5\nb: yes, in YAML\n");
        workspace.file("p.json", "{\"a\": 6, \"b\": \"in JSON\"}");
        workspace.file("v.env", "FROM_FILE='a variable'\n");

        assertThat(orrery(
                                folder,
                                "run",
                                file,
                                "--params-file",
                                folder + "/p.yaml",
                                "-p",
                                "c=z",
                                "--env-file",
                                folder + "/v.env")
                        .out())
                .isEqualTo("j | 5 yes, in YAML z a variable\n");
        assertThat(orrery(folder, "run", file, "--params-file", folder + "/p.json", "-p", "a=7")
                        .out())
                .isEqualTo("j | 7 in JSON y \n");
    }

    @ParameterizedTest
    @CsvSource({
        "a: [1],2, is a single one",
        "[1],1, a mapping of names",
        "'a: {',1, not YAML",
        "zzz: 1,1, no parameter of this file"
    })
    void a_file_of_parameters_that_is_wrong_is_a_matter_of_usage(String text, int line, String message) {
        var file = workspace.file(
                "f.yaml", "version: 1\nparams: {a: 1}\njobs: {j: {exec: [echo, \"${{ params.a }}\"]}}\n");
        workspace.file("p.yaml", text);

        var run = orrery(folder, "run", file, "--params-file", folder + "/p.yaml");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
    }

    @Test
    void a_run_that_keeps_going_does_what_it_can_and_fails() {
        var file = workspace.jobs("""
            bad: {run: exit 4}
            next: {run: echo next, requires: bad}
            other: {run: echo other, requires: {bad: failed}}
            """);

        var run = orrery(folder, "run", file, "--keep-going");

        assertThat(run.exitCode()).isEqualTo(ExitCode.RUN_FAILED);
        assertThat(run.out()).isEqualTo("other | other\n");
        assertThat(run.err()).contains("bad", "skipped: next");
        assertThat(orrery(folder, "run", file, "--keep-going", "-x").exitCode()).isEqualTo(4);
        assertThat(orrery(folder, "run", file, "-x").exitCode()).isEqualTo(4);
    }

    @Test
    void output_can_be_grouped_interleaved_or_in_files() throws Exception {
        var file = workspace.jobs("a: {run: \"echo a1; echo a2\"}\nb: {run: printf b1, requires: a}");

        assertThat(orrery(folder, "run", file, "--output", "grouped").out()).isEqualTo("a | a1\na | a2\nb | b1\n");
        assertThat(orrery(folder, "run", file, "--output=interleaved").out()).isEqualTo("a1\na2\nb1\n");
        assertThat(orrery(folder, "run", file, "--output=files:out").out()).isEmpty();
        assertThat(folder.resolve("out/a.log")).hasContent("a1\na2\n");
        assertThat(Files.readString(folder.resolve("out/b.log"))).isEqualTo("b1");
        assertThat(orrery(folder, "run", file, "--output", "piped").err())
                .contains("files:FOLDER, but here is \"piped\"");
    }

    @Test
    void junit_xml_tells_of_each_job() throws Exception {
        var file = workspace.jobs(
                "good: {run: 'true'}\nbad: {run: \"exit 3\", requires: good}\nnever: {run: x, requires: bad}");

        orrery(folder, "run", file, "--junit", folder + "/out/report.xml");

        assertThat(Files.readString(folder.resolve("out/report.xml")))
                .contains("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\"")
                .contains("name=\"bad\"", "<failure message=\"exit 3\"", "<skipped message=");
    }

    @Test
    void jobs_at_the_end_are_run_after_a_failure_too_and_stand_in_the_report() {
        var file = workspace.file("f.yaml", """
            version: 1
            name: f
            jobs: {bad: {run: exit 3}}
            finally: {tell: {exec: [echo, "it ${{ run.state }}"]}}
            """);

        var run = orrery(folder, "run", file);
        var json = orrery(folder, "run", file, "--json", "--progress=none");

        assertThat(run.exitCode()).isEqualTo(ExitCode.RUN_FAILED);
        assertThat(run.out()).isEqualTo("tell | it failed\n");
        var report = JsonParser.parseString(json.out()).getAsJsonObject();
        assertThat(report.get("state").getAsString()).isEqualTo("failed");
        assertThat(report.getAsJsonObject("finally").get("state").getAsString()).isEqualTo("succeeded");
    }

    @Test
    void a_failure_at_the_end_makes_a_run_fail_that_had_succeeded() {
        var file = workspace.file("f.yaml", "version: 1\njobs: {a: {run: 'true'}}\nfinally: {b: {run: exit 1}}\n");

        assertThat(orrery(folder, "run", file).exitCode()).isEqualTo(ExitCode.RUN_FAILED);
    }

    @Test
    void a_file_that_needs_another_machine_is_refused_but_valid() {
        var file = workspace.file("f.yaml", "version: 1\nnodes: {n: {host: h}}\njobs: {a: {run: x, node: n}}\n");

        assertThat(orrery(folder, "validate", file).exitCode()).isEqualTo(ExitCode.OK);
        assertThat(orrery(folder, "graph", file).exitCode()).isEqualTo(ExitCode.OK);
        var run = orrery(folder, "run", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("error[E106]");
    }

    @Test
    void words_can_come_from_a_file() {
        workspace.jobs("a: {run: echo a}");
        var args = workspace.file("args", "run\n" + folder + "/flow.orrery.yaml\n--output\ninterleaved\n");

        assertThat(orrery(folder, "@" + args).out()).isEqualTo("a\n");
    }

    @Test
    void a_log_is_kept_whole_where_no_limit_is_asked_for() {
        var file = workspace.jobs("a: {run: 'true'}");

        assertThat(orrery(folder, "run", file, "--log-limit", "none").exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(orrery(folder, "run", file, "--log-limit", "8").err())
                .contains("a size such as 8MB, but here is \"8\"");
    }

    @Test
    void colours_and_signs_can_be_chosen() {
        var file = workspace.jobs("a: {run: 'true'}");

        assertThat(orrery(folder, "run", file, "--color=always").err()).contains("\u001b[32m");
        assertThat(orrery(folder, "run", file, "--color=never").err()).doesNotContain("\u001b");
        assertThat(orrery(folder, "run", file, "--ascii").err())
                .contains("+ flow succeeded")
                .doesNotContain("✔");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "build", "matrix", "http", "backup"})
    void a_template_is_a_valid_file_and_replaces_none(String template) {
        assertThat(orrery(folder, "init", template).exitCode()).isEqualTo(ExitCode.OK);
        var validate = orrery(folder, "validate", folder + "/orrery.yaml", "--deny-warnings");
        assertThat(validate.exitCode()).as(validate.err()).isEqualTo(ExitCode.OK);
        assertThat(orrery(folder, "init", template).exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void the_first_file_can_be_run() {
        orrery(folder, "init", "--file", "x.yaml");

        assertThat(orrery(folder, "run", folder + "/x.yaml").out()).contains("first | hello");
    }

    @ParameterizedTest
    @CsvSource({"bash, complete -F", "zsh, bashcompinit", "fish, complete -c orrery", "pwsh, Register-ArgumentCompleter"
    })
    void each_shell_gets_its_completion(String shell, String part) {
        assertThat(orrery(folder, "completion", shell).out()).contains(part, "validate");
    }

    @Test
    void the_schema_is_printed_or_written() throws Exception {
        var printed = orrery(folder, "schema").out();

        assertThat(orrery(folder, "schema", "s.json").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(folder.resolve("s.json"))).isEqualTo(printed);
        assertThat(JsonParser.parseString(printed)
                        .getAsJsonObject()
                        .get("$schema")
                        .getAsString())
                .contains("draft-07");
    }

    @Test
    void validate_writes_json_and_can_deny_warnings() {
        var file = workspace.file("f.yaml", "jobs: {a: {run: x, requires: b}}\n");
        var old = workspace.file("old.yaml", "jobs: {a: {run: x}}\n");

        var json = orrery(folder, "validate", file, old, "--json");

        assertThat(json.exitCode()).isEqualTo(ExitCode.INVALID_WORKFLOW);
        var document = JsonParser.parseString(json.out()).getAsJsonObject();
        var first = document.getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(first.get("valid").getAsBoolean()).isFalse();
        assertThat(first.getAsJsonArray("problems")
                        .get(1)
                        .getAsJsonObject()
                        .get("code")
                        .getAsString())
                .isEqualTo("E104");
        assertThat(orrery(folder, "validate", old, "--deny-warnings").exitCode())
                .isEqualTo(ExitCode.INVALID_WORKFLOW);
        assertThat(orrery(folder, "validate", old).exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void a_graph_shows_other_files_and_instances() {
        workspace.file("part.yaml", "version: 1\njobs: {inner: {run: x}}\n");
        var file = workspace.jobs("m: {run: x, matrix: {i: [1, 2]}}\np: {workflow: part.yaml, requires: m}");

        assertThat(orrery(folder, "graph", file).out()).contains("m[1]", "m[2]", "inner");
        assertThat(orrery(folder, "graph", file, "--format=dot").out()).contains("m[2]", "inner");
        assertThat(orrery(folder, "graph", file, "--format=mermaid").out()).contains("inner");
        assertThat(orrery(folder, "graph", file, "--json").out()).contains("\"m[2]\"");
    }

    @Test
    void a_graph_shows_the_jobs_that_are_chosen_and_what_its_signs_mean() {
        var file = workspace.jobs("a: {run: x}\nb: {run: x, requires: a}\nc: {run: x, requires: b, forever: true}");

        assertThat(orrery(folder, "graph", file, "--until=b").out()).isEqualTo("a ─▶ b\n");
        assertThat(orrery(folder, "graph", file, "--skip=b", "--legend", "--ascii")
                        .out())
                .startsWith("a -> c 8\n")
                .contains("8 forever");
        assertThat(orrery(folder, "graph", file, "--from=x").err()).contains("there is no job \"x\"");
    }

    @Test
    void a_graph_shows_the_longest_chain_of_jobs_and_of_two_the_one_declared_first() {
        var file = workspace.jobs("a: {run: x}\nb: {run: x, requires: a}\nc: {run: x}\nd: {run: x, requires: [b, c]}\n"
                + "e: {run: x, requires: b}\nf: {run: x, requires: [a, c]}");

        assertThat(orrery(folder, "graph", file, "--critical-path").out()).isEqualTo("a ─▶ b ─▶ d\n");
        assertThat(orrery(folder, "graph", file, "--critical-path", "--from=c").out())
                .isEqualTo("c ─▶ d\n");
    }

    @Test
    void a_run_can_be_given_a_name_and_labels_and_its_report_has_them() {
        workspace.file("part.yaml", "version: 1\nname: part\njobs: {inner: {exec: [echo, \"${{ run.name }}\"]}}\n");
        var file = workspace.file("named.yaml", """
            version: 1
            name: plain
            labels: {team: lab, tier: prod}
            jobs:
              a: {exec: [echo, "${{ run.name }}"]}
              p: {requires: a, workflow: part.yaml}
            """);

        var run = orrery(folder, "run", file, "--name=special", "--label=tier=test", "--label", "by=hand", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"workflow\": \"special\"",
                        "\"labels\": {\"team\":\"lab\",\"tier\":\"test\",\"by\":\"hand\"}");
        assertThat(run.err()).contains("a | special", "p/inner | part", "special succeeded");
        assertThat(orrery(folder, "run", file, "--name= ").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(orrery(folder, "run", file, "--label=x").err()).contains("Write it as --label x=VALUE");
    }
}
