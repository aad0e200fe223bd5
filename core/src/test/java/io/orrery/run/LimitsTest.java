package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.outcome;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Named limits, which jobs of different workflows and runs share. */
@Spec({"A-074", "GB-29"})
class LimitsTest {
    private final Stage stage = new Stage();
    private final Limit db = Limit.named("db", 1);

    @Test
    void jobs_of_nested_workflows_share_the_slots_of_a_limit_in_the_order_in_which_they_asked()
            throws InterruptedException {
        var outer = Workflow.named("outer");
        outer.action("a", takes(2)).limit(db);
        var inner = Workflow.named("inner");
        inner.action("b", takes(2)).limit(db);
        outer.add(inner);
        var later = outer.action("later", takes(1));
        outer.action("c", takes(2)).limit(db).requires(later);

        stage.run(outer);

        assertThat(stage.trail("a begins", "b begins", "c begins"))
                .containsExactly("0 a begins", "2 inner/b begins", "4 c begins");
        assertThat(db.holders()).isEmpty();
    }

    @Test
    void a_job_that_waits_for_a_limit_lets_others_of_its_run_pass() throws InterruptedException {
        var w = Workflow.named("w").window(2);
        w.action("first", takes(5)).limit(db);
        w.action("second", takes(5)).limit(db);
        w.action("other", takes(1));

        stage.run(w);

        assertThat(stage.trail("begins", "queued"))
                .containsExactly(
                        "0 run begins", "0 first begins", "0 other begins", "0 second queued", "5 second begins");
    }

    @Test
    void runs_that_share_a_limit_take_turns_in_the_order_in_which_their_jobs_asked() throws InterruptedException {
        var runs = new ArrayList<Run>();
        stage.play(() -> {
            for (String name : List.of("one", "two", "three")) {
                var w = Workflow.named(name);
                w.action(name + "-a", takes(3)).limit(db);
                w.action(name + "-b", takes(3)).limit(db);
                runs.add(w.start(stage.options()));
                runs.getLast().snapshot(); // its jobs have asked
            }
        });

        assertThat(stage.trail("-a begins", "-b begins"))
                .containsExactly(
                        "0 one-a begins",
                        "3 one-b begins",
                        "6 two-a begins",
                        "9 two-b begins",
                        "12 three-a begins",
                        "15 three-b begins");
        assertThat(runs).allMatch(run -> run.snapshot().succeeded());
    }

    @Test
    void a_job_gets_all_its_limits_or_none() throws InterruptedException {
        var disk = Limit.named("disk", 1);
        var w = Workflow.named("w");
        w.action("db", takes(4)).limit(db);
        w.action("both", takes(2)).limit(disk, db);
        w.action("disk", takes(2)).limit(disk);

        stage.run(w);

        assertThat(stage.trail("begins"))
                .containsExactly("0 run begins", "0 db begins", "0 disk begins", "4 both begins");
    }

    @Test
    void runs_that_name_the_same_limits_in_opposite_order_both_end() {
        var disk = Limit.named("disk", 1);
        var one = Workflow.named("one");
        var two = Workflow.named("two");
        for (int i = 0; i < 5; i++) {
            one.action("a" + i, takes(1)).limit(db, disk);
            two.action("b" + i, takes(1)).limit(disk, db);
        }

        var runs = List.of(one.start(stage.options()), two.start(stage.options()));

        assertThat(runs).allMatch(run -> run.awaitUninterruptibly().succeeded());
        assertThat(stage.time.elapsed()).isEqualTo(ms(10));
    }

    @Test
    void who_can_not_have_all_limits_does_not_keep_others_from_one_that_is_free() throws InterruptedException {
        var disk = Limit.named("disk", 1);
        var w = Workflow.named("w");
        w.action("db", takes(2)).limit(db);
        w.action("both", takes(1)).limit(disk, db);
        var nested = Workflow.named("nested"); // holds the disk until its last job has had the database
        var first = nested.action("first", takes(5));
        nested.action("last", takes(1)).limit(db).requires(first);
        w.add(nested).limit(disk);

        assertThat(stage.run(w).succeeded()).isTrue();
        assertThat(stage.trail("b begins", "both begins", "last begins"))
                .containsExactly("0 db begins", "5 nested/last begins", "6 both begins");
    }

    @Test
    void who_lets_others_pass_keeps_its_place() throws InterruptedException {
        var disk = Limit.named("disk", 1);
        var w = Workflow.named("w");
        w.action("db", takes(2)).limit(db);
        w.action("disk", takes(3)).limit(disk);
        w.action("both", takes(1)).limit(disk, db);
        w.action("later", takes(3)).limit(db);
        w.action("last", takes(3)).limit(db);

        stage.run(w);

        assertThat(stage.trail("begins"))
                .containsExactly(
                        "0 run begins",
                        "0 db begins",
                        "0 disk begins",
                        "2 later begins",
                        "5 both begins",
                        "6 last begins");
    }

