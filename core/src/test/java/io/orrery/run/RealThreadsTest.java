package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.Limit;
import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.model.Case;
import io.orrery.outcome.JobRecords;
import io.orrery.outcome.RunReport;
import io.orrery.plan.PlanProblem;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine on the machine's own threads, as fast as they go. */
@Tag("smoke")
@SuppressWarnings("ThreadPriorityCheck") // nothing relies on yielding: it only mixes the order of things
class RealThreadsTest {
    private static final int RUNS = Integer.getInteger("orrery.real-runs", 2_000);

    @Test
    @Spec({"A-055", "GB-04", "GB-08"})
    void what_does_not_depend_on_time_ends_as_predicted() throws InterruptedException {
        for (long seed = 1; seed <= RUNS; seed++) {
            Case calm = RandomRuns.calm(seed);
            assertThat(RandomRuns.differencesOnRealThreads(calm))
                    .as("seed " + seed + "\n" + calm)
                    .isEmpty();
        }
    }

    @Test
    @Spec({"A-073", "A-077", "A-087", "GB-05"})
    void whenever_runs_are_cancelled_windows_and_limits_hold_and_nothing_is_left_behind() throws InterruptedException {
        var random = new SplittableRandom(42);
        var limit = Limit.named("limit", 2);
        for (int i = 0; i < RUNS / 4; i++) {
            var crowd = new Crowd(limit, random.split());
            var runs = new ArrayList<Run>();
            for (int n = 0; n < 3; n++) {
                runs.add(crowd.workflow("w" + n, 2).start());
            }
            for (Run run : runs) {
                for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                if (random.nextBoolean()) {
                    run.pause();
                    run.snapshot();
                    run.resume();
                }
                if (random.nextInt(3) > 0) {
                    run.cancel("enough");
                }
            }
            for (Run run : runs) {
                check(run.await());
            }

            assertThat(crowd.faults).as("run " + i).isEmpty();
            assertThat(crowd.inside).hasValue(0);
            assertThat(limit.holders()).isEmpty();
        }
    }

    @Test
    @Spec("A-082")
    void two_hundred_levels_of_nested_workflows_are_run_and_told_of() throws InterruptedException {
        var workflow = Workflow.named("inmost");
        Job<Integer> job = workflow.job("x", () -> 42);
        for (int i = 0; i < 200; i++) {
            var outer = Workflow.named("n");
            outer.add(workflow);
            workflow = outer;
        }

        RunReport report = workflow.run();

        assertThat(report.result(job)).isEqualTo(42);
        assertThat(report.list().lines()).hasSize(401);
        assertThat(report.debrief()).contains("inmost");
        check(report);
    }

    @Test
    @Spec("A-082")
    void more_levels_than_a_stack_can_hold_are_refused() {
        var workflow = Workflow.named("inmost");
        for (int i = 0; i < 20_000; i++) {
            var outer = Workflow.named("n");
            outer.add(workflow);
            workflow = outer;
        }

        assertThat(workflow.problems()).hasOnlyElementsOfType(PlanProblem.NestedTooDeep.class);
    }

    @Test
    @Spec({"A-073", "A-082"})
    void a_slot_goes_past_any_number_of_runs_that_can_not_take_it_now() throws InterruptedException {
        int runs = 1_000;
        var limit = Limit.named("limit", 1);
        var workflow = Workflow.named("all");
        var busy = new CountDownLatch(runs);
        var passed = new CountDownLatch(1);
        Job<Void> holder = workflow.action("holder", () -> busy.await()).limit(limit);
        for (int i = 0; i < runs; i++) {
            var nested = Workflow.named("n" + i).window(1);
            nested.action("limited", () -> {}).limit(limit);
            nested.action("other", () -> {
                busy.countDown();
                passed.await();
            });
            workflow.add(nested);
        }
        workflow.action("last", passed::countDown).limit(limit).requires(holder);

        check(workflow.run());
    }

    private static void check(RunReport report) {
        assertThat(report.state().ended()).isTrue();
        assertThat(report.summary().notes().stragglers()).isEmpty();
        assertThat(report.jobs()).allMatch(job -> job.state().ended()).allSatisfy(job -> {
            JobRecords times = report.records();
            assertThat(times.startNanos(job.number()))
                    .satisfiesAnyOf(
                            start -> assertThat(start).isEqualTo(JobRecords.NEVER),
                            start -> assertThat(start)
                                    .isBetween(times.readyNanos(job.number()), times.endNanos(job.number())));
        });
        if (report.succeeded()) {
            assertThat(report.stats().count(State.SUCCEEDED))
                    .isEqualTo(report.plan().size());
        }
    }

    /** Jobs that count how many of them are at work at once. */
    private static final class Crowd {
        final AtomicInteger inside = new AtomicInteger();
        final List<String> faults = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger limited = new AtomicInteger();
        private final Limit limit;
        private final SplittableRandom random;

        Crowd(Limit limit, SplittableRandom random) {
            this.limit = limit;
            this.random = random;
        }

        Workflow workflow(String name, int depth) {
            int window = 1 + random.nextInt(4);
            var atWork = new AtomicInteger();
            Threads threads = random.nextBoolean() ? Threads.REUSED : Threads.FRESH;
            var workflow = Workflow.named(name).window(window).threads(threads);
            for (int i = 0; i < 6; i++) {
                var job = workflow.action("job" + i, () -> {
                    inside.incrementAndGet();
                    enter(atWork, window, "window");
                    Thread.yield();
                    atWork.decrementAndGet();
                    inside.decrementAndGet();
                });
                if (i > 2) {
                    job.requires(workflow.jobs().get(random.nextInt(i)));
                }
            }
            workflow.action("limited", () -> {
                        inside.incrementAndGet();
                        enter(limited, limit.slots(), "limit");
                        Thread.yield();
                        limited.decrementAndGet();
                        inside.decrementAndGet();
                    })
                    .limit(limit);
            if (depth > 0) {
                workflow.add(workflow("nested", depth - 1));
            }
            return workflow;
        }

        private void enter(AtomicInteger counter, int most, String what) {
            if (counter.incrementAndGet() > most) {
                faults.add("too many at once for the " + what);
            }
        }
    }
}
