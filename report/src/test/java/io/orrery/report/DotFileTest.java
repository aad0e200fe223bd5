package io.orrery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Spec({"A-114", "GB-23"})
class DotFileTest {

    @TempDir
    Path folder;

    private final Workflow flow = Workflow.named("flow ä");
    private DotFile file;

    @BeforeEach
    void declare() {
        flow.action("job \"ä\"", () -> {});
        file = DotFile.of(GraphText.of(flow));
    }

    /** Something that is called as Graphviz's dot is. */
    private DotFile with(String script) throws IOException {
        Path program = folder.resolve("my dot");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return file.program(program.toString());
    }

    @Test
    void the_graph_is_written_over_what_was_there_and_the_path_returned() throws IOException {
        Path target = folder.resolve("graph.dot");
        Files.writeString(target, "something else that is much longer".repeat(100));

        assertThat(file.write(target)).isEqualTo(target);

        assertThat(target).hasContent(GraphText.of(flow).dot());
    }

    @Test
    void a_label_with_half_a_character_can_be_written_too() throws IOException {
        flow.action("half \ud83d", () -> {});

        Path written = DotFile.of(GraphText.of(flow)).write(folder.resolve("graph.dot"));

        assertThat(written).content().contains("half ?");
    }

    @Test
    void a_picture_is_made_by_a_program_that_gets_its_arguments_without_a_shell() throws Exception {
        DotFile dot = with("printf '%s|' \"$@\" > \"$3\"; cat \"$4\" >> \"$3\"");
        Path base = folder.resolve("a name; touch hacked $(touch hacked)");

        Path picture = dot.render(base, "svg");

        assertThat(picture).isEqualTo(folder.resolve("a name; touch hacked $(touch hacked).svg"));
        assertThat(picture)
                .hasContent("-Tsvg|-o|" + base + ".svg|" + base + ".dot|"
                        + GraphText.of(flow).dot());
        assertThat(folder.resolve(base.getFileName() + ".dot"))
                .hasContent(GraphText.of(flow).dot());
        assertThat(folder).isDirectoryNotContaining("glob:**hacked");
    }

    @Test
    void what_the_program_says_when_it_fails_is_in_the_message() throws IOException {
        DotFile dot = with("echo 'syntax error near line 1' >&2; exit 3");

        assertThatThrownBy(() -> dot.render(folder.resolve("graph"), "png"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("-Tpng")
                .hasMessageEndingWith("failed with exit 3: syntax error near line 1");
        assertThat(folder.resolve("graph.png")).doesNotExist();
    }

    @Test
    void an_old_picture_is_not_taken_for_the_new_one() throws IOException {
        Files.writeString(folder.resolve("graph.png"), "old");
        DotFile dot = with("exit 0");

        assertThatThrownBy(() -> dot.render(folder.resolve("graph"), "png"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("made no " + folder.resolve("graph.png"));
    }

    @Test
    void a_missing_program_is_named_with_the_remedy() {
        assertThatThrownBy(() -> file.program(folder.resolve("none").toString()).render(folder.resolve("graph"), "png"))
                .isInstanceOf(IOException.class)
                .hasMessage("Pictures are made by Graphviz, but \"" + folder.resolve("none")
                        + "\" can't be started. Install Graphviz, or write the .dot file only.")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void a_format_is_a_word() {
        assertThatThrownBy(() -> file.render(folder.resolve("graph"), "svg -o /etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"svg -o /etc/passwd\"");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void an_interrupt_ends_the_program_and_all_it_has_started() throws Exception {
        Path fifo = folder.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        DotFile dot = with("sleep 1000 & echo started > '" + fifo + "'; wait");
        var thrown = new AtomicReference<Exception>();
        var ended = new CountDownLatch(1);
        Thread rendering = Thread.ofVirtual().start(() -> {
            try {
                dot.render(folder.resolve("graph"), "png");
            } catch (IOException | InterruptedException e) {
                thrown.set(e);
            }
            ended.countDown();
        });
        assertThat(Files.readString(fifo)).isEqualTo("started\n");

        rendering.interrupt();
        ended.await();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class); // and no process is left, as after each test
    }
}
