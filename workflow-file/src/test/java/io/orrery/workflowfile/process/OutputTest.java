package io.orrery.workflowfile.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import io.orrery.workflowfile.process.OutputLine.Stream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what commands write. */
@Spec({"GB-55", "GB-57"})
class OutputTest {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final List<OutputLine> lines = new ArrayList<>();

    private synchronized void collect(OutputLine line) {
        lines.add(line);
        if (line.stream() == Stream.STDOUT) {
            stdout.writeBytes(line.bytes());
            if (line.ended()) {
                stdout.write('\n');
            }
        }
    }

    @Test
    void lines_come_with_their_job_and_stream_while_the_command_runs() throws Exception {
        var command = Commanded.run("echo out; echo err >&2; exec sleep 1000").start();

        command.awaitLine("out").awaitLine("err").interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.stdout).containsExactly("out");
        assertThat(command.stderr).containsExactly("err");
    }

    @Test
    void a_line_knows_its_job_and_whether_it_ended() throws Exception {
        Commanded.run("printf 'one\\r\\ntwo\\r'").sink(this::collect).success();

        assertThat(lines).extracting(OutputLine::job).containsOnly("a/b");
        assertThat(lines).extracting(OutputLine::text).containsExactly("one", "two\r");
        assertThat(lines).extracting(OutputLine::ended).containsExactly(true, false);
        assertThat(stdout.toString(StandardCharsets.UTF_8)).isEqualTo("one\r\ntwo\r");
    }

    @Test
    void a_hundred_megabytes_pass_through_and_only_the_tail_is_kept() throws Exception {
        var bytes = new AtomicLong();
        var longest = new AtomicLong();

        var result = Commanded.run("yes 0123456789 | head -c 104857600")
                .with(Commands.SHELL, List.of("bash", "-c"))
                .sink(line -> {
                    bytes.addAndGet(line.bytes().length + (line.ended() ? 1 : 0));
                    longest.accumulateAndGet(line.bytes().length, Math::max);
                })
                .success();

        assertThat(bytes).hasValue(104_857_600);
        assertThat(longest).hasValue(10);
        assertThat(result.stdout()).hasSize(20).first().isEqualTo("0123456789");
    }

    @Test
    void a_line_of_ten_megabytes_comes_in_parts() throws Exception {
        var result = Commanded.run("head -c 10485760 /dev/zero | tr '\\0' x; echo; echo end")
                .sink(this::collect)
                .success();

        assertThat(stdout.size()).isEqualTo(10_485_760 + 1 + 4);
        assertThat(lines).allMatch(line -> line.bytes().length <= OutputLine.MAX_BYTES);
        assertThat(lines.stream().filter(OutputLine::ended)).hasSize(2);
        assertThat(result.stdout()).containsExactly("x".repeat(500) + "...", "end");
    }

    @Test
    void binary_output_passes_through_unchanged(@TempDir Path folder) throws Exception {
        Commanded.run("head -c 3000000 /dev/urandom > copy; cat copy")
                .with(Commands.WORKDIR, folder.toString())
                .sink(this::collect)
                .success();

        assertThat(stdout.toByteArray()).isEqualTo(Files.readAllBytes(folder.resolve("copy")));
    }

    @Test
    void what_is_not_utf_8_is_shown_with_replacement_characters() throws Exception {
        assertThat(Commanded.run("printf 'a\\351b\\n'").success().stdout()).containsExactly("a\uFFFDb");
    }

    @Test
    void no_character_is_cut_where_a_line_is() {
        var parts = new ArrayList<String>();
        var splitter = new LineSplitter(
                10, (bytes, starts, ended) -> parts.add(new String(bytes, 0, starts[1] - 1, StandardCharsets.UTF_8)));
        byte[] text = "aé€😀é€😀x€€€€😀😀😀\n".getBytes(StandardCharsets.UTF_8);

        for (byte one : text) {
            splitter.feed(new byte[] {one}, 0, 1);
        }
        splitter.finish();

        assertThat(String.join("", parts)).isEqualTo("aé€😀é€😀x€€€€😀😀😀").doesNotContain("\uFFFD");
        assertThat(parts).hasSizeGreaterThan(4).allMatch(part -> part.getBytes(StandardCharsets.UTF_8).length <= 10);
    }

    @Test
    void bytes_that_are_no_characters_are_cut_where_the_limit_is() {
        var lengths = new ArrayList<Integer>();
        var splitter = new LineSplitter(10, (bytes, starts, ended) -> lengths.add(starts[1] - 1));
        byte[] bytes = new byte[35];
        Arrays.fill(bytes, (byte) 0x80);

        splitter.feed(bytes, 0, bytes.length);
        splitter.finish();

        assertThat(lengths).containsExactly(10, 10, 10, 5);
    }

    @Test
    void a_sink_that_throws_is_left_alone_and_the_command_does_not_notice() throws Exception {
        var command = Commanded.run("yes | head -n 100000; echo done").with(Commands.SHELL, List.of("bash", "-c"));

        var result = command.sink(line -> {
                    throw new IllegalStateException("the pipe is closed");
                })
                .success();

        assertThat(result.stdout()).endsWith("done");
        assertThat(command.context.log)
                .containsExactly(
                        "Output is not shown any more, since showing it failed: java.lang.IllegalStateException: the"
                                + " pipe is closed");
    }

    @Test
    void what_a_command_says_when_it_is_told_to_stop_is_heard() throws Exception {
        var command = Commanded.run("trap 'echo bye; exit 1' TERM; echo ready; while :; do sleep 1000 & wait; done")
                .start();

        command.awaitLine("ready").interrupt();

        assertThat(command.failure()).isInstanceOf(InterruptedException.class);
        assertThat(command.stdout).containsExactly("ready", "bye");
    }
}
