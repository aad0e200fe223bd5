package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The screen as a person sees it, on a real terminal that is resized while the run goes on. */
@Timeout(120)
class LiveScreenTest {

    private static final String HEADING = "crowd · window 3 · 42 jobs +\\d+:\\d\\d";
    private static final String JOB = " . \\S+ +(\\d+:\\d\\d)?( .*)?";

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeAll
    static void let_the_pty_library_start_what_it_keeps(@TempDir Path folder) throws Exception {
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of(), "version")) {
            assertThat(screen.exitCode()).isZero();
        }
    }

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
    }

    /** Forty jobs, three at once; each prints a line and waits for the file {@code go}. */
    private Path crowd() {
        var text = new StringBuilder("version: 1\nname: crowd\nwindow: 3\njobs:\n");
        text.append("  broken: {run: 'echo it broke; exit 9', critical: false}\n");
        for (int i = 1; i <= 40; i++) {
            text.append("  job-%02d: {run: 'echo hello from %d; while [ ! -e go ]; do sleep 0.05; done'}\n"
                    .formatted(i, i));
        }
        text.append("  last: {run: 'echo bye', requires: [job-01, job-02]}\n");
        return workspace.file("crowd.yaml", text.toString());
    }

    @Test
    void it_fits_shows_what_matters_and_survives_resizing_down_and_up() throws Exception {
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of(), "run", crowd())) {
            var big = screen.await(
                    lines -> isScreen(lines, 16) && contains(lines, "hello from 3") && isSteady(lines, 80, 3));

            assertThat(big.size()).isLessThanOrEqualTo(23);
            var block = big.subList(big.size() - 16, big.size());
            assertThat(block.getFirst()).matches(HEADING).hasSize(79);
            assertThat(block.get(1)).startsWith(" ✖ broken ").contains("exit 9");
            assertThat(block.subList(1, 14)).allMatch(line -> line.matches(JOB));
            assertThat(block.get(14)).matches(" … 29 queued, 1 \\S+ +0✔ 3◐ 38◔ 1✖  \\[░+] 1/42|.*0✔ 3◐ 38◔ 1✖.* 1/42");
            assertThat(block.get(15)).isEqualTo(" Ctrl-C stop");
            assertThat(big.subList(0, big.size() - 16)).allMatch(line -> line.matches("\\S+ \\| .*"));

            screen.resize(40, 10);
            var small = screen.await(lines -> isScreen(lines, 6) && lines.size() <= 9 && isSteady(lines, 40, 2));

            assertThat(small.size()).isLessThanOrEqualTo(9);
            var narrow = small.subList(small.size() - 6, small.size());
            assertThat(narrow.getFirst()).matches(HEADING).hasSize(39);
            assertThat(narrow.subList(1, 4)).allMatch(line -> line.matches(JOB));
            assertThat(narrow.get(4)).contains("0✔ 3◐ 38◔ 1✖").endsWith("1/42");
            assertThat(small.subList(0, small.size() - 6)).allMatch(line -> line.matches("\\S+ \\| .*"));

            screen.resize(100, 30);
            var wide = screen.await(lines -> isScreen(lines, 20) && isSteady(lines, 100, 3));
            assertThat(wide.get(wide.size() - 20)).hasSize(99);

            workspace.file("go", "");
            assertThat(screen.exitCode()).isEqualTo(ExitCode.OK);
            var end = screen.lines();
            assertThat(end).anyMatch(line -> line.startsWith("✔ crowd succeeded in "));
            assertThat(end).noneMatch(line -> line.contains("Ctrl-C") || line.contains("window 3"));
            assertThat(screen.cursorIsVisible()).isTrue();
        }
    }

    @Test
    void it_starts_on_a_small_terminal_and_cuts_wide_characters_between_cells() throws Exception {
        var file = workspace.file("wide.yaml", """
            version: 1
            name: 夜間リリースの確認と報告と後片付けの作業
            jobs:
              日本語の名前を持つとても長い仕事: {run: 'echo 進捗状況は良好です進捗状況は良好です進捗; while [ ! -e go ]; do sleep 0.05; done'}
            """);
        try (var screen = PtyScreen.start(folder, 40, 10, Map.of(), "run", file)) {
            var lines = screen.await(all -> isScreen(all, 4) && contains(all, "◐ 日"));

            assertThat(lines.size()).isLessThanOrEqualTo(9);
            var block = lines.subList(lines.size() - 4, lines.size());
            assertThat(block.getFirst()).startsWith("夜").contains("…").matches(".*\\d:\\d\\d");
            assertThat(block.get(1)).startsWith(" ◐ 日").contains("…");
            workspace.file("go", "");
            assertThat(screen.exitCode()).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void ctrl_c_typed_on_it_stops_the_run_and_leaves_the_terminal_in_order() throws Exception {
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of(), "run", crowd())) {
            screen.await(lines -> isScreen(lines, 16) && count(lines, "◐ job") == 3);
            screen.type("\u0003");

            assertThat(screen.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(screen.lines()).anyMatch(line -> line.contains("interrupted by Ctrl-C"));
            assertThat(screen.cursorIsVisible()).isTrue();
        }
    }

    @Test
    void while_jobs_take_their_time_to_stop_it_says_so_and_a_second_ctrl_c_kills_them() throws Exception {
        var file = workspace.file("stubborn.yaml", """
            version: 1
            cancelGrace: 10m
            jobs:
              stubborn: {run: "trap '' INT TERM; echo ready; while :; do sleep 0.1; done"}
            """);
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of(), "run", file)) {
            screen.awaitText("stubborn | ready");
            screen.type("\u0003");
            screen.awaitText("stopping, Ctrl-C again to kill");
            screen.type("\u0003");

            assertThat(screen.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(screen.lines()).anyMatch(line -> line.startsWith("⊘ stubborn cancelled in "));
            assertThat(screen.cursorIsVisible()).isTrue();
        }
    }

    @Test
    void a_dumb_terminal_gets_lines_in_ascii_without_escapes() throws Exception {
        var file = workspace.jobs("a: {run: echo x}");
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of("TERM", "dumb"), "run", file)) {
            assertThat(screen.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(screen.raw())
                    .contains("> a started", "+ flow succeeded", "a | x")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void no_color_is_respected() throws Exception {
        var file = workspace.jobs("a: {run: 'printf \"\\033[31mred\\033[2J\\n\"'}");
        try (var screen = PtyScreen.start(folder, 80, 24, Map.of("NO_COLOR", "1"), "run", file)) {
            assertThat(screen.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(screen.raw()).contains("a | red\r").doesNotContain("\u001b[31m", "\u001b[2J", "\u001b[0m");
        }
    }

    /** Whether a complete screen of so many lines is at the end of what is seen. */
    private static boolean isScreen(List<String> lines, int height) {
        return lines.size() >= height
                && lines.getLast().strip().equals("Ctrl-C stop")
                && lines.get(lines.size() - height).matches("\\S.* \\d+:\\d\\d");
    }

    /** Whether all that changes is there: a screen may be seen while it is being drawn. */
    private static boolean isSteady(List<String> lines, int columns, int jobs) {
        return lines.stream().anyMatch(line -> line.matches(HEADING) && line.length() == columns - 1)
                && contains(lines, "0✔ 3◐ 38◔ 1✖")
                && count(lines, "◐ job") >= jobs;
    }

    private static boolean contains(List<String> lines, String text) {
        return count(lines, text) > 0;
    }

    private static long count(List<String> lines, String text) {
        return lines.stream().filter(line -> line.contains(text)).count();
    }
}
