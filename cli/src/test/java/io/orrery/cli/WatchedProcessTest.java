package io.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin again when a file changes, and jobs of classes that the command is told of, in a process of its own. */
@Timeout(120)
@Tag("smoke")
class WatchedProcessTest {

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void workspace() {
        workspace = new Workspace(folder);
    }

    @Test
    void a_watched_file_is_run_again_with_each_change_also_after_one_that_is_not_valid_until_ctrl_c() {
        var file = workspace.jobs("a: {run: echo first}");
        try (var orrery = OrreryProcess.start(folder, "run", "--watch", file)) {
            orrery.awaitErr("watching " + folder + ", Ctrl-C to end");
            workspace.jobs("a: {run: echo first, requires: nobody}");
            orrery.awaitErr("nobody");
            workspace.jobs("a: {run: \"echo second; sleep 100\"}");
            orrery.awaitOut("a | second\n");
            orrery.signal("INT");
            var end = orrery.end();

            assertThat(end.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(end.out()).contains("a | first\n");
            assertThat(end.err()).doesNotContain("Exception");
        }
    }

    @Test
    void what_a_run_writes_into_its_folder_does_not_start_the_next_one() throws Exception {
        var file = workspace.jobs("a: {run: date >> runs}");
        try (var orrery = OrreryProcess.start(folder, "run", "--watch", file);
                var watcher = folder.getFileSystem().newWatchService()) {
            orrery.awaitErr("watching " + folder + ", Ctrl-C to end");
            assertThat(workspace.path("runs")).content().hasLineCount(1);
            folder.register(watcher, StandardWatchEventKinds.ENTRY_MODIFY);
            assertThat(watcher.poll(1_500, TimeUnit.MILLISECONDS))
                    .as("a change of the folder that nobody else has made")
                    .isNull();
            workspace.file("input", "changed");
            workspace.jobs("a: {run: \"echo again; sleep 100\"}");
            orrery.awaitOut("a | again\n");
            orrery.signal("INT");
            orrery.end();
        }
    }

    @Test
    void classes_on_the_class_path_are_jobs_and_without_it_the_file_says_where_they_are_missing() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source = workspace.file("Greeting.java", """
            package own;

            public final class Greeting implements io.orrery.job.JobBody<String> {
                @Override
                public String run(io.orrery.job.JobContext context) throws Exception {
                    java.nio.file.Files.writeString(java.nio.file.Path.of("greeted"), "by " + context.label());
                    return "done";
                }
            }
            """);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-cp", path, "-d", classes.toString(), source.toString()))
                .isZero();
        var file = workspace.jobs("a: {java: own.Greeting}");

        try (var orrery = OrreryProcess.start(folder, "run", file, "--class-path", classes)) {
            var end = orrery.end();
            assertThat(end.exitCode()).as(end.err()).isEqualTo(ExitCode.OK);
            assertThat(workspace.path("greeted")).hasContent("by a");
        }
        try (var orrery = OrreryProcess.start(folder, "run", file)) {
            var end = orrery.end();
            assertThat(end.exitCode()).isEqualTo(ExitCode.INVALID_WORKFLOW);
            assertThat(end.err()).contains("flow.orrery.yaml:4:13", "own.Greeting", "--class-path");
        }
    }
}
