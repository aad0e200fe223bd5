package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.stubbornAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosingTest {

    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private final Stand stand = new Stand();

    @Test
    @Spec({"GT05", "J-028"})
    void a_second_close_waits_for_the_first() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        scope.spawn("job", at(gate));
        var first = stand.runs(scope::close);
        var second = stand.runs(scope::close);
        assertThat(first.isDone()).isFalse();
        assertThat(second.isDone()).isFalse();

        gate.set();

        first.value();
        second.value();
        scope.close();
    }

    @Test
    @Spec({"GT05", "J-028"})
    void those_who_wait_to_spawn_fail_at_once_when_the_scope_closes() throws Exception {
        JobScope scope = stand.options().limit(1).pendingLimit(1).open();
        var gate = stand.gate();
        scope.spawn("active", stubbornAt(gate));
        stand.time.awaitIdle();
        scope.spawn("pending", at(gate));
        var ran = new AtomicBoolean();
        var spawner = stand.calls(() -> scope.spawn("blocked", () -> ran.getAndSet(true)));
        var patient = stand.calls(() -> scope.trySpawn("patient", SECOND, () -> ran.getAndSet(true)));
        var closer = stand.runs(scope::cancel);

        assertThat(closer.isDone()).isFalse();
        assertThat(spawner.thrown()).isInstanceOf(IllegalStateException.class).hasMessageContaining("\"blocked\"");
        assertThat(patient.thrown()).isInstanceOf(IllegalStateException.class).hasMessageContaining("\"patient\"");
        stand.time.advance(TIMEOUT);
        closer.value();
        gate.set();
        stand.time.awaitIdle();
        assertThat(ran).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT05", "J-028"})
    void cancelling_a_pending_job_begins_no_other(Threads threads) throws Exception {
        JobScope scope = stand.options().limit(1).threads(threads).open();
        var gate = stand.gate();
        var most = new AtomicInteger();
        var inside = new AtomicInteger();
        ScopedJob<Integer> active = scope.spawn("active", () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            gate.await();
            return inside.decrementAndGet();
        });
        stand.time.awaitIdle();
        ScopedJob<String> cancelled = scope.spawn("cancelled", at(gate));
        ScopedJob<Integer> behind =
                scope.spawn("behind", () -> most.accumulateAndGet(inside.incrementAndGet(), Math::max));
        cancelled.cancel();
        stand.time.awaitIdle();

        assertThat(scope).containsExactly(active, behind);
        assertThat(behind.isPending()).isTrue();
        assertThat(scope.active()).isOne();
        gate.set();
        assertThat(behind.await()).isOne();
        scope.close();
    }

    @Test
    @Spec({"GT05", "J-007", "J-027", "J-016"})
    void stuck_jobs_stay_listed_and_keep_their_place() throws Exception {
        JobScope scope = stand.options().limit(1).open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("stuck", stubbornAt(gate));
        stand.time.awaitIdle();
        ScopedJob<String> pending = scope.spawn("pending", at(gate));
        stand.time.awaitIdle();
        var closer = stand.runs(scope::cancel);
        assertThat(job.isActive()).isTrue();
        assertThat(job).hasToString("job \"stuck\" (running, stopping)");
        stand.time.advance(TIMEOUT);
        closer.value();

        assertThat(pending.state()).isEqualTo(State.NOT_RUN);
        assertThat(scope).containsExactly(job);
        assertThat(scope.stuck()).containsExactly(job);
        assertThat(scope.snapshot().jobs())
                .containsExactly(new ScopeSnapshot.JobLine("stuck", State.RUNNING, true, true));
        gate.set();
        assertThat(job.await()).isEqualTo("done");
        assertThat(scope.stuck()).isEmpty();
        assertThat(scope).isEmpty();
    }

    @Test
    @Spec({"GT03", "J-027"})
    void however_many_do_not_stop_closing_takes_one_close_timeout() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        for (int i = 0; i < 10; i++) {
            scope.spawn("job" + i, stubbornAt(gate));
        }
        stand.time.awaitIdle();
        var caller = stand.calls(() -> scope.shield("work", stubbornAt(gate)));
        var closer = stand.runs(scope::cancel);
        stand.time.advance(TIMEOUT);

        closer.value();
        assertThat(stand.problems).hasSize(11);
        assertThat(scope.snapshot().shielded()).isOne();
        gate.set();
        assertThat(caller.value()).isEqualTo("done");
    }

    @Test
    @Spec("GT03")
    void a_handler_that_hangs_does_not_keep_the_scope_from_closing() throws Exception {
        var gate = stand.gate();
        JobScope scope = JobScope.named("scope")
                .time(stand.time)
                .waitTimeout(SECOND)
                .onFailure(problem -> gate.awaitUninterruptibly())
                .open();
        scope.spawnAction("job", () -> {
            throw new IllegalStateException("no");
        });
        var closer = stand.runs(scope::close);
        stand.time.advance(SECOND.plus(TIMEOUT).plus(TIMEOUT));

        closer.value();
        gate.set();
        stand.time.awaitIdle();
    }

    @Test
    void cancelling_hurries_a_close_that_is_waiting() throws Exception {
        JobScope scope = stand.options().open();
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));
        var closer = stand.runs(scope::close);
        assertThat(scope.isClosed()).isFalse();

        scope.cancel();

        closer.value();
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(job.outcome().orElseThrow().because()).isEqualTo("the scope was cancelled");
    }

    @Test
    void interrupting_who_closes_cancels_what_is_left_and_leaves_them_interrupted() throws Exception {
        JobScope scope = stand.options().open();
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));
        var closer = stand.runs(scope::close);
        closer.interrupt();

        closer.value();
        assertThat(closer.leftInterrupted()).isTrue();
        assertThat(job.state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void a_job_can_not_close_its_own_scope() throws Exception {
        JobScope scope = stand.options().open();
        ScopedJob<?> job = scope.spawnAction("job", scope::cancel);
        stand.time.awaitIdle();

        assertThat(job.outcome().flatMap(outcome -> outcome.failure()))
                .get()
                .isInstanceOf(IllegalStateException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("A scope waits for its jobs when it closes, but is being closed by one of them, \"job\". "
                        + "Close it from outside, or in a thread of its own.");
        scope.close();
    }

    @Test
    void without_a_close_timeout_closing_waits_for_as_long_as_it_takes() throws Exception {
        JobScope scope = stand.options().withoutCloseTimeout().open();
        var gate = stand.gate();
        scope.spawn("job", stubbornAt(gate));
        stand.time.awaitIdle();
        var closer = stand.runs(scope::cancel);
        stand.time.advance(Duration.ofDays(1));
        assertThat(closer.isDone()).isFalse();
        gate.set();

        closer.value();
        assertThat(stand.problems).isEmpty();
    }

    @Test
    @Spec("GT05")
    void a_job_may_only_take_its_timeout() throws Exception {
        JobScope scope = stand.options().open();
        ScopedJob<String> job = scope.timeout(SECOND).spawn("slow", at(stand.gate()));
        ScopedJob<Optional<Instant>> knows = scope.timeout(SECOND).spawn("knows", context -> context.deadline());
        assertThat(knows.await()).contains(stand.time.instant().plus(SECOND));
        stand.time.advance(SECOND);

        assertThat(job.state()).isEqualTo(State.TIMED_OUT);
        assertThatThrownBy(job::await).hasMessage("job \"slow\" took longer than 1s");
        assertThat(stand.problems).extracting(ScopeProblem::job).containsExactly(job);
        scope.close();
    }

    @Test
    @Spec("GT05")
    void a_job_has_to_have_ended_by_its_deadline_also_if_it_is_pending() throws Exception {
        JobScope scope = stand.options().limit(1).open();
        Spawner soon = scope.deadline(stand.time.instant().plus(SECOND));
        ScopedJob<String> active = soon.timeout(SECOND.multipliedBy(2)).spawn("active", at(stand.gate()));
        ScopedJob<String> pending = soon.spawn("pending", at(stand.gate()));
        ScopedJob<String> other = scope.spawn("other", at(stand.gate()));
        stand.time.advance(SECOND);

        assertThat(active.state()).isEqualTo(State.TIMED_OUT);
        assertThat(pending.state()).isEqualTo(State.TIMED_OUT);
        assertThat(scope).containsExactly(other);
        assertThat(stand.problems).extracting(ScopeProblem::job).containsExactlyInAnyOrder(active, pending);
        scope.cancel();
    }

    @Test
    @Spec({"J-002", "J-008"})
    void very_many_pending_jobs_can_be_cancelled_and_are_swept_out() throws Exception {
        JobScope scope = stand.options().limit(1).pendingLimit(10).open();
        var gate = stand.gate();
        scope.spawn("active", at(gate));
        for (int i = 0; i < 1_000; i++) {
            assertThat(scope.spawn("job", at(gate)).requestCancel()).isTrue();
        }
        ScopedJob<String> last = scope.spawn("last", at(gate));

        assertThat(scope.pending()).isOne();
        assertThat(((OpenScope) scope).crew.line.jobs()).hasSizeLessThan(200);
        gate.set();
        assertThat(last.await()).isEqualTo("done");
        scope.close();
    }

    @Test
    void scopes_that_are_to_be_closed_at_the_exit_are_closed_in_their_order() throws Exception {
        List<JobScope> scopes = List.of(named("intake"), named("closed before"), named("work"));
        scopes.forEach(CloseAtExit::of);
        scopes.get(1).close();
        stand.time.awaitIdle();
        stand.log.clear();

        CloseAtExit.closeAll();

        stand.time.awaitIdle();
        assertThat(stand.log).containsExactly("intake", "work");
        assertThat(scopes).allMatch(JobScope::isClosed);
    }

    private JobScope named(String name) {
        return JobScope.named(name)
                .time(stand.time)
                .listener(event -> {
                    if (event instanceof ScopeEvent.ScopeClosing) {
                        stand.log.add(name);
                    }
                })
                .open();
    }
}
