package io.orrery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void some_shapes_and_contenders_can_be_asked_for() {
        var options = Options.parse("--quick", "--shapes", "chain,fork-join", "--contenders", "orrery,dex");

        assertThat(options.wants(Workload.of(Shape.FORK_JOIN, 10))).isTrue();
        assertThat(options.wants(Workload.of(Shape.TREE, 10))).isFalse();
        assertThat(options.wants("dexecutor")).isTrue();
        assertThat(options.wants("ParSeq")).isFalse();
        assertThat(options.forkCount()).isEqualTo(1);
    }

    @Test
    void a_long_run_can_be_made_of_pieces() {
        var output = Options.parse("--minutes", "3", "--pieces", "kept", "--out", "tables.md")
                .output();

        assertThat(output.pieces()).contains(Path.of("kept"));
        assertThat(output.minutes()).contains(3);
        assertThat(output.out()).contains(Path.of("tables.md"));
    }

    @Test
    void what_is_not_understood_is_refused_with_the_usage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--slow"))
                .withMessageContaining("--slow")
                .withMessageContaining("--quick");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse("--python"))
                .withMessageContaining("needs a value");
    }

    @Test
    void a_workload_survives_the_way_to_another_process() {
        var workload = Workload.of(Shape.LAYERS, 12)
                .declared(Order.SHUFFLED)
                .load(Load.SLEEP)
                .window(3)
                .times(2);

        assertThat(Workload.parse(workload.text())).isEqualTo(workload);
    }
}
