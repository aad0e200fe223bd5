package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command as a process in a locale that knows ASCII only, and with its standard output closed. */
@Timeout(60)
class PlainLocaleTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void file() {
        new Workspace(folder).jobs("a: {run: echo hello}\nb: {requires: a, run: echo done}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run flow.orrery.yaml",
                "run flow.orrery.yaml --json",
                "run flow.orrery.yaml --only a --output=grouped",
                "run flow.orrery.yaml --dry-run",
                "validate flow.orrery.yaml",
                "validate flow.orrery.yaml --json",
                "schema",
                "init build",
                "graph flow.orrery.yaml",
                "graph flow.orrery.yaml --format=dot",
                "graph flow.orrery.yaml --format=mermaid",
                "graph flow.orrery.yaml --format=json",
                "completion bash",
                "version"
            })
    void a_command_does_its_work(String line) {
        var command = OrreryProcess.command((Object[]) line.split(" "));
        try (var orrery = OrreryProcess.start(folder, Map.of("LC_ALL", "C", "LANG", "C"), command)) {
            var end = orrery.end();

            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.OK);
            assertThat(end.out()).isNotEmpty().matches("\\p{ASCII}*");
            assertThat(end.err()).doesNotContain("Exception").matches("\\p{ASCII}*");
        }
        var closed = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&-", "sh"));
        closed.addAll(OrreryProcess.command((Object[])
                line.replace("init build", "init build --file=x.yaml").split(" ")));
        try (var orrery = OrreryProcess.start(folder, Map.of("LC_ALL", "C", "LANG", "C"), closed)) {
            var end = orrery.end();

            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.INTERNAL_ERROR);
            assertThat(end.err())
                    .contains("The standard output can't be written")
                    .doesNotContain("Exception");
        }
    }
}
