package io.orrery.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.Captured;
import io.orrery.cli.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    @Test
    void of_a_job_that_prints_a_hundred_megabytes_the_last_ones_are_kept() throws IOException {
        var file = new Workspace(folder)
                .jobs("flood: {run: \"head -c 100000000 /dev/zero | tr '\\\\0' 'x' | fold -w 9999; echo; echo end\"}");

        Captured run = Captured.orrery(folder, "run", file, "--json", "--progress=none");

        assertThat(run.exitCode()).isZero();
        List<Path> logs;
        try (var files = Files.walk(folder.resolve(".orrery/runs"))) {
            logs = files.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(logs)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("flood.log", "flood.log.old");
        for (Path log : logs) {
            assertThat(Files.size(log)).isLessThan((8L << 20) + 20_000);
        }
        assertThat(Files.readAllLines(logs.getFirst()))
                .startsWith("[what came before is in flood.log.old, or was dropped]")
                .last()
                .asString()
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} out \\d+: end");
    }

    @Test
    void a_line_of_ten_megabytes_and_binary_output_are_kept_as_they_are() throws IOException {
        var file = new Workspace(folder).jobs("""
            long: {run: "head -c 5000000 /dev/zero | tr '\\\\0' 'y'; echo"}
            binary: {run: "head -c 1000 /dev/urandom > raw; cat raw"}
            """);

        Captured run = Captured.orrery(folder, "run", file, "--json", "--progress=none");

        assertThat(run.exitCode()).isZero();
        try (var files = Files.walk(folder.resolve(".orrery/runs"))) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                byte[] printed = LogContent.of(log);
                if (log.endsWith("long.log")) {
                    assertThat(printed).hasSize(5_000_001);
                } else {
                    assertThat(printed).isEqualTo(Files.readAllBytes(folder.resolve("raw")));
                }
            }
        }
    }
}
