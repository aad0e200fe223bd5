package io.orrery.workflow;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static io.orrery.workflow.Runs.boom;
import static io.orrery.workflow.Runs.run;
import static io.orrery.workflow.Runs.seconds;
import static io.orrery.workflow.Runs.sleep;
import static io.orrery.workflow.Runs.states;
import static io.orrery.workflow.Runs.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a declaration means once it is run: life cycle, results, requirements, reuse. */
class LifeCycleTest {

    private final Workflow etl = Workflow.named("etl");

    @Test
    @Spec("A-010")
    void one_body_can_be_run_alone_in_the_calling_thread_and_leaves_no_trace() throws Exception {
        Thread caller = Thread.currentThread();

        assertThat(Run.<Thread>alone(context -> Thread.currentThread())).isSameAs(caller);
        assertThat(Run.<String>alone(context -> context.path() + context.attempt() + context.deadline()))
                .isEqualTo("1Optional.empty");
        assertThatThrownBy(() -> Run.alone(context -> {
                    throw new IllegalArgumentException("boom");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("boom");
        Job<Void> other = etl.barrier("other");
        assertThatThrownBy(() -> Run.alone(context -> context.result(other)))
                .hasMessage("A body that is run alone has no other jobs around it, but asked for \"other\". Run its"
                        + " workflow.");
    }

    @Test
    @Spec({"A-011", "GB-01"})
    void a_job_is_run_by_the_workflow_it_belongs_to_and_by_no_other() {
        List<String> ran = new ArrayList<>();
        etl.action("mine", () -> ran.add("mine"));
        Workflow other = Workflow.named("other");
        other.action("theirs", () -> ran.add("theirs"));
        Job<Void> removed = etl.action("removed", () -> ran.add("removed"));
        etl.remove(removed);

        run(etl);

        assertThat(ran).containsExactly("mine");
    }

    @Test
    @Spec({"A-012", "A-013", "A-014", "A-046", "GB-06"})
    void a_job_is_idle_then_waiting_or_queued_then_running_then_ended_and_never_two_of_these() throws Exception {
        var time = ManualTime.stopped();
        Job<Void> first = etl.action("first", sleep(1));
        Job<Void> second = etl.action("second", sleep(1));
        Job<Void> third = etl.barrier("third").requires(first, second);
        Job<Void> fourth = etl.barrier("fourth").requires(third);
        etl.window(1);

        assertThat(states(RunReport.idle(etl.plan()), first, second, third, fourth))
                .containsOnly(State.IDLE);
        try (Run live = etl.start(RunOptions.defaults().time(time))) {
            time.awaitIdle();
            RunReport begun = live.snapshot();
            time.advance(seconds(1));
            RunReport later = live.snapshot();
            time.advance(seconds(1));
            RunReport ended = live.await();

            assertThat(states(begun, first, second, third, fourth))
                    .containsExactly(State.RUNNING, State.QUEUED, State.WAITING, State.IDLE);
            assertThat(begun.stats()).hasToString("1 idle, 1 waiting, 1 queued, 1 running of 4");
            assertThat(states(later, first, second, third, fourth))
                    .containsExactly(State.SUCCEEDED, State.RUNNING, State.WAITING, State.IDLE);
            assertThat(states(ended, first, second, third, fourth)).containsOnly(State.SUCCEEDED);
            assertThat(begun.outcome(first)).as("a snapshot stays as it is").isEmpty();
        }
    }

    @Test
    @Spec({"A-013", "A-014", "GB-06", "GB-33"})
    void each_way_to_end_has_a_state_of_its_own() {
        Job<Integer> returned = etl.job("returned", () -> 7);
        Job<Void> threw = etl.action("threw", boom(0.1)).critical(false);
        Job<Void> late = etl.action("late", sleep(9)).timeout(seconds(1)).critical(false);
        Job<Void> skipped = etl.barrier("skipped").requires(succeeded(threw));
        Job<Void> endless = etl.forever("endless", sleep(99));
        Job<Void> running = etl.action("running", sleep(5));
        Job<Void> never = etl.barrier("never").requires(running);
        etl.timeout(seconds(3));

        RunReport report = run(etl);

        assertThat(states(report, returned, threw, late, skipped, endless, running, never))
                .containsExactly(
                        State.SUCCEEDED,
                        State.FAILED,
                        State.TIMED_OUT,
                        State.SKIPPED,
                        State.CANCELLED,
                        State.CANCELLED,
                        State.NOT_RUN);
    }

    @Test
    @Spec({"A-015", "A-016", "GB-33"})
    void results_and_exceptions_are_there_or_refused_never_null_instead() {
        Job<String> nothing = etl.job("nothing", () -> null);
        Job<Integer> threw = etl.<Integer>job("threw", ctx -> {
                    throw new IllegalArgumentException("boom");
                })
                .critical(false);
        Workflow inner = Workflow.named("inner");
        Job<String> x = inner.job("x", () -> "value");
        Job<RunReport> sub = etl.add(inner);
        RunReport idle = RunReport.idle(etl.plan());

        RunReport report = run(etl);

        assertThat(report.result(nothing)).isNull();
        assertThat(report.outcome(nothing)).contains(new JobOutcome.Succeeded(null));
        assertThat(report.outcome(threw).flatMap(JobOutcome::failure))
                .get()
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> report.result(threw))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("threw failed", "boom")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(report.result(sub).result(x)).isEqualTo("value");
        assertThat(report.result(x)).isEqualTo("value");
        assertThat(idle.outcome(nothing)).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> idle.result(nothing)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec("A-018")
    void what_a_job_returns_never_matters_for_the_order() {
        Job<Boolean> no = etl.job("no", () -> false);
        Job<Integer> nonZero = etl.job("nonZero", () -> 1);
        Job<Void> after = etl.barrier("after").requires(succeeded(no, nonZero));

        RunReport report = run(etl);

        assertThat(report.succeeded()).isTrue();
        assertThat(states(report, no, nonZero, after)).containsOnly(State.SUCCEEDED);
    }

    @Test
    @Spec({"A-019", "A-060", "GB-03"})
    void a_workflow_can_be_run_again_and_each_run_has_its_own_results() {
        var count = new AtomicInteger();
        Job<Integer> counting = etl.job("counting", count::incrementAndGet);
        Job<Integer> doubled = etl.job("doubled", counting, n -> 2 * n);

        RunReport first = run(etl);
        RunReport second = run(etl);

        assertThat(List.of(first.result(counting), first.result(doubled))).containsExactly(1, 2);
        assertThat(List.of(second.result(counting), second.result(doubled))).containsExactly(2, 4);
        assertThat(states(second, counting, doubled)).containsOnly(State.SUCCEEDED);
    }

    @Test
    @Spec({"A-009", "A-019", "A-091"})
    void a_body_that_is_a_class_cleans_up_at_the_end_of_each_run_whether_it_started_or_not() {
        List<String> trail = Collections.synchronizedList(new ArrayList<>());
        class Tidy implements JobBody<Void> {
            @Override
            public Void run(JobContext context) {
                trail.add("run " + context.label());
                return null;
            }

            @Override
            public void shutdown(JobContext context) {
                trail.add("shutdown " + context.label() + " after attempt " + context.attempt());
            }
        }
        Job<Void> a = etl.job("a", new Tidy());
        Job<Void> boom = etl.action("boom", boom(1)).requires(a);
        etl.job("b", new Tidy()).requires(boom);

        run(etl);

        assertThat(trail)
                .startsWith("run a")
                .containsExactlyInAnyOrder("run a", "shutdown a after attempt 1", "shutdown b after attempt 0");
    }

    @Test
    @Spec({"A-022", "A-065"})
    void a_job_starts_when_all_it_requires_has_ended_however_that_was() {
        Job<Void> fails = etl.action("fails", boom(1)).critical(false);
        Job<Void> late = etl.action("late", sleep(9)).timeout(seconds(2)).critical(false);
        Job<Void> fine = etl.action("fine", sleep(3));
        etl.action("last", sleep(1)).requires(fails, late, fine);

        assertThat(times(run(etl))).containsExactly("fails 0ms-1s", "late 0ms-2s", "fine 0ms-3s", "last 3s-4s");
    }

    @Test
    @Spec({"A-022", "GB-29"})
    void conditions_start_or_skip_a_job_and_skipped_ones_release_their_successors() {
        Job<Void> fails = etl.action("fails", boom(1)).critical(false);
        Job<Void> onSuccess = etl.barrier("on success").requires(succeeded(fails));
        Job<Void> onFailure = etl.barrier("on failure").requires(failed(fails));
        Job<Void> afterwards = etl.barrier("afterwards").requires(onSuccess, onFailure);
        Job<Void> chained = etl.barrier("chained").requires(succeeded(onSuccess));

        RunReport report = run(etl);

        assertThat(states(report, onSuccess, onFailure, afterwards, chained))
                .containsExactly(State.SKIPPED, State.SUCCEEDED, State.SUCCEEDED, State.SKIPPED);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.outcome(onSuccess).orElseThrow().because()).contains("fails");
    }

    @Test
    @Spec({"A-008", "A-061", "GB-28"})
    void what_is_changed_while_a_run_goes_on_is_for_the_next_one() {
        Job<Void> first = etl.action("first", () -> {
            Job<Void> added = etl.barrier("added");
            etl.jobs().get(1).requires(added).critical(false).label("renamed");
        });
        Job<Void> second = etl.action("second", sleep(1)).requires(first);

        RunReport report = run(etl);

        assertThat(report.succeeded()).isTrue();
        assertThat(times(report)).containsExactly("first 0ms-0ms", "second 0ms-1s");
        assertThat(report.job(second).critical()).isTrue();
        assertThat(etl.plan().size()).isEqualTo(3);
    }

    @Test
    @Spec({"A-023", "A-030", "GB-20"})
    void who_requires_an_empty_sequence_waits_for_what_that_requires() {
        Job<Void> start = etl.action("start", sleep(1));
        Sequence empty = etl.sequence().requires(start);
        etl.action("end", sleep(1)).requires(empty);

        assertThat(times(run(etl))).containsExactly("start 0ms-1s", "end 1s-2s");
    }

    @Test
    @Spec({"A-029", "A-030", "GB-20"})
    void a_sequence_runs_one_after_the_other_also_what_was_appended() {
        Sequence sequence = etl.sequence(etl.action("1", sleep(1)));
        sequence.append(etl.action("2", sleep(1)), etl.action("3", sleep(1)), etl.action("4", sleep(1)));

        assertThat(times(run(etl))).containsExactly("1 0ms-1s", "2 1s-2s", "3 2s-3s", "4 3s-4s");
    }

    @Test
    @Spec({"A-050", "A-051", "A-052"})
    void what_was_edited_away_is_not_run_and_what_is_left_keeps_its_order() {
        etl.sequence(
                etl.action("1", sleep(1)),
                etl.action("2", sleep(1)),
                etl.action("3", sleep(1)),
                etl.action("4", sleep(1)));

        etl.bypassAndRemove(etl.jobs().get(1));
        etl.keepOnlyBetween(Between.starts(etl.jobs().getFirst()).withoutStarts());

        assertThat(times(run(etl))).containsExactly("3 0ms-1s", "4 1s-2s");
    }

    @Test
    @Spec({"A-006", "A-017", "A-079"})
    void a_forever_job_may_require_finite_ones_and_may_end_by_itself() {
        Job<Void> first = etl.action("first", sleep(1));
        Job<Void> brief = etl.forever("brief", sleep(1)).requires(first);
        etl.action("last", sleep(5));

        RunReport report = run(etl);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.job(brief).state()).isEqualTo(State.SUCCEEDED);
        assertThat(times(report)).containsExactly("first 0ms-1s", "brief 1s-2s", "last 0ms-5s");
    }
}
