package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.failingAt;
import static io.orrery.scope.Stand.stubbornAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure is received by somebody or reported, once. */
class FailureReportsTest {

    private final Stand stand = new Stand();
    private final IllegalStateException failure = new IllegalStateException("no");

    private List<Throwable> reported() {
        return stand.problems.stream().map(ScopeProblem::cause).toList();
    }

    @Test
    @Spec({"GT02", "J-018"})
    void a_failure_is_reported_if_who_waited_was_interrupted_before() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var waiter = stand.calls(job::await);
        waiter.interrupt();
        gate.set();
        scope.close();

        assertThat(reported()).containsExactly(failure);
    }

    @Test
    @Spec({"GT02", "J-018"})
    void a_failure_is_reported_if_who_waited_has_lost_patience_before() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var waiter = stand.calls(() -> job.await(SECOND));
        stand.time.advance(SECOND);
        assertThat(waiter.thrown()).isInstanceOf(TimeoutException.class).hasMessageEndingWith("it goes on");
        assertThat(job.isActive()).isTrue();
        gate.set();
        scope.close();

        assertThat(reported()).containsExactly(failure);
    }

    @Test
    @Spec("GT02")
    void a_failure_that_one_of_several_receives_is_not_reported() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var one = stand.calls(job::await);
        var other = stand.calls(job::await);
        one.interrupt();
        gate.set();

        assertThat(other.thrown()).isInstanceOf(ExecutionException.class);
        scope.close();
        assertThat(stand.problems).isEmpty();
    }

    @Test
    @Spec({"J-019", "GT02"})
    void a_wait_that_was_to_cancel_and_was_interrupted_cancels_nothing_later() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", at(gate));
        var waiter = stand.calls(() -> job.awaitOrCancel(SECOND));
        waiter.interrupt();
        stand.time.advance(SECOND.multipliedBy(10));

        assertThat(job.isActive()).isTrue();
        gate.set();
        assertThat(job.await()).isEqualTo("done");
        scope.close();
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT04", "J-026"})
    void a_handler_that_throws_harms_nothing_and_the_next_one_is_told(Threads threads) throws Exception {
        var logged = new ArrayList<LogRecord>();
        JobScope scope = JobScope.named("scope")
                .time(stand.time)
                .threads(threads)
                .limit(1)
                .onFailure(problem -> {
                    throw new IllegalArgumentException("bad handler");
                })
                .onFailure(stand.problems::add)
                .open();
        logging(logged, () -> {
            ScopedJob<?> bad = scope.spawn("bad", () -> {
                throw failure;
            });
            ScopedJob<Integer> next = scope.spawn("next", () -> 1);

            assertThat(next.await()).isEqualTo(1);
            scope.close();
            assertThat(bad.isEnded()).isTrue();
        });

        assertThat(reported()).containsExactly(failure);
        assertThat(logged)
                .extracting(LogRecord::getMessage)
                .containsExactly("A failure handler threw on: Job processing failed: job \"bad\" of scope \"scope\"");
        assertThat(scope).isEmpty();
    }

    @Test
    @Spec("J-024")
    void without_a_handler_failures_are_logged() throws Exception {
        var logged = new ArrayList<LogRecord>();
        logging(logged, () -> {
            try (JobScope scope = JobScope.named("scope").open()) {
                scope.spawnAction("bad", () -> {
                    throw failure;
                });
            }
        });

        assertThat(logged).singleElement().satisfies(one -> {
            assertThat(one.getMessage()).isEqualTo("Job processing failed: job \"bad\" of scope \"scope\"");
            assertThat(one.getThrown()).isSameAs(failure);
        });
    }

    private static void logging(List<LogRecord> records, Stand.Action action) throws Exception {
        var handler = new Handler() {
            @Override
            public synchronized void publish(LogRecord one) {
                records.add(one);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.orrery");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            action.run();
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
    }

    @Test
    @Spec("J-025")
    void being_cancelled_is_no_failure() throws Exception {
        JobScope scope = stand.options().open();
        scope.spawn("cancelled", at(stand.gate())).cancel();
        scope.spawn("left", at(stand.gate()));
        scope.cancel();

        assertThat(stand.problems).isEmpty();
    }

    @Test
    void an_interrupt_of_its_own_is_a_failure() throws Exception {
        try (JobScope scope = stand.options().open()) {
            scope.spawnAction("job", () -> {
                throw new InterruptedException("mine");
            });
        }

        assertThat(reported()).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    void what_depends_on_the_future_receives_the_failure() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        CompletableFuture<String> view = job.toCompletableFuture();
        assertThat(job.toCompletableFuture()).isSameAs(view);
        var handled = view.handle((value, thrown) -> String.valueOf(thrown));
        gate.set();
        scope.close();

        assertThat(handled.join()).isEqualTo(failure.toString());
        assertThatThrownBy(view::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(failure);
        assertThat(stand.problems).isEmpty();
    }

    @Test
    void a_future_that_nothing_depends_on_receives_nothing_and_cancelling_it_changes_nothing() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        job.toCompletableFuture().cancel(true);
        assertThat(job.isActive()).isTrue();
        gate.set();
        scope.close();

        assertThat(reported()).containsExactly(failure);
    }

    @Test
    void the_future_of_a_job_that_has_ended_is_complete() throws Exception {
        JobScope scope = stand.options().limit(1).open();
        ScopedJob<Integer> job = scope.spawn("job", () -> 1);
        job.await();
        ScopedJob<String> active = scope.spawn("active", at(stand.gate()));
        ScopedJob<String> pending = scope.spawn("pending", at(stand.gate()));
        CompletableFuture<String> view = active.toCompletableFuture();
        scope.cancel();

        assertThat(job.toCompletableFuture()).isCompletedWithValue(1);
        assertThatThrownBy(view::join).isInstanceOf(CancellationException.class);
        assertThat(pending.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    @Spec({"J-020", "GT03"})
    void who_waits_and_cancels_waits_no_longer_than_patience_and_close_timeout() throws Exception {
        JobScope scope = stand.options().closeTimeout(SECOND).open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", stubbornAt(gate));
        stand.time.awaitIdle();
        var waiter = stand.calls(() -> job.awaitOrCancel(SECOND));
        stand.time.advance(SECOND.multipliedBy(2));

        assertThat(waiter.thrown())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("job \"job\" has not ended within 1s and does not react to being cancelled");
        assertThat(stand.time.elapsed()).isEqualTo(SECOND.multipliedBy(2));
        assertThat(scope.stuck()).containsExactly(job);
        gate.set();
        assertThat(job.await()).isEqualTo("done");
        assertThat(scope.stuck()).isEmpty();
        scope.close();
    }

    @Test
    @Spec("J-020")
    void a_value_returned_after_being_cancelled_is_the_result() throws Exception {
        JobScope scope = stand.options().open();
        ScopedJob<String> job = scope.spawn("job", () -> {
            try {
                stand.gate().await();
                return "never";
            } catch (InterruptedException e) {
                return "in time";
            }
        });
        var waiter = stand.calls(() -> job.awaitOrCancel(SECOND));
        stand.time.advance(SECOND);

        assertThat(waiter.value()).isEqualTo("in time");
        scope.close();
    }

    @Test
    @Spec("J-020")
    void patience_counts_the_time_that_a_job_is_pending() throws Exception {
        JobScope scope = stand.options().limit(1).open();
        scope.spawn("active", at(stand.gate()));
        ScopedJob<String> pending = scope.spawn("pending", at(stand.gate()));
        var waiter = stand.calls(() -> pending.awaitOrCancel(SECOND));
        stand.time.advance(SECOND);

        assertThat(waiter.thrown()).isInstanceOf(TimeoutException.class).hasMessageEndingWith("and was cancelled");
        assertThat(scope.pending()).isZero();
        scope.cancel();
    }
}
