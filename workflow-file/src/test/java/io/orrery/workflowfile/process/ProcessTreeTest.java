package io.orrery.workflowfile.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a command has started outlives it. */
@Spec({"GB-55", "GB-56"})
class ProcessTreeTest {
    private static final String MARK = "echo mark $ORRERY_JOB; ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo ready; exec sleep 1000",
                "sleep 1000 | sleep 1000 | (echo ready; cat)",
                "(sleep 1000 & sleep 1000 & echo ready; wait)",
                "setsid sleep 1000 & echo ready; wait",
                "nohup setsid sh -c 'sleep 1000 & sleep 1000 &' >/dev/null 2>&1 & echo ready; sleep 1000",
                "setsid sh -c 'trap \"\" HUP; (sleep 1000 &) ; exec sleep 1000' & echo ready; sleep 1000",
                "env -i PATH=$PATH sh -c 'sleep 1000 & echo ready; wait' & wait",
                "sh -c 'sh -c \"sh -c \\\"echo ready; sleep 1000; :\\\"; :\"; :'",
            })
    void a_cancelled_command_takes_all_that_it_started_along(String script) throws Exception {
        var command = Commanded.run(MARK + script).start().awaitLine("ready");
        assertThat(command.marked()).isNotEmpty();

        command.interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.marked()).isEmpty();
        assertThat(command.context.log).isEmpty();
    }

    @Test
    void a_command_that_ignores_term_is_killed_when_the_grace_is_over() throws Exception {
        var command = Commanded.run(MARK + "trap '' TERM; setsid sleep 1000 & echo ready; while :; do sleep 1000; done")
                .grace(Duration.ofMillis(400))
                .start();

        command.awaitLine("ready").interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.marked()).isEmpty();
    }

    @Test
    void a_second_interrupt_does_not_wait_for_the_grace() throws Exception {
        var command = Commanded.run(
                        MARK + "trap 'echo got it' TERM; echo ready; while :; do sleep 1000 & wait || :; done")
                .grace(Duration.ofHours(1))
                .start();

        command.awaitLine("ready").interrupt().awaitLine("got it").interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.marked()).isEmpty();
    }

    @Test
    void processes_that_are_started_while_it_is_being_ended_are_ended_too() throws Exception {
        var command = Commanded.run(MARK
                        + "trap 'setsid sleep 1000 & setsid sleep 1000 & exit 0' TERM; echo ready; while :; do"
                        + " sleep 1000 & wait; done")
                .start();

        command.awaitLine("ready").interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.marked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 & echo done",
                "sleep 1000 >/dev/null 2>&1 & echo done",
                "setsid sleep 1000 & echo done",
                "(setsid sh -c 'sleep 1000 & sleep 1000' &) ; echo done",
            })
    void what_a_command_leaves_behind_is_ended_when_it_ends_and_named(String script) throws Exception {
        var command = Commanded.run(MARK + script);

        assertThat(command.success().stdout()).endsWith("done");
        assertThat(command.marked()).isEmpty();
        assertThat(command.context.log).singleElement().asString().startsWith("Ended what the command left behind: ");
    }

    @Test
    void a_command_that_fails_takes_its_leftovers_along_too() throws Exception {
        var command = Commanded.run(MARK + "setsid sleep 1000 & exit 3");

        assertThat(command.failure()).hasMessage("exit 3");
        assertThat(command.marked()).isEmpty();
    }

    @Test
    void a_leftover_that_writes_without_end_and_ignores_term_does_not_fill_the_memory(@TempDir Path folder)
            throws Exception {
        var command = Commanded.run("(trap '' TERM; exec yes) & until [ -e go ]; do sleep 0.01; done")
                .with(Commands.WORKDIR, folder.toString())
                .grace(Duration.ofMillis(400));
        var first = new AtomicBoolean(true);
        command.sink(line -> {
            if (first.getAndSet(false)) {
                create(folder.resolve("go"));
            }
        });

        assertThat(command.success().exitCode()).isZero();
        assertThat(command.context.log).hasSize(1);
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_command_without_leftovers_has_nothing_to_tell() throws Exception {
        var command = Commanded.run("true");

        command.success();

        assertThat(command.context.log).isEmpty();
    }

    @Test
    void output_that_a_stranger_holds_open_is_not_waited_for(@TempDir Path folder) throws Exception {
        // without the mark in its environment and with no parent left, nothing shows that it belongs to the command
        var command = Commanded.run("env -i PATH=\"$PATH\" setsid sh -c"
                        + " '(sh -c \"echo pid \\$\\$; touch there; exec sleep 1000\" &)';"
                        + " until [ -e there ]; do sleep 0.01; done")
                .with(Commands.WORKDIR, folder.toString());

        assertThat(command.success().exitCode()).isZero();
        assertThat(command.context.log)
                .contains("Somebody outside the command's process tree still holds its output; not waiting for more.");
        long pid = Long.parseLong(command.stdout.getFirst().substring("pid ".length()));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
