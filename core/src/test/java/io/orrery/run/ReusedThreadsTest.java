package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it takes for a thread to do more than one job. In real time, since on manual time threads end early. */
@Tag("smoke")
class ReusedThreadsTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<String> trail = Collections.synchronizedList(new ArrayList<>());
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final CountDownLatch started = new CountDownLatch(1);
    private final Workflow flow = Workflow.named("flow").threads(Threads.REUSED);
    private final ThreadLocal<String> local = ThreadLocal.withInitial(() -> "nothing");

    /** Runs it; jobs that wait for {@link #started} go on when the caller does nothing any more. */
    private RunReport run() throws InterruptedException {
        Run run = flow.start();
        started.countDown();
        return run.await();
    }

    private void note(Object what) {
        threads.add(Thread.currentThread());
        trail.add(Thread.currentThread().getName() + ": " + what);
    }

    private Job<Void> note(String label, Job<?> after) {
        return flow.action(label, () -> note(Thread.interrupted())).requires(after);
    }

    // -------------------------------------------------------------------------------------------------- one thread

    @Test
    void a_thread_has_the_name_of_the_job_that_it_does_and_of_the_attempt() throws InterruptedException {
        var inner = Workflow.named("inner").threads(Threads.REUSED);
        var first = inner.action("first", () -> {
            started.await();
            note("once");
            Thread.currentThread().setName("mine");
        });
        var twice = inner.action("twice", ctx -> {
                    note(ctx.attempt());
                    if (ctx.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retries(1)
                .requires(first);
        inner.action("last", () -> note("done")).requires(twice);
        flow.add(inner);

        run().orThrow();

        assertThat(trail)
                .containsExactly("inner/first: once", "inner/twice: 1", "inner/twice#2: 2", "inner/last: done");
        assertThat(threads).allMatch(Thread::isVirtual);
    }

    @Test
    void whoever_ends_a_job_does_the_next_one() throws InterruptedException {
        Job<?> job = flow.action("first", () -> {
            started.await();
            note("");
        });
        for (int i = 0; i < 100; i++) {
            job = note("job" + i, job);
        }

        run().orThrow();

        assertThat(trail).hasSize(101);
        assertThat(threads).hasSize(1);
    }

    @Test
    void a_job_that_interrupts_itself_does_not_interrupt_the_next_one() throws InterruptedException {
        var a = flow.action("a", () -> {
            started.await();
            Thread.currentThread().interrupt();
        });
        note("b", a);

        run().orThrow();

        assertThat(trail).containsExactly("b: false");
    }

    @Test
    void whoever_asks_for_another_attempt_does_not_interrupt_it_nor_the_next_job() throws InterruptedException {
        var a = flow.action("a", ctx -> {
                    started.await();
                    note(Thread.interrupted());
                    throw new IllegalStateException("no");
                })
                .critical(false)
                .retry(RetryPolicy.retries(1).on(ending -> {
                    Thread.currentThread().interrupt();
                    return true;
                }));
        note("b", a);

        run();

        assertThat(trail).containsExactly("a: false", "a#2: false", "b: false");
    }

    @Test
    void what_a_job_leaves_in_a_thread_local_the_next_one_finds() throws InterruptedException {
        var a = flow.action("a", () -> {
            started.await();
            note(local.get());
            local.set("a's");
        });
        flow.action("b", () -> note(local.get())).requires(a);
        local.set("the caller's");

        run().orThrow();
        flow.threads(Threads.FRESH).run().orThrow();

        assertThat(trail).containsExactly("a: nothing", "b: a's", "a: nothing", "b: nothing");
    }

    @Test
    void each_job_has_the_class_loader_of_the_caller() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        try (var callers = new URLClassLoader(new URL[0])) {
            var a = flow.action("a", () -> {
                started.await();
                note(callers.equals(Thread.currentThread().getContextClassLoader()));
                Thread.currentThread().setContextClassLoader(null);
            });
            flow.action("b", () -> note(callers.equals(Thread.currentThread().getContextClassLoader())))
                    .requires(a);
            caller.setContextClassLoader(callers);

            run().orThrow();
        } finally {
            caller.setContextClassLoader(before);
        }

        assertThat(trail).containsExactly("a: true", "b: true");
        assertThat(threads).hasSize(1);
    }

    // -------------------------------------------------------------------------------------------------- stopping

    @Test
    void a_thread_whose_job_has_timed_out_does_no_other() throws InterruptedException {
        Set<Thread> stopped = ConcurrentHashMap.newKeySet();
        Job<?> job = flow.action("first", started::await);
        for (int i = 0; i < 20; i++) {
            job = flow.action("late" + i, () -> {
                        note(stopped.add(Thread.currentThread()));
                        new CountDownLatch(1).await();
                    })
                    .timeout(MOMENT)
                    .critical(false)
                    .requires(job);
            job = flow.action("next" + i, () -> note(stopped.contains(Thread.currentThread()) || Thread.interrupted()))
                    .requires(job);
        }

        RunReport report = run();

        assertThat(report.stats().count(State.TIMED_OUT)).isEqualTo(20);
        assertThat(trail)
                .isEqualTo(IntStream.range(0, 20)
                        .boxed()
                        .flatMap(i -> Stream.of("late" + i + ": true", "next" + i + ": false"))
                        .toList());
    }

    @Test
    void a_timeout_stops_its_job_and_no_other() throws InterruptedException {
        var gate = new CountDownLatch(1);
        var other = flow.job("other", () -> gate.await(20, TimeUnit.SECONDS));
        var slow = flow.action("slow", () -> new CountDownLatch(1).await())
                .timeout(MOMENT)
                .critical(false);
        flow.action("then", gate::countDown).requires(slow);

        RunReport report = run();

        assertThat(report.job(slow).state()).isEqualTo(State.TIMED_OUT);
        assertThat(report.result(other)).isTrue();
    }

    @Test
    void cancelling_stops_what_runs_and_what_waits_does_not_begin() throws InterruptedException {
        flow.window(2);
        var begun = new CountDownLatch(2);
        var first = flow.action("first", () -> {});
        List<Job<?>> jobs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var job = flow.action("job" + i, () -> {
                begun.countDown();
                new CountDownLatch(1).await();
            });
            jobs.add(job.requires(first));
        }

        Run run = flow.start();
        begun.await();
        run.cancel("enough");
        RunReport report = run.await();

        var cancelled = new JobOutcome.Cancelled("enough", null, null);
        var notRun = new JobOutcome.NotRun("enough");
        assertThat(jobs.stream().map(job -> report.outcome(job).orElseThrow()))
                .containsExactly(cancelled, cancelled, notRun, notRun);
    }
}
