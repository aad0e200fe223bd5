package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.Limit;
import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a limit does for runs that share it. */
@Spec({"A-074", "GB-29"})
class LimitTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.stopped();
    private final RunOptions options = RunOptions.defaults().time(time);
    private final List<String> order = new ArrayList<>();

    private Job<?> using(Workflow flow, String label, Limit... limits) {
        return flow.action(label, context -> {
                    order.add(flow.name() + "/" + label);
                    context.sleep(SECOND);
                })
                .limit(limits);
    }

    private Run started(Workflow flow) throws InterruptedException {
        Run run = flow.start(options);
        time.awaitIdle();
        return run;
    }

    @Test
    void slots_are_given_in_the_order_in_which_they_were_asked_for_across_runs() throws InterruptedException {
        Limit db = Limit.named("db", 1);
        var one = Workflow.named("one");
        using(one, "a", db);
        using(one, "b", db);
        var two = Workflow.named("two");
        using(two, "c", db);
        var three = Workflow.named("three");
        using(three, "d", db);

        List<Run> runs = List.of(started(one), started(two), started(three));
        time.advance(SECOND.multipliedBy(4));

        assertThat(order).containsExactly("one/a", "one/b", "two/c", "three/d");
        assertThat(runs).allMatch(run -> run.awaitUninterruptibly().succeeded());
        assertThat(db.holders()).isEmpty();
    }

    @Test
    void who_waits_for_a_limit_lets_others_of_its_run_pass() throws InterruptedException {
        Limit db = Limit.named("db", 1);
        var one = Workflow.named("one");
        using(one, "holder", db);
        var two = Workflow.named("two").window(1);
        using(two, "waiter", db);
        using(two, "free");

        started(one);
        Run run = started(two);
        time.advance(SECOND.multipliedBy(2));

        assertThat(order).containsExactly("one/holder", "two/free", "two/waiter");
        assertThat(run.await().succeeded()).isTrue();
    }

    @Test
    void several_limits_are_taken_together_so_two_runs_that_name_them_in_opposite_order_both_end() {
        Limit left = Limit.named("left", 1);
        Limit right = Limit.named("right", 1);
        var one = Workflow.named("one");
        var two = Workflow.named("two");
        for (int i = 0; i < 5; i++) {
            using(one, "a" + i, left, right);
            using(two, "b" + i, right, left);
        }
        RunOptions skipping = RunOptions.defaults().time(ManualTime.skipping());

        List<Run> runs = List.of(one.start(skipping), two.start(skipping));

        assertThat(runs).allMatch(run -> run.awaitUninterruptibly().succeeded());
        assertThat(order).hasSize(10);
        assertThat(left.waiters()).isEmpty();
        assertThat(right.waiters()).isEmpty();
    }

    @Test
    void a_run_that_is_cancelled_leaves_the_line_and_gives_back_its_slots() throws InterruptedException {
        Limit db = Limit.named("db", 1);
        var one = Workflow.named("one");
        using(one, "holder", db);
        using(one, "waiter", db);
        var two = Workflow.named("two");
        using(two, "next", db);

        Run first = started(one);
        Run second = started(two);
        assertThat(db.waiters()).hasToString("[one/waiter, two/next]");
        first.cancel("enough");
        time.awaitIdle();

        assertThat(order).containsExactly("one/holder", "two/next");
        assertThat(db.holders()).hasToString("[two/next]");
        time.advance(SECOND);
        assertThat(second.await().succeeded()).isTrue();
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // it yields to make trouble more likely; nothing relies on it
    void never_more_than_there_are_slots_run_at_once_in_real_time() {
        Limit two = Limit.named("two", 2);
        var running = new AtomicInteger();
        var tooMany = new AtomicInteger();
        var runs = new ArrayList<Run>();
        for (int i = 0; i < 4; i++) {
            var flow = Workflow.named("flow" + i);
            for (int k = 0; k < 200; k++) {
                flow.action("job" + k, () -> {
                            if (running.incrementAndGet() > 2) {
                                tooMany.incrementAndGet();
                            }
                            Thread.yield();
                            running.decrementAndGet();
                        })
                        .limit(two);
            }
            runs.add(flow.start());
        }

        assertThat(runs).allMatch(run -> run.awaitUninterruptibly().succeeded());
        assertThat(tooMany).hasValue(0);
        assertThat(two.holders()).isEmpty();
    }

    @Test
    void a_job_that_waits_for_its_retry_holds_no_slot() throws InterruptedException {
        Limit db = Limit.named("db", 1);
        var one = Workflow.named("one");
        Job<?> flaky = one.action("flaky", context -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .limit(db)
                .retry(io.orrery.job.RetryPolicy.retries(1).delay(SECOND));
        var two = Workflow.named("two");
        using(two, "other", db);

        Run first = started(one);
        started(two);
        assertThat(db.holders()).hasToString("[two/other]");
        time.advance(SECOND);

        RunReport report = first.await().orThrow();
        assertThat(report.job(flaky).attempts()).isEqualTo(2);
    }
}
