package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@Spec({"GB-31", "GB-06"})
class SnapshotTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.stopped();
    private final RunOptions options = RunOptions.defaults().time(time);

    private static List<String> states(RunReport report) {
        return report.jobs().stream()
                .map(job -> job.path() + " " + job.state().word())
                .toList();
    }

    private static Workflow flowOfAllKindsOfWaiting() {
        var flow = Workflow.named("flow").window(2);
        var running = flow.action("running", context -> context.sleep(SECOND));
        flow.action("retrying", context -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retry(RetryPolicy.retries(1).delay(SECOND));
        flow.action("also running", context -> context.sleep(SECOND.multipliedBy(2)));
        var queued = flow.action("queued", context -> context.sleep(SECOND));
        var waiting = flow.action("waiting", () -> {}).requires(running);
        var idle = flow.action("idle", () -> {}).requires(waiting, queued);
        flow.action("last", () -> {}).requires(idle);
        return flow;
    }

    @Test
    void every_state_of_a_job_can_be_seen_before_during_and_after() throws InterruptedException {
        var flow = flowOfAllKindsOfWaiting();

        assertThat(RunReport.idle(flow.plan()).jobs())
                .extracting(JobReport::state)
                .containsExactly(State.IDLE, State.IDLE, State.IDLE, State.IDLE, State.IDLE, State.IDLE, State.IDLE);
        Run run = flow.start(options);

        RunReport first = run.snapshot();
        assertThat(first.state()).isEqualTo(RunState.RUNNING);
        assertThat(first.id()).isEqualTo(run.id());
        assertThat(states(first))
                .containsExactly(
                        "running running",
                        "retrying retrying",
                        "also running running",
                        "queued queued",
                        "waiting waiting",
                        "idle waiting",
                        "last idle");
        time.advance(SECOND);
        assertThat(states(run.snapshot()))
                .containsExactly(
                        "running succeeded",
                        "retrying queued",
                        "also running running",
                        "queued running",
                        "waiting queued",
                        "idle waiting",
                        "last idle");
        time.advance(SECOND.multipliedBy(5));
        RunReport last = run.snapshot();
        assertThat(last).isSameAs(run.await());
        assertThat(last.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(last.jobs()).extracting(JobReport::state).containsOnly(State.SUCCEEDED);
        assertThat(states(first)).contains("running running"); // what was known then does not change
    }

    @Test
    void it_tells_of_times_attempts_progress_and_who_waits_for_whom() throws InterruptedException {
        var flow = Workflow.named("flow");
        var work = flow.action("work", context -> {
            context.progress(0.25, "a quarter");
            context.sleep(SECOND.multipliedBy(10));
        });
        var next = flow.action("next", () -> {}).requires(work);

        Run run = flow.start(options);
        time.advance(SECOND);
        RunReport snapshot = run.snapshot();

        assertThat(snapshot.elapsed()).isEqualTo(SECOND);
        assertThat(snapshot.why()).isEmpty();
        JobReport job = snapshot.job(work);
        assertThat(job.start()).contains(Duration.ZERO);
        assertThat(job.end()).isEmpty();
        assertThat(job.attempts()).isEqualTo(1);
        assertThat(job.progress()).contains(new io.orrery.outcome.Progress(0.25, "a quarter"));
        assertThat(snapshot.why(next)).contains("work");
        assertThat(snapshot.outcome(next)).isEmpty();
        run.close();
    }

    @Test
    void nested_and_spontaneous_runs_are_seen_while_they_go_on() {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("work", context -> context.sleep(SECOND));
        inner.action("maker", context -> {
            var spontaneous = Workflow.named("spontaneous");
            spontaneous.action("spark", within -> within.sleep(SECOND));
            context.run(spontaneous);
        });
        outer.add(inner);
        var later = Workflow.named("later");
        later.action("work", () -> {});
        outer.add(later).requires(outer.jobs().getFirst());

        Run run = outer.start(options);
        RunReport snapshot = run.snapshot();

        assertThat(state(snapshot, "inner")).isEqualTo(State.RUNNING);
        assertThat(state(snapshot, "inner/work")).isEqualTo(State.RUNNING);
        assertThat(state(snapshot, "inner/maker/spontaneous/spark")).isEqualTo(State.RUNNING);
        assertThat(state(snapshot, "later")).isEqualTo(State.WAITING);
        assertThat(state(snapshot, "later/work")).isEqualTo(State.IDLE);
        assertThat(snapshot.job(outer.jobs().getFirst()).nested().map(RunReport::state))
                .contains(RunState.RUNNING);
        run.close();
        assertThat(state(run.snapshot(), "inner/maker/spontaneous/spark")).isEqualTo(State.CANCELLED);
    }

    private static State state(RunReport report, String path) {
        return report.find(path).orElseThrow().state();
    }

    @Test
    void a_run_that_is_stopping_or_shutting_down_is_still_running() throws InterruptedException {
        Signal released = time.signal();
        var flow = Workflow.named("flow").cancelGrace(SECOND);
        flow.action("stubborn", () -> released.awaitUninterruptibly());

        Run run = flow.start(options);
        run.pause();
        assertThat(run.snapshot().state()).isEqualTo(RunState.PAUSED);
        run.cancel("enough");
        RunReport stopping = run.snapshot();

        assertThat(stopping.state()).isEqualTo(RunState.RUNNING);
        assertThat(stopping.why()).isEqualTo("cancelled: enough");
        assertThat(states(stopping)).containsExactly("stubborn running");
        time.advance(SECOND);
        assertThat(run.snapshot().state()).isEqualTo(RunState.CANCELLED);
        released.set();
    }

    @Test
    void who_waits_for_a_limit_of_another_run_is_queued() throws InterruptedException {
        Limit limit = Limit.named("db", 1);
        var one = Workflow.named("one");
        one.action("first", context -> context.sleep(SECOND)).limit(limit);
        var two = Workflow.named("two");
        two.action("second", context -> context.sleep(SECOND)).limit(limit);

        Run first = one.start(options);
        Run second = two.start(options);

        assertThat(states(second.snapshot())).containsExactly("second queued");
        first.close();
        time.awaitIdle();
        assertThat(states(second.snapshot())).containsExactly("second running");
        second.close();
    }

    @Test
    void it_can_be_taken_by_any_thread_in_real_time_while_jobs_run() throws InterruptedException {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var flow = Workflow.named("flow");
        var work = flow.action("work", () -> {
            started.countDown();
            goOn.await();
        });
        flow.action("next", () -> {}).requires(work);

        Run run = flow.start();
        started.await();
        var taken = new AtomicReference<RunReport>();
        Thread.ofVirtual().start(() -> taken.set(run.snapshot())).join();
        goOn.countDown();

        assertThat(states(taken.get())).containsExactly("work running", "next waiting");
        assertThat(states(run.await())).containsExactly("work succeeded", "next succeeded");
    }

    @Test
    void a_job_can_take_one_of_its_own_run() {
        var run = new CompletableFuture<Run>();
        var flow = Workflow.named("flow");
        var watch = flow.job("watch", context -> run.get().snapshot());

        run.complete(flow.start(options.time(ManualTime.skipping())));
        RunReport report = run.join().awaitUninterruptibly();

        assertThat(states(report.result(watch))).containsExactly("watch running");
    }
}
