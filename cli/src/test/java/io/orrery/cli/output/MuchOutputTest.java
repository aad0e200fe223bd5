package io.orrery.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.OrreryProcess;
import io.orrery.cli.Workspace;
import io.orrery.cli.command.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that is far more than there is memory, in a process with little of it. {@code benchmarks/much-output} does the same with 1 GB. */
@Timeout(240)
class MuchOutputTest {
    private static final int LINES = 8_300_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "secrets: {TOKEN: {env: THE_TOKEN}}\n"})
    void no_byte_of_sixty_four_megabytes_is_lost_in_the_log_and_sixty_four_of_heap_are_enough(String secrets)
            throws IOException {
        var file = new Workspace(folder)
                .file("much.yaml", "version: 1\n" + secrets + "jobs: {count: {exec: [seq, %d]}}\n".formatted(LINES));
        List<String> command = OrreryProcess.command("run", file, "--log-limit=none", "--output=files:out");
        command.add(command.indexOf("-Xmx128m") + 1, "-Xmx64m");
        try (var orrery = OrreryProcess.start(folder, Map.of("THE_TOKEN", "1234567890123"), command)) {
            var end = orrery.end();
            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.OK);
        }

        assertThat(Files.size(folder.resolve("out/count.log"))).isGreaterThan(64_000_000);
        assertCounts(folder.resolve("out/count.log"), 0, String::valueOf);
        try (var logs = Files.find(folder.resolve(".orrery"), 9, (path, found) -> path.endsWith("count.log"))) {
            assertCounts(
                    logs.findFirst().orElseThrow(),
                    "02:30:00.125".length(),
                    number -> " out " + number + ": " + number);
        }
    }

    /** Asserts that each line is its number, behind so many characters and in some other text. */
    private static void assertCounts(Path path, int skipped, IntFunction<String> wanted) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (int number = 1; number <= LINES; number++) {
                String line = lines.readLine();
                String expected = wanted.apply(number);
                if (line == null || !line.substring(skipped).equals(expected)) {
                    assertThat(line).as("line " + number).endsWith(expected);
                }
            }
            assertThat(lines.readLine()).isNull();
        }
    }
}
