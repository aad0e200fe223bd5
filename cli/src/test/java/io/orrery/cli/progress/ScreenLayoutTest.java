package io.orrery.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.Signs;
import io.orrery.cli.terminal.Size;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.plan.Plan;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScreenLayoutTest {

    private static final Duration NOW = Duration.ofSeconds(75);

    private final Board board = new Board();
    private final ScreenLayout layout = new ScreenLayout(Signs.UNICODE, Colours.OFF);

    @BeforeEach
    void a_run_with_jobs_in_all_states() {
        var flow = Workflow.named("夜間 nightly").window(4);
        var build = flow.action("build", () -> {});
        var inner = Workflow.named("checks");
        inner.action("lint", () -> {});
        inner.action("unit", () -> {});
        flow.add(inner).requires(build);
        var deploy = flow.action("deploy", () -> {}).requires(build);
        flow.action("ping", () -> {}).requires(build, deploy);
        flow.action("fragile", () -> {}).critical(false);
        flow.forever("monitor", () -> {});
        for (int i = 0; i < 30; i++) {
            flow.action("more " + i, () -> {}).requires(deploy);
        }
        Plan<?> plan = flow.plan();
        board.on(new RunEvent.RunStarted("ID", "", Duration.ZERO, plan));
        started("build", 0);
        started("fragile", 0);
        started("monitor", 1);
        finished("build", 60, new JobOutcome.Succeeded(null));
        finished("fragile", 61, new JobOutcome.Failed(new IllegalStateException("it broke\nbadly")));
        started("checks", 61);
        started("checks/lint", 61);
        started("deploy", 65);
        board.printed("monitor", "GET /health 200");
    }

    private void started(String job, int second) {
        board.on(new RunEvent.JobStarted("ID", job, Duration.ofSeconds(second), 1));
    }

    private void finished(String job, int second, JobOutcome outcome) {
        board.on(new RunEvent.JobFinished("ID", job, Duration.ofSeconds(second), outcome, 1));
    }

    private List<String> lines(int rows, int columns) {
        return layout.lines(board, new Size(rows, columns), NOW, "Ctrl-C stop");
    }

    @Test
    void where_there_is_room_all_jobs_are_shown_in_the_order_of_declaration() {
        assertThat(lines(90, 80).subList(0, 8))
                .containsExactly(
                        "夜間 nightly · window 4 · 36 jobs                                          1:15",
                        " ✔ build          1:00",
                        " ◐ checks/lint    0:14",
                        " ○ checks/unit",
                        " ◐ deploy         0:10",
                        " ◔ ping                 waiting for deploy (1 of 2 done)",
                        " ✖ fragile        1:01  it broke badly",
                        " ∞ monitor        1:14  GET /health 200");
    }

    @Test
    void where_there_is_little_room_failed_and_running_jobs_are_shown_and_the_rest_is_counted() {
        assertThat(lines(10, 60))
                .containsExactly(
                        "夜間 nightly · window 4 · 36 jobs                      1:15",
                        " ◐ checks/lint    0:14",
                        " ◐ deploy         0:10",
                        " ✖ fragile        1:01  it broke badly",
                        " … 1 idle, 31 waiting, … 1✔ 3◐ 32◔ 1✖  [░░░░░░░░░░░░░] 2/36",
                        " Ctrl-C stop");
    }

    @Test
    void it_fits_terminals_of_all_sizes() {
        for (int rows = 1; rows <= 40; rows++) {
            for (int columns = 1; columns <= 120; columns++) {
                int width = columns - 1;
                assertThat(lines(rows, columns))
                        .as("%d rows, %d columns", rows, columns)
                        .hasSizeLessThan(rows + (rows == 1 ? 1 : 0))
                        .allMatch(line -> Cells.width(line) <= width);
            }
        }
    }
}
