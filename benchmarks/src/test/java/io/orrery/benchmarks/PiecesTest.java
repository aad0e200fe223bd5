package io.orrery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long run, made of short ones. */
class PiecesTest {

    private static final Map<String, String> FACTS = Map.of("commit", "1", "run", "forks: 3", "processor", "fast");
    private static final List<Line> MEASURED =
            List.of(new Line.Measured("Orrery", new Sample(1, 2, 3)), new Line.Failed("deep", "StackOverflowError"));

    @TempDir
    private Path folder;

    private Pieces pieces() {
        return new Pieces(Optional.of(folder.resolve("pieces")), Optional.empty());
    }

    @Test
    void what_was_measured_is_not_measured_again() throws IOException {
        Pieces first = pieces();
        first.facts(FACTS);
        assertThat(first.piece("fork 1 of 3: chain", () -> MEASURED)).isEqualTo(MEASURED);

        Pieces second = pieces();
        assertThat(second.facts(FACTS)).isEqualTo(FACTS);
        assertThat(second.piece("fork 1 of 3: chain", () -> {
                    throw new IllegalStateException("measured again");
                }))
                .isEqualTo(MEASURED);
        assertThat(second.piece("fork 2 of 3: chain", List::of)).isEmpty();
        assertThat(second.left()).isZero();
    }

    @Test
    void when_time_is_up_the_rest_is_left() throws IOException {
        var late = new Pieces(Optional.of(folder), Optional.of(Duration.ofNanos(-1)));

        assertThat(late.piece("chain", () -> MEASURED)).isEmpty();
        assertThat(late.left()).isOne();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void pieces_of_another_commit_are_refused() throws IOException {
        pieces().facts(FACTS);

        assertThatThrownBy(() -> pieces().facts(Map.of("commit", "2", "run", "forks: 3", "processor", "fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("have commit \"1\" and these would have \"2\"")
                .hasMessageContaining("Name another folder");
    }

    @Test
    void without_a_folder_all_is_measured_at_once() throws IOException {
        var all = new Pieces(Optional.empty(), Optional.empty());

        assertThat(all.facts(FACTS)).isEqualTo(FACTS);
        assertThat(all.piece("chain", () -> MEASURED)).isEqualTo(MEASURED);
    }
}
