package io.orrery.workflowfile.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.BodyCatalog;
import io.orrery.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How commands are started and what their end means. */
class CommandBodyTest {
    @TempDir
    private Path folder;

    @Test
    void a_command_that_ends_well_gives_its_exit_code_and_its_last_words() throws Exception {
        var result = Commanded.run("echo one; echo two >&2; printf three").success();

        assertThat(result.exitCode()).isZero();
        assertThat(result.facts()).isEqualTo(Map.of("exitCode", 0));
        assertThat(result.stdout()).containsExactly("one", "three");
        assertThat(result.stderr()).containsExactly("two");
    }

    @Test
    void an_exit_code_other_than_0_is_a_failure_that_knows_it() throws Exception {
        var failure =
                (ExitStatus) Commanded.run("echo out; echo why >&2; exit 255").failure();

        assertThat(failure).hasMessage("exit 255");
        assertThat(failure.getClass().getSimpleName()).isEqualTo("ExitStatus");
        assertThat(failure.code()).isEqualTo(255);
        assertThat(failure.facts()).isEqualTo(Map.of("exitCode", 255));
        assertThat(failure.stderr()).containsExactly("why");
        assertThat(failure.stdout()).containsExactly("out");
    }

    @ParameterizedTest
    @CsvSource({
        "TERM,killed by TERM (143)",
        "KILL,killed by KILL (137)",
        "INT,killed by INT (130)",
        "HUP,killed by HUP (129)"
    })
    @Spec("GB-55")
    void a_death_by_signal_is_named_like_a_remote_one(String signal, String message) throws Exception {
        assertThat(Commanded.exec("sh", "-c", "kill -" + signal + " $$").failure())
                .hasMessage(message);
    }

    @Test
    void an_exit_code_above_128_that_is_no_signal_is_an_exit_code() throws Exception {
        assertThat(Commanded.run("exit 200").failure()).hasMessage("exit 200");
    }

    @Test
    void the_shell_stops_at_the_first_command_that_fails_also_in_a_pipe_and_at_unset_variables() throws Exception {
        assertThat(Commanded.run("false; echo not reached").failure()).hasMessage("exit 1");
        assertThat(Commanded.run("false | true; echo not reached").failure()).hasMessage("exit 1");
        assertThat(Commanded.run("echo $UNSET_VARIABLE").failure()).isInstanceOf(ExitStatus.class);
    }

    @Test
    void without_a_bash_it_is_a_posix_shell() throws Exception {
        Path sh = Files.writeString(folder.resolve("sh"), "#!/bin/sh\necho called with: \"$@\"\n");
        assertThat(sh.toFile().setExecutable(true)).isTrue();

        assertThat(Commanded.run("ls -l")
                        .env("PATH", folder.toString())
                        .success()
                        .stdout())
                .containsExactly("called with: -eu -c ls -l");
    }

    @Test
    void another_shell_can_be_asked_for() throws Exception {
        var command = Commanded.run("false; echo $0").with(Commands.SHELL, List.of("sh", "-c"));

        assertThat(command.success().stdout().getFirst()).endsWith("sh");
    }

    @Test
    void a_program_that_does_not_exist_is_said_to_be_missing() throws Exception {
        assertThat(Commanded.exec("no-such-program", "x")
                        .env("PATH", "/nowhere")
                        .failure())
                .isInstanceOf(CommandNotStarted.class)
                .hasMessage("Command not found: \"no-such-program\" is in none of the folders of PATH."
                        + " Check its name, or give its path.");
        assertThat(Commanded.exec("./no-such-program").failure())
                .isInstanceOf(CommandNotStarted.class)
                .hasMessage("The program \"./no-such-program\" can't be started: No such file or directory."
                        + " Check its path, and whether it may be executed.");
        assertThat(Commanded.exec("/").failure())
                .hasMessage("The program \"/\" can't be started: Permission denied."
                        + " Check its path, and whether it may be executed.");
    }

    @Test
    void a_command_that_a_shell_does_not_find_ends_at_once_with_127() throws Exception {
        var failure = (ExitStatus) Commanded.run("no-such-program").failure();

        assertThat(failure).hasMessage("exit 127");
        assertThat(failure.stderr()).singleElement().asString().contains("no-such-program", "not found");
    }

    @Test
    void a_program_is_looked_for_in_the_path_of_the_command() throws Exception {
        Path program = Files.writeString(folder.resolve("my-program"), "#!/bin/sh\necho here \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        var result = Commanded.exec("my-program", "a b", "$HOME")
                .env("PATH", folder + ":/bin")
                .success();

        assertThat(result.stdout()).containsExactly("here a b $HOME");
    }

    @Test
    @Spec("GB-55")
    void a_command_runs_in_its_folder() throws Exception {
        assertThat(Commanded.run("pwd")
                        .with(Commands.WORKDIR, folder.toString())
                        .success()
                        .stdout())
                .containsExactly(folder.toRealPath().toString());
        assertThat(Commanded.run("pwd").with(Commands.WORKDIR, folder + "/none").failure())
                .isInstanceOf(CommandNotStarted.class)
                .hasMessageContaining("needs an existing folder, but \"" + folder + "/none\" is none");
    }

    @Test
    void a_command_has_the_environment_of_this_process_and_its_own_variables_before_that() throws Exception {
        assertThat(Commanded.run("echo $PATH; echo $MINE")
                        .env("MINE", "x y")
                        .success()
                        .stdout())
                .containsExactly(System.getenv("PATH"), "x y");
        assertThat(Commanded.run("echo $HOME")
                        .env("HOME", "/elsewhere")
                        .success()
                        .stdout())
                .containsExactly("/elsewhere");
    }

    @Test
    void a_command_inside_another_one_carries_the_marks_of_both() throws Exception {
        var mark = Commanded.run("echo $ORRERY_JOB").success().stdout().getFirst();

        assertThat(mark).matches("(.+:)?[0-9a-f-]{36}");
    }

    @Test
    void the_standard_input_is_empty() throws Exception {
        assertThat(Commanded.run("cat; read line || echo nothing").success().stdout())
                .containsExactly("nothing");
    }

    @Test
    void nothing_is_started_by_a_thread_that_was_interrupted_before() {
        var body = Commands.addTo(new BodyCatalog(), OutputSink.NOWHERE)
                .body(Commands.RUN, Map.of(Commands.TEXT, "echo > started", Commands.WORKDIR, folder.toString()));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> body.run(new TestContext())).isInstanceOf(InterruptedException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void arguments_that_are_not_what_they_should_be_are_refused_when_the_body_is_made() {
        var catalog = Commands.addTo(new BodyCatalog(), OutputSink.NOWHERE);

        assertThatThrownBy(() -> catalog.body(Commands.EXEC, Map.of(Commands.WORDS, "ls -l")))
                .hasMessage("The argument \"argv\" of a command is a list of texts, but is ls -l. Give it as such.");
        assertThatThrownBy(() -> catalog.body(Commands.RUN, Map.of(Commands.TEXT, 3)))
                .hasMessageContaining("\"command\" of a command is text");
        assertThatThrownBy(() -> catalog.body(Commands.RUN, Map.of(Commands.ENV, "A=b")))
                .hasMessageContaining("a map of names and texts");
        assertThatThrownBy(() -> catalog.body(Commands.RUN, Map.of(Commands.GRACE, "soon")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_program_without_words_is_refused() throws Exception {
        assertThat(Commanded.exec().failure()).hasMessageContaining("A command needs a program");
    }
}
