package io.orrery.run;

import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What listeners are told, and what they may do to a run: nothing. */
@Spec({"A-107", "GB-30", "GB-40"})
class ListenerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.skipping();
    private final EventTrail trail = new EventTrail();
    private final RunOptions options = RunOptions.defaults().time(time).listener(trail);

    @Test
    void success_is_told_from_start_to_finish() {
        var flow = Workflow.named("flow");
        var first = flow.action("first", context -> context.sleep(SECOND));
        flow.action("second", context -> {
                    context.log("hello");
                    context.progress(0.5, "half");
                })
                .requires(first);

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms first started #1",
                        "1s first succeeded after 1",
                        "1s second started #1",
                        "1s second says hello",
                        "1s second at 0.5 half",
                        "1s second succeeded after 1",
                        "1s run run stopping: succeeded, all jobs have ended",
                        "1s run run finished: succeeded");
    }

    @Test
    void a_run_without_jobs_starts_and_finishes() {
        Workflow.named("empty").run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: empty",
                        "0ms run run stopping: succeeded, all jobs have ended",
                        "0ms run run finished: succeeded");
    }

    @Test
    void waiting_for_a_slot_is_told_of_those_who_have_to_wait() {
        var flow = Workflow.named("flow").window(1);
        flow.action("a", context -> context.sleep(SECOND));
        flow.action("b", context -> {});

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms a started #1",
                        "0ms b queued",
                        "1s a succeeded after 1",
                        "1s b started #1",
                        "1s b succeeded after 1",
                        "1s run run stopping: succeeded, all jobs have ended",
                        "1s run run finished: succeeded");
    }

    @Test
    void a_retry_is_told_with_what_went_wrong_and_how_long_it_waits() {
        var flow = Workflow.named("flow");
        flow.action("flaky", context -> {
                    if (context.attempt() < 3) {
                        throw new IllegalStateException("try " + context.attempt());
                    }
                })
                .retry(RetryPolicy.retries(2).delay(SECOND).backoff(2));

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms flaky started #1",
                        "0ms flaky retrying after #1 failed: try 1, in 1s",
                        "1s flaky started #2",
                        "1s flaky retrying after #2 failed: try 2, in 2s",
                        "3s flaky started #3",
                        "3s flaky succeeded after 3",
                        "3s run run stopping: succeeded, all jobs have ended",
                        "3s run run finished: succeeded");
    }

    @Test
    void a_skipped_job_ends_without_having_started_and_says_because_of_whom() {
        var flow = Workflow.named("flow");
        var bad = flow.action("bad", context -> {
                    throw new IllegalStateException("no");
                })
                .critical(false);
        flow.action("next", context -> {}).requires(succeeded(bad));

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms bad started #1",
                        "0ms bad failed: no after 1",
                        "0ms next skipped: bad failed after 0",
                        "0ms run run stopping: succeeded, all jobs have ended",
                        "0ms run run finished: succeeded");
    }

    @Test
    void a_nested_run_is_told_under_its_path_between_the_start_and_the_end_of_its_job() {
        var flow = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("work", context -> context.sleep(SECOND));
        flow.add(inner);

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: outer",
                        "0ms inner started #1",
                        "0ms inner run started: inner",
                        "0ms inner/work started #1",
                        "1s inner/work succeeded after 1",
                        "1s inner run stopping: succeeded, all jobs have ended",
                        "1s inner run finished: succeeded",
                        "1s inner succeeded after 1",
                        "1s run run stopping: succeeded, all jobs have ended",
                        "1s run run finished: succeeded");
    }

    @Test
    @Spec("A-066")
    void a_critical_failure_is_told_before_what_it_stops() {
        var flow = Workflow.named("flow").window(3);
        flow.action("bad", context -> {
            context.sleep(SECOND);
            throw new IllegalStateException("no");
        });
        flow.action("running", context -> context.sleep(Duration.ofHours(1)));
        flow.action("retrying", context -> {
                    throw new IllegalStateException("again");
                })
                .retry(RetryPolicy.retries(9).delay(Duration.ofHours(1)));
        flow.forever("forever", context -> context.sleep(Duration.ofDays(1)));
        flow.action("waiting", context -> {}).requires(flow.jobs().getFirst());

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms forever started #1",
                        "0ms bad started #1",
                        "0ms running started #1",
                        "0ms retrying started #1",
                        "0ms retrying retrying after #1 failed: again, in 1h",
                        "1s bad failed: no after 1",
                        "1s run run stopping: failed, critical job bad failed: no",
                        "1s retrying cancelled: bad failed after 1",
                        "1s waiting not run: bad failed after 0",
                        "1s running cancelled: bad failed after 1",
                        "1s forever cancelled: bad failed after 1",
                        "1s run run finished: failed");
    }

    @Test
    @Spec("A-067")
    void a_timeout_of_the_run_is_told_with_its_length() {
        var flow = Workflow.named("flow").timeout(SECOND);
        var slow = flow.action("slow", context -> context.sleep(Duration.ofHours(1)));
        flow.action("next", context -> {}).requires(slow);

        flow.run(options);

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms slow started #1",
                        "1s run run stopping: timed-out, timed out after 1s",
                        "1s next not run: run timed out after 0",
                        "1s slow cancelled: run timed out after 1",
                        "1s run run finished: timed-out");
    }

    @Test
    void a_cancellation_is_told_with_its_reason() throws InterruptedException {
        var stopped = ManualTime.stopped();
        var flow = Workflow.named("flow");
        flow.action("slow", context -> context.sleep(Duration.ofHours(1)));

        var run = flow.start(options.time(stopped));
        stopped.advance(SECOND);
        run.cancel("enough");
        run.await();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms slow started #1",
                        "1s run run stopping: cancelled, cancelled: enough",
                        "1s slow cancelled: enough after 1",
                        "1s run run finished: cancelled");
    }

    @Test
    void a_pause_is_told_once_and_so_is_its_end_and_who_waits_for_it() throws InterruptedException {
        var stopped = ManualTime.stopped();
        var flow = Workflow.named("flow");
        var first = flow.action("first", context -> context.sleep(SECOND));
        flow.action("second", context -> {}).requires(first);

        var run = flow.start(options.time(stopped));
        run.pause();
        run.pause();
        stopped.advance(Duration.ofSeconds(2));
        run.resume();
        run.resume();
        run.await();
        run.resume();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms first started #1",
                        "0ms run run paused",
                        "1s first succeeded after 1",
                        "1s second queued",
                        "2s run run resumed",
                        "2s second started #1",
                        "2s second succeeded after 1",
                        "2s run run stopping: succeeded, all jobs have ended",
                        "2s run run finished: succeeded");
    }

    @Test
    void nothing_is_told_after_the_run_has_finished_not_even_of_jobs_that_did_not_stop() throws InterruptedException {
        Signal released = time.signal();
        var ended = new CountDownLatch(1);
        var flow = Workflow.named("flow").timeout(SECOND).cancelGrace(SECOND);
        flow.action("stubborn", context -> {
            released.awaitUninterruptibly();
            context.log("still here");
            context.progress(1, "done");
            ended.countDown();
        });

        var run = flow.start(options);
        run.await();
        run.pause();
        run.resume();
        released.set();
        ended.await();
        time.awaitIdle();

        assertThat(trail.lines())
                .containsExactly(
                        "0ms run run started: flow",
                        "0ms stubborn started #1",
                        "1s run run stopping: timed-out, timed out after 1s",
                        "2s stubborn cancelled: run timed out, straggler after 1",
                        "2s run run finished: timed-out");
    }

    @Test
    void what_a_listener_throws_is_logged_and_disturbs_neither_the_run_nor_others_and_it_goes_on_being_told() {
        var heard = new EventTrail();
        var flow = Workflow.named("flow");
        flow.action("a", context -> {});

        var bad = RunOptions.defaults().time(time).listener(event -> {
            heard.on(event);
            throw new IllegalStateException("a bad listener");
        });
        List<String> logged = loggedWhile(() -> flow.run(bad.listener(trail)).orThrow());

        assertThat(heard.events()).isEqualTo(trail.events()).hasSize(5);
        assertThat(logged).hasSize(5).allMatch(line -> line.contains("a bad listener"));
    }

    @Test
    void a_slow_listener_delays_no_job_but_the_end_of_await() throws InterruptedException {
        var jobsDone = new CountDownLatch(2);
        var goOn = new CountDownLatch(1);
        var flow = Workflow.named("flow");
        var first = flow.action("first", jobsDone::countDown);
        flow.action("second", jobsDone::countDown).requires(first);

        var run = flow.start(RunOptions.defaults()
                .listener(event -> {
                    if (event instanceof RunEvent.RunStarted) {
                        awaitUninterruptibly(goOn);
                    }
                })
                .listener(trail));
        jobsDone.await(); // although the listener has not returned
        assertThat(run.await(Duration.ZERO)).isEmpty();
        assertThat(trail.events()).isEmpty();
        goOn.countDown();

        assertThat(run.await().succeeded()).isTrue();
        assertThat(trail.events().getLast()).isInstanceOf(RunEvent.RunFinished.class);
    }

    @Test
    void a_listener_that_hangs_delays_the_end_by_the_grace_period_and_no_more() {
        Signal released = time.signal();
        var flow = Workflow.named("flow").cancelGrace(Duration.ofSeconds(3));
        flow.action("a", context -> {});

        var hanging = RunOptions.defaults().time(time).listener(event -> released.awaitUninterruptibly());
        List<String> logged = loggedWhile(() -> flow.run(hanging).orThrow());

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(logged).singleElement().asString().contains("a listener has not returned");
        released.set();
    }

    /** What the library logs meanwhile, which is not written anywhere else. */
    private static List<String> loggedWhile(Runnable action) {
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage() + " " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger("io.orrery");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return lines;
    }

    @Test
    void a_listener_can_cancel_the_run_it_listens_to() throws InterruptedException {
        var run = new CompletableFuture<Run>();
        var flow = Workflow.named("flow");
        flow.action("a", context -> {});
        flow.action("b", context -> context.sleep(SECOND));

        run.complete(flow.start(options.listener(event -> {
            if (event instanceof RunEvent.JobFinished) {
                run.join().cancel("heard enough");
            }
        })));

        assertThat(run.join().await().why()).isEqualTo("cancelled: heard enough");
    }

    @Test
    void events_come_one_at_a_time_on_a_thread_that_belongs_to_no_job() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        var flow = Workflow.named("flow");
        for (int i = 0; i < 20; i++) {
            var length = Duration.ofMillis(i % 3);
            flow.action("job" + i, context -> context.sleep(length));
        }

        flow.run(options.listener(event -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    threads.add(Thread.currentThread().getName());
                    now.decrementAndGet();
                }))
                .orThrow();

        assertThat(most).hasValue(1);
        assertThat(threads).containsExactly("flow/events");
    }

    @Test
    void the_first_event_has_the_plan_of_the_run_and_the_last_one_its_report() {
        var flow = Workflow.named("flow");
        flow.action("a", context -> {});

        RunReport report = flow.run(options);

        assertThat(trail.events().getFirst())
                .isInstanceOfSatisfying(
                        RunEvent.RunStarted.class, one -> assertThat(one.plan()).isSameAs(report.plan()));
        assertThat(trail.events().getLast())
                .isInstanceOfSatisfying(
                        RunEvent.RunFinished.class,
                        one -> assertThat(one.report()).isSameAs(report));
    }

    @Test
    void every_event_of_a_run_has_its_id_and_those_of_jobs_their_path() {
        var flow = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("work", context -> context.log("hi"));
        flow.add(inner);
        var other = Workflow.named("outer");
        other.action("work", context -> context.log("hi"));

        String id = flow.run(options).id();
        var otherTrail = new EventTrail();
        String otherId =
                other.run(RunOptions.defaults().time(time).listener(otherTrail)).id();

        assertThat(id).hasSize(26).isNotEqualTo(otherId);
        assertThat(trail.events()).extracting(RunEvent::runId).containsOnly(id);
        assertThat(otherTrail.events()).extracting(RunEvent::runId).containsOnly(otherId);
        assertThat(paths(trail)).containsExactly("inner", "inner/work", "inner/work", "inner/work", "inner");
        assertThat(paths(otherTrail)).containsExactly("work", "work", "work");
    }

    private static List<String> paths(EventTrail trail) {
        return trail.events().stream()
                .filter(RunEvent.JobEvent.class::isInstance)
                .map(RunEvent::path)
                .toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
