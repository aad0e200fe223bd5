package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes examples at random, with a fixed seed, and loads what comes of it: there is a workflow or a list of coded errors, it
 * does not take long, and no process is started. {@code -Dorrery.mutations=100000} makes more of them.
 */
@Timeout(1200)
class FuzzTest {
    private static final int MUTATIONS = Integer.getInteger("orrery.mutations", 3_000);
    private static final long SEED = 20_261_128;
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final List<String> PIECES = List.of(
            "${{ ",
            " }}",
            "'",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\n",
            "&a ",
            "*a",
            "!!str ",
            "|\n",
            "jobs",
            "requires",
            "params.",
            "jobs.a.outputs.v",
            " == ",
            "!",
            "<<",
            "\t",
            "#",
            "%",
            "0",
            "-1",
            "1e999",
            "true",
            "null",
            "~",
            "\0",
            "\uFEFF",
            "é",
            "\uD83D\uDE00",
            "matrix",
            "steps",
            "http",
            "${{ fromJson('{\"a\": [') }}");

    @TempDir
    private Path folder;

    @Test
    void whatever_is_done_to_an_example_ends_in_a_workflow_or_in_coded_errors() throws IOException {
        var seeds = seeds();
        var random = new Random(SEED);
        long before = children();
        Duration longest = Duration.ZERO;
        int valid = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            var text = mutated(seeds.get(random.nextInt(seeds.size())), seeds, random);
            var file = Yamls.write(folder, text);
            long start = System.nanoTime();
            var loaded = WorkflowFile.load(file, LoadOptions.defaults().checkOnly());
            if (loaded.isValid()) {
                loaded.workflow().plan();
                valid++;
            }
            var took = Duration.ofNanos(System.nanoTime() - start);
            longest = took.compareTo(longest) > 0 ? took : longest;
            assertThat(took).as(text).isLessThan(LONGEST);
            assertThat(loaded.problems())
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }

        assertThat(valid).as("some mutations do no harm").isPositive();
        assertThat(children()).isEqualTo(before);
    }

    private static long children() {
        return ProcessHandle.current().children().count();
    }

    private static List<String> seeds() throws IOException {
        var seeds = new ArrayList<String>();
        for (var place : List.of(Path.of("../examples"), Path.of("src/test/resources/whole"))) {
            try (Stream<Path> files = Files.list(place)) {
                for (var file : files.filter(path -> path.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    seeds.add(Files.readString(file));
                }
            }
        }
        return seeds;
    }

    private static String mutated(String text, List<String> seeds, Random random) {
        var mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(mutated.length() + 1);
            int to = Math.min(mutated.length(), at + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> mutated.delete(at, to);
                case 1 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> mutated.insert(at, mutated.substring(at, to));
                case 3 -> {
                    var other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length());
                    mutated.insert(at, other, from, Math.min(other.length(), from + random.nextInt(80)));
                }
                case 4 -> swapLines(mutated, random);
                default -> {
                    if (at < mutated.length()) {
                        mutated.setCharAt(
                                at, (char) (random.nextInt(4) == 0 ? random.nextInt(0xD7FF) : 32 + random.nextInt(95)));
                    }
                }
            }
        }
        return mutated.toString();
    }

    private static void swapLines(StringBuilder text, Random random) {
        var lines = new ArrayList<>(text.toString().lines().toList());
        if (lines.size() > 1) {
            var one = lines.remove(random.nextInt(lines.size()));
            lines.add(random.nextInt(lines.size() + 1), one);
            text.setLength(0);
            text.append(String.join("\n", lines)).append('\n');
        }
    }
}
