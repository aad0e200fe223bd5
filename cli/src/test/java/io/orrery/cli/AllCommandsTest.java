package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command as a process: at pipes, on a terminal, in a locale that knows ASCII only, with its standard output closed. */
@Timeout(60)
class AllCommandsTest {
    private static final Map<String, String> ASCII = Map.of("LC_ALL", "C", "LANG", "C");

    @TempDir
    private Path folder;

    @BeforeAll
    static void let_the_pty_library_start_what_it_keeps(@TempDir Path folder) throws Exception {
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of(), "version")) {
            assertThat(screen.exitCode()).isZero();
        }
    }

    @BeforeEach
    void files() {
        var workspace = new Workspace(folder);
        workspace.jobs("a: {run: echo hello}\nb: {requires: a, run: echo done}");
        workspace.file("values.yaml", "{}\n");
        workspace.file("variables.env", "A=b\n");
        workspace.file("words", "run flow.orrery.yaml\n");
    }

    static Stream<String> commands() {
        return """
            run flow.orrery.yaml
            run flow.orrery.yaml --json
            run flow.orrery.yaml --only a --output=grouped --color=always --ascii
            run flow.orrery.yaml --from a --until b --skip b --keep-going --window 1 --timeout 1m
            run flow.orrery.yaml --params-file values.yaml --env-file variables.env --fail-fast --strict -x
            run flow.orrery.yaml --output=interleaved --junit out.xml --log-limit none --progress=json
            run flow.orrery.yaml --name other --label team=lab --progress=plain --output=grouped
            run flow.orrery.yaml --dry-run
            @words
            validate flow.orrery.yaml --deny-warnings
            validate flow.orrery.yaml --json
            schema
            init build
            graph flow.orrery.yaml
            graph flow.orrery.yaml --until a --legend
            graph flow.orrery.yaml --critical-path
            graph flow.orrery.yaml --format=dot
            graph flow.orrery.yaml --format=mermaid
            graph flow.orrery.yaml --format=json
            next --cron @daily
            next --fields day_of_week=mon-fri;hour=2 -n 3 --tz UTC --json
            completion bash
            completion zsh
            completion fish
            completion pwsh
            version
            """.lines();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void works_at_pipes(String line) {
        try (var orrery = OrreryProcess.start(folder, words(line))) {
            var end = orrery.end();

            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.OK);
            assertThat(end.out()).isNotEmpty();
            assertThat(end.err()).doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void works_on_a_terminal(String line) throws IOException, InterruptedException {
        try (var terminal = PtyScreen.start(folder, 100, 30, Map.of(), words(line))) {
            assertThat(terminal.exitCode()).as(terminal.raw()).isEqualTo(ExitCode.OK);
            assertThat(terminal.raw()).isNotEmpty().doesNotContain("Exception");
            assertThat(terminal.cursorIsVisible()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void keeps_to_ascii_where_the_locale_has_nothing_else(String line) {
        try (var orrery = OrreryProcess.start(folder, ASCII, OrreryProcess.command(words(line)))) {
            var end = orrery.end();

            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.OK);
            assertThat(end.out()).isNotEmpty().matches("\\p{ASCII}*");
            assertThat(end.err()).doesNotContain("Exception").matches("\\p{ASCII}*");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void says_that_its_output_can_not_be_written_where_it_is_closed(String line) {
        var closed = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&-", "sh"));
        closed.addAll(OrreryProcess.command(words(line)));
        try (var orrery = OrreryProcess.start(folder, ASCII, closed)) {
            var end = orrery.end();

            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.INTERNAL_ERROR);
            assertThat(end.err())
                    .contains("The standard output can't be written")
                    .doesNotContain("Exception");
        }
    }

    private static Object[] words(String line) {
        return line.split(" ");
    }
}
