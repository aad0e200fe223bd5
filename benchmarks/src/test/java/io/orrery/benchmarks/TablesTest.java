package io.orrery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {

    private static final Workload CHAIN = Workload.of(Shape.CHAIN, 1_000);

    private final Results results = new Results();

    private void measured(int fork, String contender, long... walls) {
        for (long wall : walls) {
            var line = new Line.Measured(contender, new Sample(wall, 2 * wall, 64_000));
            results.add(CHAIN, fork, Line.parse(line.text()).orElseThrow());
        }
    }

    @Test
    void figures_are_medians_of_forks_and_ratios_are_made_within_them() {
        measured(1, "Orrery", 100_000, 200_000, 900_000);
        measured(1, "other", 100_000);
        measured(2, "Orrery", 400_000);
        measured(2, "other", 100_000);
        results.add(CHAIN, 2, new Line.Failed("deep", "StackOverflowError"));

        assertThat(Tables.of(Map.of("cores", "2"), results, List.of()))
                .startsWith("* cores: 2\n")
                .contains("### 1,000 jobs, chain, no-op\n")
                .contains("| Orrery | 300 | 100 | 600 | 64 | – | 4 |")
                .contains("| other | 100 | 100 | 200 | 64 | × 3 | 2 |")
                .contains("| deep | StackOverflowError | – | – | – | – | 0 |");
    }

    @Test
    void a_goal_that_is_not_reached_stays_in_the_table() {
        measured(1, "Orrery", 300_000);
        var goals = List.of(goal(400), goal(200));

        assertThat(Tables.of(Map.of(), results, goals))
                .contains("| time | ≤ 400 ns | 300 ns | reached |")
                .contains("| time | ≤ 200 ns | 300 ns | **falls short** |");
        assertThat(Tables.of(Map.of(), new Results(), goals)).contains("| time | ≤ 400 ns | – | not measured |");
    }

    private static Criterion goal(double nanos) {
        return new Criterion(
                "Goals",
                "time",
                Criterion.Bound.AT_MOST,
                nanos,
                " ns",
                results -> results.each(CHAIN, "Orrery", Sample.Measure.WALL));
    }

    @Test
    void weights_are_shown_for_each_job() {
        results.addWeight(
                CHAIN, Line.parse("Orrery\tweighed\t50000\t120000\t90000000").orElseThrow());
        results.addWeight(CHAIN, new Line.Failed("large", "OutOfMemoryError"));

        assertThat(Tables.of(Map.of(), results, List.of()))
                .contains("| Orrery | 50 | 120 | 90 |")
                .contains("| large | – | – | OutOfMemoryError |");
    }

    @Test
    void a_goal_is_not_reached_by_failing() {
        results.addWeight(Workload.of(Shape.INDEPENDENT, Suite.MILLION), new Line.Failed("Orrery", "OutOfMemoryError"));
        results.add(Suite.oneJob(), 1, new Line.Failed("Orrery", "IllegalStateException"));

        assertThat(Tables.of(Map.of(), results, Criteria.all()))
                .contains("independent, -Xmx512m | ≤ 160 B/job | failed | **falls short** |")
                .contains("| 1 job | ≤ 2 µs | failed | **falls short** |");
    }

    @Test
    void every_goal_is_in_the_table_before_anything_is_measured() {
        assertThat(Tables.of(Map.of(), new Results(), Criteria.all()))
                .doesNotContain("reached")
                .contains(
                        "| independent, of the time of newVirtualThreadPerTaskExecutor | ≤ 1.15 | – | not measured |");
    }
}
