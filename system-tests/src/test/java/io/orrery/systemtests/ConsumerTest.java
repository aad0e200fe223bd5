package io.orrery.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what a user of the library does: a Maven project of its own (folder {@code consumer}), which knows Orrery by its
 * coordinates only, compiles and runs the first program of the README, on the class path and on the module path.
 */
@Timeout(300)
class ConsumerTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path work;

    private static final String CORE = "io/orrery/orrery-core/%1$s/orrery-core-%1$s.jar".formatted(Project.version());

    @BeforeAll
    static void publish() throws IOException {
        put("parent", Project.ROOT.resolve("pom.xml"), "pom");
        put("bom", Project.ROOT.resolve("bom", "pom.xml"), "pom");
        for (var module : Project.PUBLISHED) {
            var folder = Project.ROOT.resolve(module);
            put(module, folder.resolve("pom.xml"), "pom");
            put(module, folder.resolve("target", "orrery-%s-%s.jar".formatted(module, Project.version())), "jar");
        }
    }

    @Test
    void the_program_of_the_readme_runs_on_the_class_path() throws Exception {
        var project = project("class-path");
        Files.delete(project.resolve("src/main/java/module-info.java"));

        build(project);

        var classPath = project.resolve("target/classes") + ":" + published().resolve(CORE);
        assertThatItPrintsTheListing(run(project, java("--class-path", classPath, "consumer.Program")));
    }

    @Test
    void the_program_of_the_readme_runs_on_the_module_path() throws Exception {
        var project = project("module-path");

        build(project);

        var modulePath = project.resolve("target/classes") + ":" + published().resolve(CORE);
        assertThatItPrintsTheListing(
                run(project, java("--module-path", modulePath, "--module", "consumer/consumer.Program")));
    }

    private static void assertThatItPrintsTheListing(String output) {
        assertThat(output).contains("fetch", "parse", "report", "mail", "heartbeat");
    }

    /** A copy of the consumer, with the program of the README in it. */
    private static Path project(String name) throws IOException {
        var from = Path.of("consumer");
        var to = work.resolve(name);
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, REPLACE_EXISTING);
            }
        }
        var program = to.resolve("src/main/java/consumer/Program.java");
        Files.writeString(program, Project.read(program).replace("// the program of the README", firstProgram()));
        return to;
    }

    private static String firstProgram() {
        var code = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(Project.read(Project.ROOT.resolve("README.md")));
        assertThat(code.find()).as("README.md has a java block").isTrue();
        return code.group(1);
    }

    /**
     * With a local repository of its own, so that nothing of this build gets into the user's. What this build has
     * downloaded stands in for the repositories on the network.
     */
    private static void build(Path project) throws Exception {
        var settings = work.resolve("settings.xml");
        Files.writeString(settings, """
            <settings>
              <mirrors>
                <mirror>
                  <id>downloaded</id>
                  <mirrorOf>*,!published</mirrorOf>
                  <url>%s</url>
                </mirror>
              </mirrors>
            </settings>
            """.formatted(
                        Path.of(property("orrery.local-repository")).toUri()));
        run(
                project,
                List.of(
                        Path.of(property("orrery.maven-home"), "bin", "mvn").toString(),
                        "--batch-mode",
                        "--quiet",
                        "--settings=" + settings,
                        "-Dmaven.repo.local=" + work.resolve("local-repository"),
                        "-Dpublished=" + published().toUri(),
                        "-Dorrery.version=" + Project.version(),
                        "compile"));
    }

    private static List<String> java(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Like a repository on the network, with what this build has packaged. */
    private static Path published() {
        return work.resolve("published");
    }

    private static void put(String module, Path file, String type) throws IOException {
        var name = "orrery-" + module;
        var folder = Files.createDirectories(published().resolve("io/orrery/" + name + "/" + Project.version()));
        Files.copy(file, folder.resolve(name + "-" + Project.version() + "." + type), REPLACE_EXISTING);
    }

    private static String property(String name) {
        var value = System.getProperty(name);
        assertThat(value).as("the build sets " + name).isNotNull();
        return value;
    }
}
