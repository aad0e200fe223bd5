package io.orrery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

    @ParameterizedTest
    @EnumSource
    void jobs_are_numbered_in_an_order_of_execution(Shape shape) {
        Dag dag = shape.of(1_000);

        assertThat(dag.size()).isEqualTo(1_000);
        for (int job = 0; job < dag.size(); job++) {
            int number = job;
            assertThat(IntStream.of(dag.requirements(job)).boxed())
                    .doesNotHaveDuplicates()
                    .allMatch(required -> required < number);
        }
    }

    @Test
    void each_job_requires_three_of_the_layer_before() {
        Dag dag = Shape.LAYERS.of(1_000);

        assertThat(dag.requirements(99)).isEmpty();
        for (int job = 100; job < dag.size(); job++) {
            int layer = job / 100;
            assertThat(IntStream.of(dag.requirements(job)).boxed())
                    .hasSize(3)
                    .allMatch(required -> required / 100 == layer - 1);
        }
    }

    @Test
    void a_fork_joins_all_of_the_fork_before() {
        Dag dag = Shape.FORK_JOIN.of(300);

        assertThat(dag.requirements(1)).containsExactly(0);
        assertThat(dag.requirements(99)).containsExactly(0);
        assertThat(dag.requirements(100))
                .containsExactly(IntStream.range(1, 100).toArray());
        assertThat(dag.requirements(101)).containsExactly(100);
    }

    @Test
    void every_other_job_of_pairs_requires_the_one_before() {
        Dag dag = Shape.PAIRS.of(4);

        assertThat(dag.requirements(0)).isEmpty();
        assertThat(dag.requirements(1)).containsExactly(0);
        assertThat(dag.requirements(2)).isEmpty();
        assertThat(dag.requirements(3)).containsExactly(2);
    }

    @Test
    void another_order_is_the_same_graph_with_other_numbers() {
        Dag chain = Shape.CHAIN.of(4);

        Dag reverse = Order.REVERSE.apply(chain);

        assertThat(reverse.requirements(0)).containsExactly(1);
        assertThat(reverse.requirements(2)).containsExactly(3);
        assertThat(reverse.requirements(3)).isEmpty();
        assertThat(IntStream.range(0, 4).map(Order.SHUFFLED.apply(chain)::count).sum())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void is_understood_as_written_on_the_command_line(Shape shape) {
        assertThat(Shape.of(shape.word())).isEqualTo(shape);
    }
}
