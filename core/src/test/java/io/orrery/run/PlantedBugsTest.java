package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Tests the random runs: each of some mistakes, made in a copy of the engine, has to be found by them. After how many runs
 * it was found is written to {@code target/planted-bugs.txt}. Each copy is tried in a virtual machine of its own, which may
 * hang as it pleases.
 */
@Tag("slow")
class PlantedBugsTest {
    private static final int RUNS = 10_000;
    private static final List<String> FOUND = new ArrayList<>();
    static final List<PlantedBug> BUGS = PlantedBug.ALL;
    static final List<PlantedBug> LEAKS = PlantedBug.LEAKS;

    @TempDir
    private Path classes;

    @ParameterizedTest
    @FieldSource("BUGS")
    @Timeout(180)
    void random_runs_find_that(PlantedBug bug) throws IOException, InterruptedException {
        var tried = tryWith(bug, "-da");

        assertThat(tried.exitCode()).as(tried.output()).isEqualTo(RandomRuns.DIFFERS);
        int runs = Integer.parseInt(tried.output().lines().toList().getLast());
        FOUND.add(String.format(Locale.ROOT, "%5d runs: %s", runs, bug.name()));
    }

    @ParameterizedTest
    @FieldSource("LEAKS")
    @Timeout(180)
    void a_run_finds_at_its_end_that(PlantedBug leak) throws IOException, InterruptedException {
        assertThat(tryWith(leak, "-ea").output())
                .contains("AssertionError: A run has ended and has not given back all slots");
    }

    private Tried tryWith(PlantedBug bug, String assertions) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        bug.compileInto(classes, classPath);

        Path said = classes.resolve("said.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        assertions,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        classes + File.pathSeparator + classPath,
                        RandomRuns.class.getName(),
                        String.valueOf(RUNS))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(150, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Tried(process.waitFor(), Files.readString(said));
    }

    @AfterAll
    static void write() throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/planted-bugs.txt"), FOUND);
    }

    /** What became of a copy with a mistake in it. */
    private record Tried(int exitCode, String output) {}
}
