package io.orrery.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.State;
import io.orrery.plan.Ranks;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessorsTest {

    private final Workflow flow = Workflow.named("flow");
    private final Job<String> good = flow.job("good", () -> "value");
    private final Job<String> bad = flow.<String>job("bad", () -> null).critical(false);
    private final Job<Void> tick = flow.forever("tick", () -> {});
    private final Job<Boolean> no = flow.job("no", () -> false);
    private final IllegalStateException boom = new IllegalStateException("boom");

    private RunReport done() {
        return Recorded.of(flow)
                .succeeded("good", 0, 1, "value")
                .failed("bad", 0, 2, boom)
                .ended("tick", 0, 3, new Cancelled("run finished", null, null))
                .succeeded("no", 0, 3, false)
                .verdict(RunState.SUCCEEDED, "all jobs have ended", 3)
                .report();
    }

    @Test
    @Spec({"A-015", "GB-33"})
    void the_failure_of_a_job_is_there_exactly_when_it_failed() {
        RunReport idle = RunReport.idle(flow.plan());

        assertThat(idle.outcome(good)).isEmpty();
        assertThat(idle.job(good).outcome().flatMap(JobOutcome::failure)).isEmpty();
        assertThat(done().outcome(good).flatMap(JobOutcome::failure)).isEmpty();
        assertThat(done().outcome(bad).flatMap(JobOutcome::failure)).containsSame(boom);
        assertThat(done().outcome(tick).flatMap(JobOutcome::failure)).isEmpty();
    }

    @Test
    @Spec({"A-016", "GB-33"})
    void only_a_job_that_succeeded_has_a_result_and_others_say_why_they_have_none() {
        assertThat(done().result(good)).isEqualTo("value");
        assertThatThrownBy(() -> done().result(bad))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Only a job that succeeded has a result, but bad failed after 2ms: "
                        + "IllegalStateException: boom. Ask for outcome() where it may not have succeeded.")
                .hasCause(boom);
        assertThatThrownBy(() -> done().result(tick))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tick was cancelled: run finished")
                .hasNoCause();
        assertThatThrownBy(() -> RunReport.idle(flow.plan()).result(good))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("good is idle: nothing has been run");
    }

    @Test
    @Spec("A-017")
    void critical_and_forever_can_be_asked_of_handle_and_report() {
        assertThat(good.isCritical()).isTrue();
        assertThat(bad.isCritical()).isFalse();
        assertThat(tick.isForever()).isTrue();
        assertThat(done().job(good).critical()).isTrue();
        assertThat(done().job(bad).critical()).isFalse();
        assertThat(done().job(tick).forever()).isTrue();
        assertThat(done().job(good).forever()).isFalse();
    }

    @Test
    @Spec("A-018")
    void a_result_of_false_is_a_success_like_any_other() {
        assertThat(done().result(no)).isFalse();
        assertThat(done().job(no).state()).isEqualTo(State.SUCCEEDED);
        assertThat(done().succeeded()).isTrue();
        assertThat(done().failures()).extracting(JobReport::path).containsExactly("bad");
    }

    @Test
    @Spec({"A-046", "A-047", "GB-06"})
    void statistics_count_each_state_by_its_name_and_never_take_a_cancelled_job_for_a_running_one() {
        Stats stats = done().stats();

        assertThat(stats).hasToString("2 succeeded, 1 failed, 1 cancelled of 4");
        assertThat(stats.count(State.CANCELLED)).isEqualTo(1);
        assertThat(stats.count(State.RUNNING)).isZero();
        assertThat(stats.total()).isEqualTo(4);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> stats.counts().put(State.RUNNING, 1));
        assertThat(done()).hasToString("flow succeeded (2 succeeded, 1 failed, 1 cancelled of 4)");
        assertThat(RunReport.idle(Workflow.named("empty").plan())).hasToString("empty idle (no jobs)");
        assertThat(new Stats(Map.of())).hasToString("no jobs");
    }

    @Test
    @Spec("A-071")
    void the_reason_for_the_verdict_is_a_sentence_in_every_state() {
        assertThat(done().why()).isEqualTo("all jobs have ended");
        assertThat(Recorded.of(flow)
                        .verdict(RunState.TIMED_OUT, "timed out after 2s", 2000)
                        .report()
                        .why())
                .isEqualTo("timed out after 2s");
        assertThat(RunReport.idle(flow.plan()).why()).isEmpty();
    }

    @Test
    @Spec({"A-097", "GB-24"})
    void only_jobs_of_the_ranked_plans_have_a_rank() {
        Ranks ranks = Ranks.of(flow.plan());
        var stranger = Workflow.named("other");
        stranger.job("stranger", () -> 1);

        assertThat(ranks.count()).isEqualTo(4);
        assertThat(ranks.of(flow.plan().job(2))).isEqualTo(3);
        assertThat(ranks.text(flow.plan().job(2))).isEqualTo("3");
        assertThatThrownBy(() -> ranks.of(stranger.plan().job(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"stranger\" of plan \"other\"");
    }
}
