package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.answering;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.failingAt;
import static io.orrery.scope.Stand.stubbornAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tests of aiojobs' jobs, in Java. */
class UpstreamJobTest {

    private final Stand stand = new Stand();
    private final JobScope scope = stand.options().limit(1).open();

    @AfterEach
    void close() throws InterruptedException {
        scope.cancel();
        stand.time.awaitIdle();
        assertThat(stand.problems).isEmpty();
    }

    @Test
    @Spec({"J-016", "J-009"})
    void a_job_that_was_spawned_is_active() throws InterruptedException {
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));

        assertThat(job.isActive()).isTrue();
        assertThat(job.isEnded()).isFalse();
        assertThat(job.isPending()).isFalse();
        assertThat(job).hasToString("job \"job\" (running)");
    }

    @Test
    @Spec({"J-016", "J-009"})
    void a_job_that_was_awaited_has_ended() throws Exception {
        ScopedJob<String> job = scope.spawn("job", () -> "value");
        job.await();

        assertThat(job.isActive()).isFalse();
        assertThat(job.isEnded()).isTrue();
        assertThat(job.isPending()).isFalse();
        assertThat(job).hasToString("job \"job\" (succeeded)");
    }

    @Test
    @Spec({"J-016", "J-021"})
    void a_job_that_was_cancelled_has_ended() throws Exception {
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));
        job.cancel();

        assertThat(job.isEnded()).isTrue();
        assertThat(job.isActive()).isFalse();
        assertThat(job).hasToString("job \"job\" (cancelled)");
    }

    @Test
    @Spec({"J-016", "J-011", "J-009"})
    void a_job_beyond_the_limit_is_pending() throws InterruptedException {
        scope.spawn("job", at(stand.gate()));
        ScopedJob<String> job = scope.spawn("pending", at(stand.gate()));

        assertThat(job.isPending()).isTrue();
        assertThat(job.isActive()).isFalse();
        assertThat(job.isEnded()).isFalse();
        assertThat(job).hasToString("job \"pending\" (queued)");
    }

    @Test
    @Spec({"J-013", "J-016"})
    void cancelling_the_active_job_begins_the_pending_one() throws Exception {
        ScopedJob<String> active = scope.spawn("job", at(stand.gate()));
        ScopedJob<String> pending = scope.spawn("pending", at(stand.gate()));

        active.cancel();

        assertThat(pending.isActive()).isTrue();
        assertThat(pending.isPending()).isFalse();
    }

    @Test
    @Spec("J-017")
    void waiting_gives_the_value_again_and_again() throws Exception {
        ScopedJob<Integer> job = scope.spawn("job", () -> 1);

        assertThat(job.await()).isEqualTo(1);
        assertThat(job.await()).isEqualTo(1);
        assertThat(job.await(Duration.ZERO)).isEqualTo(1);
    }

    @Test
    @Spec("J-017")
    void waiting_throws_the_very_object_that_the_body_threw() throws Exception {
        var failure = new RuntimeException("no");
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var waiter = stand.calls(job::await);
        gate.set();

        assertThat(waiter.thrown())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    @Spec("J-023")
    void an_answer_to_being_cancelled_is_thrown_to_who_cancels() throws Exception {
        var failure = new RuntimeException("no");
        ScopedJob<String> job = scope.spawn("job", answering(stand.gate(), failure));
        stand.time.awaitIdle();

        assertThatThrownBy(job::cancel)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    @Spec({"J-023", "J-021"})
    void a_job_that_does_not_stop_in_time_is_a_timeout_for_who_cancels() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", stubbornAt(gate));
        stand.time.awaitIdle();
        var closer = stand.runs(() -> job.cancel(SECOND));

        stand.time.advance(SECOND);

        assertThat(closer.thrown())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("job \"job\" does not react to being cancelled");
        gate.set();
        job.await();
    }

    @Test
    @Spec("J-017")
    void a_pending_job_can_be_awaited() throws Exception {
        var gate = stand.gate();
        scope.spawn("job", at(gate));
        ScopedJob<Integer> pending = scope.spawn("pending", () -> 1);
        var waiter = stand.calls(pending::await);
        assertThat(waiter.isDone()).isFalse();

        gate.set();

        assertThat(waiter.value()).isEqualTo(1);
    }

    @Test
    @Spec("J-019")
    void interrupting_who_waits_does_not_cancel_the_job() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", at(gate));
        var waiter = stand.calls(job::await);
        waiter.interrupt();

        assertThat(waiter.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(job.isActive()).isTrue();
        gate.set();
        assertThat(job.await()).isEqualTo("done");
    }

    @Test
    @Spec("J-017")
    void waiting_for_a_job_that_has_failed_throws_its_exception_each_time() throws Exception {
        var failure = new RuntimeException("no");
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var waiter = stand.calls(job::await);
        gate.set();
        waiter.thrown();

        assertThatThrownBy(job::await)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
    }

    @Test
    @Spec("J-021")
    void cancelling_a_job_that_has_failed_does_nothing() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, new RuntimeException("no")));
        var waiter = stand.calls(job::await);
        gate.set();
        waiter.thrown();

        job.cancel();

        assertThat(job).hasToString("job \"job\" (failed)");
    }

    @Test
    @Spec("J-023")
    void interrupting_who_cancels_ends_their_wait() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", stubbornAt(gate));
        stand.time.awaitIdle();
        var closer = stand.runs(() -> job.cancel(SECOND));
        closer.interrupt();

        assertThat(closer.thrown()).isInstanceOf(InterruptedException.class);
        gate.set();
        job.await();
    }

    @Test
    @Spec("J-023")
    void who_is_interrupted_as_the_job_ends_is_not_left_waiting() throws Exception {
        for (int i = 0; i < 100; i++) {
            var gate = stand.gate();
            ScopedJob<String> job = scope.spawn("job", stubbornAt(gate));
            stand.time.awaitIdle();
            var closer = stand.runs(() -> job.cancel(SECOND));
            gate.set();
            closer.interrupt();

            assertThat(closer.thrown() == null || closer.thrown() instanceof InterruptedException)
                    .isTrue();
            assertThat(job.await()).isEqualTo("done");
        }
    }

    @Test
    @Spec("J-017")
    void a_job_that_has_succeeded_gives_its_value_also_when_it_is_cancelled_then() throws Exception {
        ScopedJob<Integer> job = scope.spawn("job", () -> 5);
        job.await();
        job.cancel();

        assertThat(job.await()).isEqualTo(5);
    }

    @Test
    @Spec({"J-017", "J-022"})
    void waiting_for_a_job_that_was_cancelled_tells_that() throws Exception {
        ScopedJob<String> active = scope.spawn("job", at(stand.gate()));
        var ran = new AtomicBoolean();
        ScopedJob<Boolean> pending = scope.spawn("pending", () -> ran.getAndSet(true));

        pending.cancel();
        active.cancel();

        assertThatThrownBy(active::await)
                .isInstanceOf(CancellationException.class)
                .hasMessage("job \"job\" was cancelled: cancelled");
        assertThatThrownBy(pending::await).isInstanceOf(CancellationException.class);
        assertThat(ran).isFalse();
    }

    @Test
    @Spec("J-014")
    void a_job_and_its_thread_have_the_name_that_was_given() throws Exception {
        ScopedJob<String> job =
                scope.spawn("given", () -> Thread.currentThread().getName());

        assertThat(job.name()).isEqualTo("given");
        assertThat(job.await()).isEqualTo("given");
    }

    @Test
    @Spec("J-014")
    void a_job_without_a_name_has_that_of_its_scope_and_a_number() throws Exception {
        ScopedJob<String> job = scope.spawn(() -> Thread.currentThread().getName());

        assertThat(job.name()).isEqualTo("scope-1");
        assertThat(job.await()).isEqualTo("scope-1");
        assertThat(scope.spawn(() -> 1).name()).isEqualTo("scope-2");
    }

    @Test
    @Spec("J-014")
    void a_job_can_be_renamed_before_it_begins_and_after() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> active = scope.spawn("active", () -> {
            gate.await();
            return Thread.currentThread().getName();
        });
        ScopedJob<String> pending =
                scope.spawn("pending", () -> Thread.currentThread().getName());
        stand.time.awaitIdle();

        active.rename("first");
        pending.rename("second");
        gate.set();

        assertThat(active.name()).isEqualTo("first");
        assertThat(active.await()).isEqualTo("first");
        assertThat(pending.await()).isEqualTo("second");
    }
}
