package io.orrery.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first real run: the packaged command on the workflow file that the README names. */
class RepositoryReportTest {

    private static final Path FILE = Project.ROOT.resolve("examples", "repository-report.orrery.yaml");

    @TempDir
    private Path work;

    private record Ended(int exitCode, String stdout, List<String> stderr) {}

    private Ended run(List<String> command) throws IOException, InterruptedException {
        var stderr = work.resolve("stderr");
        var builder = new ProcessBuilder(command).directory(work.toFile()).redirectError(stderr.toFile());
        builder.environment().putAll(Map.of("PWD", work.toString(), "LC_ALL", "C.UTF-8"));
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var stdout = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), stdout, Files.readAllLines(stderr));
        } finally {
            process.destroyForcibly();
        }
    }

    private Ended report(String repository) throws IOException, InterruptedException {
        var jar = Project.ROOT.resolve("cli", "target", "orrery-cli-" + Project.version() + ".jar");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toString(), "run", FILE.toString()));
        command.addAll(List.of("-p", "repo=" + repository, "-p", "out=the page"));
        return run(command);
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(command).stdout();
    }

    @Test
    void a_clone_tells_of_itself_and_where_the_page_is() throws Exception {
        assumeTrue(Files.exists(Project.ROOT.resolve(".git")), "built from sources without their history");
        var root = Project.ROOT.toString();

        var run = report(root);

        var page = work.toRealPath().resolve("the page").resolve("index.html");
        assertThat(run.exitCode()).as("%s", run.stderr()).isZero();
        assertThat(run.stderr()).last().isEqualTo("report: " + page);
        assertThat(run.stderr()).anyMatch(line -> line.contains("repository-report succeeded"));
        var commits = git("-C", root, "rev-list", "--count", "HEAD").strip();
        var files =
                git("-C", root, "ls-tree", "-r", "--name-only", "HEAD").lines().count();
        assertThat(Files.readString(page))
                .contains("<dd id=\"commits\" data-value=\"" + commits + "\">")
                .contains("<dd id=\"files\" data-value=\"" + files + "\">");
    }

    @Test
    void a_path_is_one_from_where_the_user_is() throws Exception {
        git("init", "--quiet", "a new one");

        var run = report("a new one");

        assertThat(run.exitCode()).as("%s", run.stderr()).isZero();
        assertThat(Files.readString(work.resolve("the page").resolve("index.html")))
                .contains("<h1>a new one</h1>", "No commits yet");
    }

    @Test
    void what_is_no_repository_is_told_first() throws Exception {
        var run = report("nowhere");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", run.stderr()))
                .contains("There is no git repository that can be read at \"" + work.resolve("nowhere") + "\"");
    }
}
