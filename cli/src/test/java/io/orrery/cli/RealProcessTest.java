package io.orrery.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, closed streams, and that nothing is left. */
@Timeout(120)
class RealProcessTest {

    /** Ignores TERM, and has a child that has detached itself and ignores it too. */
    private static final String STUBBORN = """
        stubborn:
          run: |
            trap '' TERM
            (setsid sh -c 'trap "" TERM; echo $$ > child; while :; do sleep 0.1; done' &)
            while [ ! -s child ]; do sleep 0.05; done
            echo ready
            while :; do sleep 0.1; done
        """;

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
    }

    @Test
    void a_reader_that_goes_away_disturbs_neither_the_run_nor_the_user() throws Exception {
        var file = workspace.jobs("""
            chatty: {run: "seq 1 200000; touch done"}
            """);
        try (var orrery = OrreryProcess.start(folder, "run", file)) {
            orrery.awaitOut("chatty | 1\n");
            orrery.closeOut();
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(end.err()).doesNotContain("Exception").contains("✔ flow succeeded");
        }
        assertThat(workspace.path("done")).exists();
    }

    @Test
    void ctrl_c_once_lets_jobs_end_in_their_grace_period_and_leaves_nothing() throws Exception {
        var file = workspace.file("grace.yaml", "version: 1\ncancelGrace: 2s\njobs:\n" + STUBBORN.indent(2));
        try (var orrery = OrreryProcess.start(folder, "run", file)) {
            orrery.awaitOut("stubborn | ready");
            orrery.signal("INT");
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(end.err())
                    .contains("interrupted by Ctrl-C", "stopping, Ctrl-C again to kill", "⊘ grace cancelled");
        }
        assertThat(isAlive(childOfStubborn())).isFalse();
    }

    @Test
    void ctrl_c_twice_kills_at_once_and_leaves_nothing() throws Exception {
        var file = workspace.file("grace.yaml", "version: 1\ncancelGrace: 10m\njobs:\n" + STUBBORN.indent(2));
        try (var orrery = OrreryProcess.start(folder, "run", file)) {
            orrery.awaitOut("stubborn | ready");
            orrery.signal("INT");
            orrery.awaitErr("Ctrl-C again to kill");
            orrery.signal("INT");
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
        assertThat(isAlive(childOfStubborn())).isFalse();
    }

    @Test
    void sigterm_cancels_the_run_and_exits_with_143() {
        var file = workspace.jobs("""
            polite: {run: "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done"}
            """);
        try (var orrery = OrreryProcess.start(folder, "run", file)) {
            orrery.awaitOut("polite | ready");
            orrery.signal("TERM");
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.TERMINATED);
            assertThat(end.out()).contains("polite | bye");
            assertThat(end.err()).contains("terminated by SIGTERM");
        }
    }

    @Test
    void output_that_can_not_be_written_is_an_error_whatever_the_command() {
        var file = workspace.jobs("a: {run: echo hello}");
        for (Object args : List.of("version", "--help", "validate " + file, "graph " + file, "run " + file)) {
            var words = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"));
            words.addAll(OrreryProcess.command((Object[]) args.toString().split(" ")));
            try (var orrery = OrreryProcess.start(folder, Map.of("LC_ALL", "C.UTF-8"), words)) {
                var end = orrery.end();

                assertThat(end.exitCode()).as(args.toString()).isEqualTo(ExitCode.INTERNAL_ERROR);
                assertThat(end.lastError())
                        .startsWith("orrery: The standard output can't be written: ")
                        .endsWith(". Make room, or send it elsewhere.");
            }
        }
    }

    @Test
    void in_a_locale_without_letters_the_log_of_a_job_has_their_numbers_in_its_name() throws Exception {
        var file = workspace.jobs("é: {run: echo hello}");
        try (var orrery = OrreryProcess.start(folder, Map.of("LC_ALL", "C"), OrreryProcess.command("run", file))) {
            assertThat(orrery.end().exitCode()).isEqualTo(ExitCode.OK);
        }
        try (var files = Files.walk(workspace.path(".orrery/runs"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .singleElement()
                    .satisfies(log -> assertThat(log)
                            .hasFileName("_00e9.log")
                            .content()
                            .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} out 1: hello\n"));
        }
    }

    @Test
    void jobs_get_the_locale_of_the_user_back() {
        var file = workspace.jobs("a: {run: 'echo \"${LC_ALL-none} ${ORRERY_USERS_LC_ALL-none}\"'}");
        var env = Map.of("LC_ALL", "C.UTF-8", "ORRERY_USERS_LC_ALL", "");
        try (var orrery = OrreryProcess.start(folder, env, OrreryProcess.command("run", file))) {
            assertThat(orrery.end().out()).isEqualTo("a | none none\n");
        }
    }

    @Test
    @Timeout(300)
    void ten_thousand_commands_of_which_some_print_end_in_little_memory_with_few_open_files() {
        var jobs = new StringBuilder("version: 1\nname: many\nwindow: 8\njobs:\n");
        for (int i = 0; i < 10_000; i++) {
            jobs.append("  job-%d: {exec: [%s]}\n".formatted(i, i % 10 == 0 ? "echo, hello" : "\"true\""));
        }
        var file = workspace.file("many.yaml", jobs.toString());
        var words = new ArrayList<>(List.of("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh"));
        words.addAll(OrreryProcess.command("run", file));
        try (var orrery = OrreryProcess.start(folder, Map.of("LC_ALL", "C.UTF-8"), words)) {
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(end.err()).contains("+ job-9999", "✔ many succeeded").doesNotContain("warning");
        }
    }

    private long childOfStubborn() throws Exception {
        return Long.parseLong(Files.readString(workspace.path("child")).strip());
    }

    /** A process that has ended may stay in the process table until somebody takes notice of it. */
    private static boolean isAlive(long pid) throws IOException {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        boolean isZombie =
                Files.exists(stat) && Files.readString(stat, ISO_8859_1).contains(") Z ");
        return !isZombie && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
