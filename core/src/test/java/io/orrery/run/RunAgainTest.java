package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.Plan;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Spec({"A-060", "GB-03"})
class RunAgainTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    private final ManualTime time = ManualTime.skipping();
    private final RunOptions options = RunOptions.defaults().time(time);

    @Test
    void a_workflow_runs_again_and_every_run_has_a_report_of_its_own() {
        var count = new AtomicInteger();
        var flow = Workflow.named("flow");
        var first = flow.job("first", count::incrementAndGet);
        var second = flow.job("second", context -> context.result(first) * 10).requires(first);

        RunReport one = flow.run(options).orThrow();
        RunReport two = flow.run(options).orThrow();

        assertThat(one.result(second)).isEqualTo(10);
        assertThat(two.result(second)).isEqualTo(20);
        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @Test
    void a_run_that_failed_leaves_nothing_behind_for_the_next_one() {
        var count = new AtomicInteger();
        var flow = Workflow.named("flow").window(1);
        flow.action("flaky", () -> {
            if (count.getAndIncrement() == 0) {
                throw new IllegalStateException("the first time");
            }
        });
        flow.action("other", () -> {});

        RunReport one = flow.run(options);
        RunReport two = flow.run(options);

        assertThat(one.state()).isEqualTo(RunState.FAILED);
        assertThat(two.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(two.why()).isEqualTo("all jobs have ended");
    }

    @Test
    void a_plan_is_run_by_several_runs_at_once() {
        var together = new CyclicBarrier(3);
        var flow = Workflow.named("flow");
        var meet = flow.job("meet", context -> {
            together.await();
            return context.runId();
        });
        var after = flow.job("after", context -> context.result(meet)).requires(meet);
        Plan<RunReport> plan = flow.plan();

        List<Run> runs = List.of(Run.start(plan), Run.start(plan), flow.start());

        for (Run run : runs) {
            RunReport report = run.awaitUninterruptibly().orThrow();
            assertThat(report.plan()).isSameAs(plan);
            assertThat(report.result(after)).isEqualTo(run.id());
        }
        assertThat(runs.stream().map(Run::id).distinct()).hasSize(3);
    }

    @Test
    @Spec({"A-061", "GB-28"})
    void editing_a_workflow_leaves_a_run_that_goes_on_alone() throws InterruptedException {
        var stopped = ManualTime.stopped();
        var flow = Workflow.named("flow");
        var first = flow.action("first", context -> context.sleep(SECOND));
        var second = flow.job("second", () -> "second").requires(first);
        var removed = flow.job("removed", () -> "removed").requires(first);

        Run run = flow.start(options.time(stopped));
        var added = flow.action("added", () -> {});
        second.requires(added).critical(false);
        flow.remove(removed);
        flow.window(1).timeout(SECOND.dividedBy(2));
        stopped.advance(SECOND);
        RunReport report = run.await().orThrow();

        assertThat(report.jobs()).extracting(job -> job.id()).containsExactly("first", "second", "removed");
        assertThat(report.result(second)).isEqualTo("second");
        assertThat(report.result(removed)).isEqualTo("removed");
        assertThat(report.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void editing_a_workflow_between_runs_changes_the_next_one() {
        var flow = Workflow.named("flow");
        var first = flow.job("first", () -> "first");

        RunReport one = flow.run(options).orThrow();
        var added = flow.job("added", () -> "added").requires(first);
        RunReport two = flow.run(options).orThrow();
        flow.remove(first);
        RunReport three = flow.run(options).orThrow();

        assertThat(one.jobs()).hasSize(1);
        assertThat(two.result(added)).isEqualTo("added");
        assertThat(two.jobs()).hasSize(2);
        assertThat(three.jobs()).hasSize(1);
        assertThat(three.result(added)).isEqualTo("added");
    }

    @Test
    void a_plan_stays_the_same_until_something_is_changed() {
        var flow = Workflow.named("flow");
        var first = flow.action("first", () -> {});

        Plan<RunReport> plan = flow.plan();

        assertThat(flow.plan()).isSameAs(plan);
        assertThat(flow.run(options).plan()).isSameAs(plan);
        first.critical(false);
        assertThat(flow.plan()).isNotSameAs(plan);
    }

    @Test
    void each_attempt_has_a_fresh_virtual_thread_named_after_path_and_attempt() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        var names = Collections.synchronizedList(new ArrayList<String>());
        var inner = Workflow.named("inner");
        inner.action("flaky", context -> {
                    assertThat(Thread.currentThread().isVirtual()).isTrue();
                    threads.add(Thread.currentThread());
                    names.add(Thread.currentThread().getName());
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retries(1);
        var outer = Workflow.named("outer");
        outer.add(inner);

        outer.run(options).orThrow();
        outer.run(options).orThrow();

        assertThat(threads).hasSize(4);
        assertThat(names).containsExactly("inner/flaky", "inner/flaky#2", "inner/flaky", "inner/flaky#2");
    }

    @Test
    void a_job_sees_nothing_of_the_thread_locals_of_others_not_even_of_inheritable_ones() {
        var flow = Workflow.named("flow");
        var first = flow.action("first", () -> {
            LOCAL.set("first");
            INHERITED.set("first");
        });
        var second =
                flow.job("second", () -> LOCAL.get() + " " + INHERITED.get()).requires(first);
        INHERITED.set("caller");

        RunReport report = flow.run().orThrow(); // in real time, where a job's thread starts its successors
        INHERITED.remove();

        assertThat(report.result(second)).isEqualTo("null null");
    }

    @Test
    void a_job_has_the_context_class_loader_of_who_started_the_run_whatever_others_do_with_theirs() {
        ClassLoader callers = new ClassLoader("the caller's", getClass().getClassLoader()) {};
        var flow = Workflow.named("flow");
        var first = flow.job("first", () -> {
            ClassLoader mine = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(null);
            return mine;
        });
        var second = flow.job("second", () -> Thread.currentThread().getContextClassLoader())
                .requires(first);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(callers);

        RunReport report = flow.run().orThrow();
        Thread.currentThread().setContextClassLoader(before);

        assertThat(report.result(first)).isSameAs(callers);
        assertThat(report.result(second)).isSameAs(callers);
    }
}
