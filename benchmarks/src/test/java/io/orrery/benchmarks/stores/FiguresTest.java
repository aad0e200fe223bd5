package io.orrery.benchmarks.stores;

import static io.orrery.benchmarks.stores.Contestants.DB_SCHEDULER;
import static io.orrery.benchmarks.stores.Contestants.ORRERY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    private void add(int fork, String contestant, Measure measure, double... values) {
        for (double value : values) {
            figures.add(fork, new Figure(contestant, measure, value));
        }
    }

    @Test
    void a_figure_survives_the_way_to_another_process() {
        var figure = new Figure(ORRERY, Measure.ADDED, 1234.5);

        assertThat(Figure.parse(figure.text())).contains(figure);
        assertThat(Figure.parse("something else")).isEmpty();
    }

    @Test
    void a_quotient_is_made_within_each_fork() {
        add(1, ORRERY, Measure.ONE_SHOTS, 90, 100, 300);
        add(1, DB_SCHEDULER, Measure.ONE_SHOTS, 10);
        add(2, ORRERY, Measure.ONE_SHOTS, 600);
        add(2, DB_SCHEDULER, Measure.ONE_SHOTS, 20);

        assertThat(figures.quotient(ORRERY, Measure.ONE_SHOTS, DB_SCHEDULER, Measure.ONE_SHOTS))
                .hasValue(20);
        assertThat(figures.extremes(ORRERY, Measure.ONE_SHOTS)).containsExactly(600.0, 90.0);
    }

    @Test
    void what_was_not_measured_is_said_so_and_what_falls_short_too() {
        add(1, ORRERY, Measure.WRITES, 0.5);

        String report = Report.of(Map.of("commit", "1234567"), figures);

        assertThat(report)
                .contains("* commit: 1234567")
                .contains("| transactions that write, for each one-shot | ≤ 0.0500 | 0.50 | **falls short** |")
                .contains("| – | not measured |");
    }
}
