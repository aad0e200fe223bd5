package io.orrery.planted;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a predecessor does, made in a copy of the sources, and the tests of which one at least has to fail then.
 *
 * @param item the item of the specification that asks for something better
 * @param plant the change
 * @param tests the tests, as {@code package.Type#method}
 */
public record SeedBehaviour(String item, Plant plant, List<String> tests) {
    private static final long PATIENCE = 20; // seconds; who hangs has failed

    /**
     * Runs the tests with the change in a virtual machine of its own.
     *
     * @param folder an empty one
     * @return what has failed
     * @throws AssertionError if nothing has
     */
    public String found(Path folder) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        plant.compileInto(folder, classPath);
        Path output = folder.resolve("output.txt");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                folder + File.pathSeparator + classPath,
                SomeTests.class.getName()));
        command.addAll(tests);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.UTF_8);
            if (ended && process.exitValue() != SomeTests.FAILED) {
                throw new AssertionError("Whoever does the same as a predecessor has to be found out, but of " + tests
                        + " none has failed (exit code " + process.exitValue() + "), though " + plant.name()
                        + ". Mend the tests. They said:\n" + said);
            }
            return ended ? said : "the tests hang";
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    public String toString() {
        return item + ": " + plant.name();
    }
}