    @Test
    void however_many_jobs_share_a_limit_each_has_its_turn() {
        var w = Workflow.named("w");
        for (int i = 0; i < 10_000; i++) {
            w.action("job" + i, () -> {}).limit(db);
        }
        var nested = Workflow.named("nested");
        var other = Limit.named("other", 1);
        for (int i = 0; i < 10_000; i++) {
            nested.action("job" + i, () -> {}).limit(db);
        }
        w.add(nested).limit(other);

        assertThat(w.run().succeeded()).isTrue();
        assertThat(db.waiters()).isEmpty();
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // it yields to make trouble more likely; nothing relies on it
    void never_more_than_there_are_slots_run_at_once_in_real_time() {
        var two = Limit.named("two", 2);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var runs = new ArrayList<Run>();
        for (int i = 0; i < 4; i++) {
            var w = Workflow.named("w" + i);
            for (int k = 0; k < 200; k++) {
                w.action("job" + k, () -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.yield();
                            running.decrementAndGet();
                        })
                        .limit(two);
            }
            runs.add(w.start());
        }

        assertThat(runs).allMatch(run -> run.awaitUninterruptibly().succeeded());
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void a_job_that_waits_for_its_next_attempt_holds_no_slot() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("flaky", ctx -> {
                    if (ctx.attempt() == 1) {
                        throw new Exception("boom");
                    }
                })
                .limit(db)
                .retry(RetryPolicy.retries(1).delay(ms(2)));
        w.action("other", takes(1)).limit(db);

        stage.run(w);

        assertThat(stage.trail("begins"))
                .containsExactly("0 run begins", "0 flaky begins", "0 other begins", "2 flaky begins again");
    }

    @Test
    void a_run_that_is_cancelled_leaves_the_line_and_gives_back_its_slots() throws InterruptedException {
        var one = Workflow.named("one");
        one.action("holder", takes(9)).limit(db);
        one.action("waiter", takes(9)).limit(db);
        var two = Workflow.named("two");
        two.action("next", takes(1)).limit(db);

        stage.play(() -> {
            Run first = one.start(stage.options());
            first.snapshot(); // its jobs have asked
            two.start(stage.options()).snapshot();
            stage.note("waiting " + db.waiters());
            stage.at(2, () -> first.cancel("enough"));
        });

        assertThat(stage.trail("waiting", "holder begins", "waiter begins", "next begins"))
                .containsExactly("0 holder begins", "0 waiting [one/waiter, two/next]", "2 next begins");
    }

    @Test
    void a_slot_of_a_limit_is_given_back_however_a_job_ends_and_a_place_in_line_too() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("fails", fails(1, new Exception("boom"))).limit(db).critical(false);
        w.action("times out", takes(9)).limit(db).timeout(ms(1)).critical(false);
        w.action("runs", takes(9)).limit(db);
        w.action("waits", takes(9)).limit(db);

        stage.run(w, run -> stage.at(4, () -> run.cancel("enough")));

        assertThat(db.holders()).isEmpty();
        var next = Workflow.named("next");
        next.action("job", takes(1)).limit(db);
        assertThat(stage.run(next).summary().elapsed()).isEqualTo(ms(1));
    }

    @Test
    void a_run_that_is_paused_lets_others_pass_and_keeps_the_order_of_its_own() throws InterruptedException {
        var paused = Workflow.named("paused").window(1);
        var other = Workflow.named("other");
        other.action("holds", takes(3)).limit(db);
        other.action("passes", takes(3)).limit(db);
        paused.action("mine", takes(1)).limit(db);
        paused.action("free", takes(9));
        paused.action("after", takes(1)).limit(db);

        stage.play(() -> {
            other.start(stage.options()).snapshot();
            Run run = paused.start(stage.options());
            run.snapshot();
            stage.at(1, run::pause);
            stage.at(20, run::resume);
        });

        assertThat(stage.trail("holds begins", "passes begins", "mine begins", "after begins"))
                .containsExactly("0 holds begins", "3 passes begins", "20 mine begins", "21 after begins");
    }

    @Test
    @Spec({"A-058", "GB-14"})
    void a_job_that_waits_for_those_who_wait_for_it_fails_with_both_names_and_the_run_ends_in_order()
            throws InterruptedException {
        var w = Workflow.named("w");
        var holder = w.action("holder", ctx -> {
                    var inside = Workflow.named("inside");
                    inside.job("asks", stage.tidy(takes(1))).limit(db);
                    RunReport report = ctx.run(inside);
                    assertThat(report.state()).isEqualTo(RunState.FAILED);
                    report.orThrow();
                })
                .limit(db);

        var report = stage.run(w);

        assertThat(outcome(report, holder))
                .isInstanceOfSatisfying(
                        Failed.class,
                        one -> assertThat(one.cause().getCause())
                                .hasMessageContaining("w/holder/inside/asks")
                                .hasMessageContaining("\"db\"")
                                .hasMessageContaining("\"w/holder\""));
        assertThat(stage.trail("shutdown")).containsExactly("0 shutdown of holder/inside/asks");
        assertThat(db.holders()).isEmpty();
    }

    @Test
    void a_job_in_line_for_a_limit_when_the_run_ends_has_not_run() throws InterruptedException {
        var w = Workflow.named("w").timeout(ms(4));
        w.action("runs", takes(9)).limit(db);
        var waits = w.action("waits", takes(9)).limit(db);

        assertThat(outcome(stage.run(w), waits)).isEqualTo(new NotRun("run timed out"));
    }
}
