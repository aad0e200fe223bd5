package io.orrery.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Spec("GB-30")
class CriticalPathTest {

    private final Workflow diamond = Workflow.named("diamond");

    @BeforeEach
    void declare() {
        Job<?> start = diamond.action("start", () -> {});
        Job<?> left = diamond.action("left", () -> {}).requires(start);
        Job<?> right = diamond.action("right", () -> {}).requires(start);
        diamond.action("end", () -> {}).requires(left, right);
        diamond.forever("tick", () -> {});
    }

    private static List<String> path(Recorded run) {
        return run.report().criticalPath().stream().map(JobReport::id).toList();
    }

    @Test
    void it_leads_back_through_the_requirement_that_ended_last() {
        Recorded run = Recorded.of(diamond)
                .succeeded("start", 0, 10, 1)
                .succeeded("left", 10, 20, 1)
                .succeeded("right", 10, 30, 1)
                .succeeded("end", 30, 40, 1)
                .ended("tick", 0, 50, new Cancelled("run finished", null, null));

        assertThat(path(run)).containsExactly("start", "right", "end");
    }

    @Test
    void a_job_that_took_no_time_at_all_is_not_left_out() {
        Recorded run = Recorded.of(diamond)
                .succeeded("start", 0, 10, 1)
                .succeeded("left", 10, 10, 1)
                .succeeded("right", 10, 10, 1)
                .succeeded("end", 10, 10, 1);

        assertThat(path(run)).containsExactly("start", "right", "end");
    }

    @Test
    void it_passes_through_a_job_that_was_skipped() {
        Recorded run = Recorded.of(diamond)
                .succeeded("start", 0, 10, 1)
                .skipped("left", "start succeeded")
                .skipped("right", "start succeeded")
                .succeeded("end", 10, 40, 1);

        assertThat(path(run)).containsExactly("start", "end");
    }

    @Test
    void what_has_not_ended_is_not_on_it() {
        assertThat(path(Recorded.of(diamond).running("start", 0))).isEmpty();
        assertThat(path(Recorded.of(diamond).succeeded("start", 0, 10, 1).running("left", 10)))
                .containsExactly("start");
    }

    @Test
    void of_forever_jobs_alone_it_is_the_last_one() {
        var ticking = Workflow.named("ticking");
        ticking.forever("a", () -> {});
        ticking.forever("b", () -> {});

        assertThat(path(Recorded.of(ticking).succeeded("a", 0, 20, 1).succeeded("b", 0, 10, 1)))
                .containsExactly("a");
    }

    @Test
    void a_chain_of_a_hundred_thousand_jobs_is_followed_to_its_start() {
        var chain = Workflow.named("chain");
        Recorded run;
        Job<?> last = chain.action("0", () -> {});
        for (int i = 1; i < 100_000; i++) {
            last = chain.action(Integer.toString(i), () -> {}).requires(last);
        }
        run = Recorded.of(chain).succeeded("0", 0, 1, 1);
        for (int i = 1; i < 100; i++) {
            run.skipped(Integer.toString(i), "0 succeeded");
        }

        assertThat(path(run)).containsExactly("0");
    }

    @Test
    void a_job_knows_how_long_it_took_and_how_long_it_waited_for_a_slot() {
        RunReport report = Recorded.of(diamond)
                .ready("start", 2)
                .succeeded("start", 5, 10, 1)
                .ready("left", 10)
                .report();

        assertThat(report.jobs().getFirst().waitedForSlot()).contains(Duration.ofMillis(3));
        assertThat(report.jobs().getFirst().duration()).contains(Duration.ofMillis(5));
        assertThat(report.jobs().get(1).waitedForSlot()).isEmpty();
        assertThat(report.jobs().get(1).duration()).isEmpty();
    }
}
