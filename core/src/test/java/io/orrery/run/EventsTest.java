package io.orrery.run;

import static io.orrery.run.Stage.fails;
import static io.orrery.run.Stage.ms;
import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunEvent;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What listeners are told, and what they may do to a run: nothing. */
@Spec("GB-30")
class EventsTest {
    private final Stage stage = new Stage();

    @Test
    void everything_that_happens_is_told_in_order_with_its_time() throws InterruptedException {
        var w = Workflow.named("w").window(1);
        var a = w.action("a", ctx -> {
            ctx.sleep(ms(1));
            ctx.progress(0.5, "half");
            ctx.log("hello");
        });
        w.action("b", ctx -> {
                    if (ctx.attempt() == 1) {
                        throw new Exception("boom");
                    }
                })
                .retry(RetryPolicy.retries(1).delay(ms(2)));
        w.action("c", takes(1)).requires(Condition.failed(a));

        stage.run(w, run -> {
            stage.at(2, run::pause);
            stage.at(4, run::resume);
        });

        assertThat(stage.trail())
                .containsExactly(
                        "0 run begins",
                        "0 a begins",
                        "0 b queued",
                        "1 a progress 0.5",
                        "1 a says hello",
                        "1 a succeeded",
                        "1 c skipped",
                        "1 b begins",
                        "1 b retries after 2",
                        "2 run paused",
                        "3 b queued",
                        "4 run resumed",
                        "4 b begins again",
                        "4 b succeeded",
                        "4 run stops: all jobs have ended",
                        "4 run succeeded");
    }

    @Test
    void events_carry_the_id_of_the_run_and_the_first_one_its_plan() throws InterruptedException {
        List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
        var w = Workflow.named("w");
        w.action("a", takes(1));

        var report = stage.run(w, stage.options().listener(events::add), run -> {});

        assertThat(events)
                .extracting(RunEvent::runId)
                .containsOnly(report.summary().identity().runId());
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        RunEvent.RunStarted.class, one -> assertThat(one.plan()).isSameAs(report.plan()));
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        RunEvent.RunFinished.class,
                        one -> assertThat(one.report()).isSameAs(report));
    }

    @Test
    void events_come_one_at_a_time_on_a_thread_that_belongs_to_no_job() throws InterruptedException {
        var atOnce = new AtomicInteger();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        var w = Workflow.named("w");
        for (int i = 0; i < 20; i++) {
            w.action("job", takes(i % 3));
        }

        stage.run(
                w,
                stage.options().listener(event -> {
                    assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                    threads.add(Thread.currentThread().getName());
                    atOnce.decrementAndGet();
                }),
                run -> {});

        assertThat(threads).containsExactly("w/events");
    }

    @Test
    void what_a_listener_throws_is_logged_and_neither_the_run_nor_the_others_notice() throws InterruptedException {
        var heard = new ArrayList<RunEvent>();
        var w = Workflow.named("w");
        w.action("a", takes(1));
        var logged = new ArrayList<String>();
        var handler = handler(logged);
        var logger = Logger.getLogger("io.orrery");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            var options = RunOptions.defaults()
                    .time(stage.time)
                    .listener(event -> {
                        throw new IllegalStateException("a bad listener");
                    })
                    .listener(heard::add);

            assertThat(stage.run(w, options, run -> {}).succeeded()).isTrue();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }

        assertThat(heard).hasSize(5);
        assertThat(logged).hasSize(5).allMatch(line -> line.contains("a bad listener"));
    }

    private static Handler handler(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage() + " " + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void a_slow_listener_delays_no_job_but_is_told_everything_before_the_run_is_over() throws InterruptedException {
        var heard = new AtomicInteger();
        var w = Workflow.named("w");
        var a = w.action("a", takes(1));
        w.action("b", takes(1)).requires(a);

        var report = stage.run(
                w,
                stage.options().listener(event -> {
                    sleep(50);
                    heard.incrementAndGet();
                }),
                run -> {});

        assertThat(report.summary().elapsed()).isEqualTo(ms(2));
        assertThat(heard).hasValue(7);
        assertThat(stage.time.elapsed()).isEqualTo(ms(350));
    }

    private void sleep(long millis) {
        try {
            stage.time.sleep(ms(millis));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_listener_that_hangs_holds_up_the_end_for_the_grace_period_and_no_longer() throws InterruptedException {
        var release = stage.time.signal();
        var w = Workflow.named("w").cancelGrace(ms(30));
        w.action("a", takes(1));
        var endedAt = new AtomicReference<Object>();
        var logger = Logger.getLogger("io.orrery");
        logger.setUseParentHandlers(false);
        try {
            stage.play(() -> {
                w.run(stage.options().listener(event -> release.awaitUninterruptibly()));
                endedAt.set(stage.time.elapsed());
                release.set();
            });
        } finally {
            logger.setUseParentHandlers(true);
        }

        assertThat(endedAt.get()).isEqualTo(ms(31));
    }

    @Test
    void a_listener_can_cancel_the_run_it_listens_to() throws InterruptedException {
        var run = new AtomicReference<Run>();
        var w = Workflow.named("w");
        w.action("a", fails(1, new Exception("boom"))).critical(false);
        w.action("b", takes(9));

        var report = stage.run(
                w,
                stage.options().listener(event -> {
                    if (event instanceof RunEvent.JobFinished) {
                        run.get().cancel("heard enough");
                    }
                }),
                run::set);

        assertThat(report.why()).isEqualTo("cancelled: heard enough");
    }

    @Test
    void in_real_time_all_events_have_been_told_when_the_wait_for_the_end_returns() {
        var told = new CountDownLatch(5);
        var w = Workflow.named("w");
        w.action("a", () -> {});

        w.run(RunOptions.defaults().listener(event -> told.countDown()));

        assertThat(told.getCount()).isZero();
    }
}
