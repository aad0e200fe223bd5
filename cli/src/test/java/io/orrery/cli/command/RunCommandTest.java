package io.orrery.cli.command;

import static io.orrery.cli.Captured.orrery;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.Captured;
import io.orrery.cli.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    private static final String FAILING = """
        first: {run: echo fine}
        bad: {run: "echo no route to host >&2; exit 7", requires: first}
        next: {run: echo never, requires: bad}
        """;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
    }

    @Test
    void a_run_that_succeeds_exits_with_0_its_output_on_stdout_its_progress_on_stderr() {
        var file = workspace.jobs("""
            build: {run: echo building}
            test: {run: "echo tested; echo warned >&2", requires: build}
            """);

        var run = orrery(folder, "run", file);

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).containsExactlyInAnyOrder("build | building", "test | tested", "test | warned");
        var progress = run.err().lines().toList();
        assertThat(progress.get(0)).matches("000\\.\\d{3} run [0-9A-Z]{26} flow: 2 jobs");
        assertThat(progress.get(1)).matches("\\d{3}\\.\\d{3} > build started");
        assertThat(progress.get(2)).matches("\\d{3}\\.\\d{3} \\+ build succeeded \\d+\\.\\ds");
        assertThat(progress.get(5)).matches("✔ flow succeeded in \\d+\\.\\ds – 2 jobs");
    }

    @Test
    void a_failure_exits_with_1_and_is_told_with_the_cause_first_and_what_the_job_printed_last() {
        var run = orrery(folder, "run", workspace.jobs(FAILING));

        assertThat(run.exitCode()).isEqualTo(ExitCode.RUN_FAILED);
        var debrief = run.err().lines().dropWhile(line -> !line.startsWith("✖")).toList();
        assertThat(debrief.get(0)).matches("✖ flow failed in \\d+\\.\\ds – critical job bad failed: exit 7");
        assertThat(debrief.get(1)).isEqualTo("  ✖ bad: exit 7");
        assertThat(debrief.get(2)).isEqualTo("    bad | no route to host");
        assertThat(debrief.get(3)).matches("    full log: \\.orrery/runs/[0-9A-Z]{26}/bad\\.log");
        assertThat(debrief.get(4)).isEqualTo("  not started because of it: next");
        assertThat(debrief.get(5)).startsWith("  critical path: first ").contains(" → bad ");
    }

    @Test
    void with_json_stdout_holds_one_document_and_the_output_of_jobs_goes_to_stderr() {
        var run = orrery(folder, "run", workspace.jobs(FAILING), "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCode.RUN_FAILED);
        assertThat(run.out())
                .startsWith("{\"schemaVersion\": 1,")
                .endsWith("}\n")
                .doesNotContain("first | ");
        assertThat(run.out()).contains("\"why\": \"critical job bad failed: exit 7\"", "\"exitCode\": 7");
        assertThat(run.err()).contains("first | fine", "bad | no route to host");
    }

    @Test
    void with_json_and_no_progress_stderr_is_empty() {
        var run = orrery(folder, "run", workspace.jobs(FAILING), "--json", "--progress=none");

        assertThat(run.exitCode()).isEqualTo(ExitCode.RUN_FAILED);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("{");
    }

    @Test
    void json_progress_is_one_object_a_line_and_nothing_else() {
        var run = orrery(folder, "run", workspace.jobs(FAILING), "--progress=json");

        assertThat(run.err().lines())
                .isNotEmpty()
                .allMatch(line -> line.matches("\\{\"atMs\": ?\\d+, ?\"event\": ?\"[a-z-]+\".*}"));
        assertThat(run.out().lines()).containsExactly("first | fine", "bad | no route to host");
    }

    @Test
    void a_timeout_on_the_command_line_ends_the_run_with_4() {
        var run = orrery(folder, "run", workspace.jobs("long: {run: sleep 600}"), "--timeout", "200ms");

        assertThat(run.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(run.err()).contains("⏱ flow timed-out in ");
    }

    @ParameterizedTest
    @CsvSource({"--strict, 5", "--json, 0"})
    void a_non_critical_failure_counts_only_when_asked_to(String option, int exitCode) {
        var file = workspace.jobs("""
            fragile: {run: exit 1, critical: false}
            sturdy: {run: "true"}
            """);

        assertThat(orrery(folder, "run", file, option).exitCode()).isEqualTo(exitCode);
    }

    @Test
    void a_window_on_the_command_line_replaces_that_of_the_file() {
        var file = workspace.jobs("a: {run: 'true'}\nb: {run: 'true'}");

        assertThat(orrery(folder, "run", file, "--window", "1").err()).contains("flow: 2 jobs, window 1");
    }

    @ParameterizedTest
    @CsvSource({
        "--window,   -1,    must not be negative",
        "--window,   many,  'is not an int'",
        "--timeout,  soon,  'such as 1h30m'",
        "--timeout,  0s,    'must be positive, but here is 0s'",
        "--progress, loud,  'auto, tty, plain, json, none, but here is \"loud\"'",
        "-p,         name,  '-p name=VALUE'",
        "-p,         x=1,   'x'",
        "--jsn,      x,     --json",
    })
    void a_wrong_command_line_exits_with_2_and_says_what_is_right(String option, String value, String message) {
        var run = orrery(folder, "run", workspace.jobs("a: {run: 'true'}"), option, value);

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void who_names_no_file_is_told_where_it_belongs() {
        assertThat(orrery(folder, "run"))
                .extracting(Captured::exitCode, run -> run.err().contains(" FILE\nHelp: orrery run --help\n"))
                .containsExactly(ExitCode.USAGE, true);
        assertThat(orrery(folder, "run", ""))
                .extracting(Captured::exitCode, Captured::err)
                .containsExactly(
                        ExitCode.USAGE,
                        "orrery: The path of the file is empty. Name a workflow file, such as x.orrery.yaml.\n");
    }

    @Test
    void parameters_reach_the_jobs_with_all_their_signs() {
        var file = workspace.file("p.yaml", """
            version: 1
            params: {text: x}
            jobs:
              say: {run: 'echo "$TEXT"', env: {TEXT: '${{ params.text }}'}}
            """);

        assertThat(orrery(folder, "run", file, "-p", "text=a=b c").out()).isEqualTo("say | a=b c\n");
    }

    @Test
    void an_invalid_file_exits_with_3_and_all_its_problems() {
        var run = orrery(folder, "run", workspace.jobs("a: {run: x, requires: c}\nb: {rum: x}"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.INVALID_WORKFLOW);
        assertThat(run.err()).contains("flow.orrery.yaml:4:25 error[E104]", "error[E101]", "2 errors, 0 warnings");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_missing_file_exits_with_6_and_a_folder_with_2() {
        assertThat(orrery(folder, "run", workspace.path("nowhere.yaml")))
                .extracting(Captured::exitCode, Captured::err)
                .containsExactly(
                        ExitCode.NOT_FOUND,
                        "orrery: There is no file \"" + workspace.path("nowhere.yaml") + "\". Check its path.\n");
        assertThat(orrery(folder, "run", folder).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void a_dry_run_shows_the_plan_and_starts_nothing() {
        var run = orrery(folder, "run", workspace.jobs("a: {run: touch made}"), "--dry-run");

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEqualTo("a\n");
        assertThat(run.err()).isEqualTo("Nothing was started: this would run 1 job.\n");
        assertThat(workspace.path("made")).doesNotExist();
        assertThat(workspace.path(".orrery")).doesNotExist();
    }

    @Test
    void the_report_that_a_job_announces_is_named_last() {
        var run = orrery(folder, "run", workspace.jobs("""
            draw: {run: "echo x > page.html; echo '::report:: page.html'"}
            """));

        assertThat(run.lastError()).isEqualTo("report: " + workspace.path("page.html"));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void a_report_that_is_not_there_is_a_warning() {
        var run = orrery(folder, "run", workspace.jobs("draw: {run: \"echo '::report:: page.html'\"}"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.lastError()).isEqualTo("warning: there is no report at " + workspace.path("page.html"));
    }

    @Test
    void a_report_with_an_escape_in_its_name_does_nothing_to_the_terminal() {
        var run = orrery(folder, "run", workspace.jobs("draw: {run: \"printf '::report:: \\\\033[31mx\\\\n'\"}"));

        assertThat(run.lastError()).isEqualTo("warning: there is no report at " + workspace.path("[31mx"));
    }

    @Test
    void of_reports_without_end_the_first_hundred_are_named_each_once() {
        var run = orrery(
                folder,
                "run",
                workspace.jobs(
                        "draw: {run: \"for i in $(seq 1 300); do echo ::report:: $i; echo ::report:: $i; done\"}"));

        assertThat(run.err().lines().filter(line -> line.startsWith("warning: there is no report")))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void of_a_job_that_was_tried_again_only_the_last_attempt_is_in_the_debrief() {
        var run = orrery(folder, "run", workspace.jobs("""
            flaky: {run: "echo try; echo oh; exit 1", retries: {max: 2, delay: 1ms}}
            """), "--progress=none");

        assertThat(run.err().lines().filter(line -> line.contains("flaky |")))
                .containsExactly("    flaky | try", "    flaky | oh");
    }

    @Test
    void what_the_engine_says_about_a_job_is_in_its_log() throws Exception {
        orrery(folder, "run", workspace.jobs("lost: {run: \"sleep 600 & echo hello\"}"));

        try (var files = Files.walk(workspace.path(".orrery/runs"))) {
            var log =
                    files.filter(path -> path.endsWith("lost.log")).findFirst().orElseThrow();
            assertThat(Files.readAllLines(log))
                    .anyMatch(line -> line.endsWith(" out 1: hello"))
                    .anyMatch(line ->
                            line.matches(".* orrery 1: Ended what the command left behind: \\d+ .*(sleep|bash)"));
        }
    }

    @Test
    void what_jobs_print_is_kept_in_a_folder_that_version_control_does_not_see() throws Exception {
        orrery(folder, "run", workspace.jobs("""
            quiet: {run: "true"}
            nest:
              jobs:
                inner: {run: "echo one; echo two >&2"}
            """), "--progress=none");

        assertThat(Files.readString(workspace.path(".orrery/.gitignore"))).isEqualTo("*\n");
        try (var files = Files.walk(workspace.path(".orrery/runs"))) {
            var logs = files.filter(Files::isRegularFile).toList();
            assertThat(logs).hasSize(1);
            assertThat(logs.getFirst()).endsWith(Path.of("nest", "inner.log"));
            assertThat(Files.readAllLines(logs.getFirst()).stream().map(line -> line.substring(13)))
                    .containsExactlyInAnyOrder("out 1: one", "err 1: two");
        }
    }

    @Test
    void help_says_how_to_use_it_and_names_only_commands_that_exist() {
        assertThat(orrery(folder, "--help").exitCode()).isEqualTo(ExitCode.OK);
        for (String command : List.of("run", "validate", "graph", "version")) {
            assertThat(orrery(folder, "--help").out()).contains(command);
            assertThat(orrery(folder, command, "--help").out()).contains("Usage: orrery " + command);
        }
        assertThat(orrery(folder, "rum").err()).contains("Did you mean: orrery run?");
        assertThat(orrery(folder, "rnu", "x").err()).contains("Did you mean: orrery run?");
        assertThat(orrery(folder, "help", "run").out()).contains("Usage: orrery run");
        assertThat(orrery(folder, "help").out())
                .isEqualTo(orrery(folder, "--help").out());
        assertThat(orrery(folder, "--version").out())
                .isEqualTo(orrery(folder, "version").out());
        assertThat(orrery(folder).exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
