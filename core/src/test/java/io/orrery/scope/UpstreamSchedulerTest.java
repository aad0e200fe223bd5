package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.answering;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.failingAt;
import static io.orrery.scope.Stand.stubbornAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.scope.ScopeProblem.Kind;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tests of aiojobs' scheduler, but for those on waiting for its end, in Java. */
class UpstreamSchedulerTest {

    private final Stand stand = new Stand();
    private final JobScope scope = stand.options().open();

    @AfterEach
    void close() {
        scope.cancel();
    }

    @Test
    @Spec("J-001")
    void a_new_scope_has_no_jobs() {
        assertThat(scope).isEmpty();
        assertThat(scope.size()).isZero();
        assertThat(scope.isClosed()).isFalse();
    }

    @Test
    @Spec("J-005")
    void a_scope_is_opened_by_any_thread_and_used_by_all() throws InterruptedException {
        JobScope other = stand.calls(() -> stand.options().open()).value();

        var gate = stand.gate();
        ScopedJob<String> mine = other.spawn("mine", at(gate));
        ScopedJob<String> theirs =
                stand.calls(() -> other.spawn("theirs", at(gate))).value();

        assertThat(other).containsExactly(mine, theirs);
        other.cancel();
    }

    @Test
    @Spec({"J-007", "J-010", "J-011"})
    void a_spawned_job_is_the_only_one_of_its_scope() throws InterruptedException {
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));

        assertThat(job.isEnded()).isFalse();
        assertThat(scope).containsExactly(job);
        assertThat(scope.size()).isOne();
        assertThat(scope.contains(job)).isTrue();
        assertThat(job.scope()).isSameAs(scope);
    }

    @Test
    @Spec({"J-007", "J-017"})
    void waiting_gives_the_value_and_the_job_has_left_then() throws Exception {
        ScopedJob<Integer> job = scope.spawn("job", () -> 1);

        assertThat(job.await()).isEqualTo(1);

        assertThat(job.isEnded()).isTrue();
        assertThat(scope.contains(job)).isFalse();
        assertThat(scope).isEmpty();
    }

    @Test
    @Spec({"J-017", "J-018"})
    void a_failure_is_thrown_to_who_waits_and_not_reported() throws Exception {
        var failure = new IllegalStateException("no");
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", failingAt(gate, failure));
        var waiter = stand.calls(job::await);

        gate.set();

        assertThat(waiter.thrown())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        stand.time.awaitIdle();
        assertThat(stand.problems).isEmpty();
        assertThat(scope).isEmpty();
    }

    @Test
    @Spec("J-024")
    void a_failure_that_nobody_waits_for_is_reported_with_scope_job_and_cause() throws InterruptedException {
        var failure = new IllegalStateException("no");
        ScopedJob<?> job = scope.spawnAction("job", () -> {
            throw failure;
        });
        stand.time.awaitIdle();

        assertThat(stand.problems).containsExactly(new ScopeProblem(scope, job, Kind.FAILED, failure, null));
        assertThat(stand.problems.getFirst().message()).isEqualTo("Job processing failed");
        assertThat(stand.problems.getFirst().spawnedAt()).isEmpty();
    }

    @Test
    @Spec("J-024")
    void a_scope_that_traces_spawns_reports_where_the_job_was_spawned() throws InterruptedException {
        JobScope tracing = stand.options().traceSpawns().open();
        tracing.spawnAction("job", () -> {
            throw new IllegalStateException("no");
        });
        tracing.close();

        assertThat(stand.problems)
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.spawnedAt().orElseThrow().getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().startsWith("a_scope_that_traces_spawns")));
    }

    @Test
    @Spec({"J-024", "J-025"})
    void a_job_that_fails_as_the_scope_closes_is_reported() throws InterruptedException {
        var failure = new IllegalStateException("no");
        ScopedJob<?> job = scope.spawn("job", answering(stand.gate(), failure));
        stand.time.awaitIdle();

        scope.cancel();

        assertThat(stand.problems).containsExactly(new ScopeProblem(scope, job, Kind.FAILED, failure, null));
    }

    @Test
    @Spec("J-009")
    void the_text_of_a_scope_tells_how_many_jobs_it_has_and_whether_it_is_closed() throws InterruptedException {
        JobScope narrow = stand.options().limit(1).open();
        assertThat(narrow).hasToString("scope \"scope\" (0 active, 0 pending)");
        narrow.spawn("job", at(stand.gate()));
        narrow.spawn("other", at(stand.gate()));
        assertThat(narrow).hasToString("scope \"scope\" (1 active, 1 pending)");
        narrow.cancel();
        assertThat(narrow).hasToString("scope \"scope\" (closed, 0 active, 0 pending)");
    }

    @Test
    @Spec("J-027")
    void closing_ends_all_jobs_and_leaves_no_count() throws InterruptedException {
        JobScope narrow = stand.options().limit(5).open();
        for (int i = 0; i < 10; i++) {
            narrow.spawn("job" + i, at(stand.gate()));
        }
        ScopedJob<?> first = narrow.iterator().next();
        assertThat(narrow.size()).isEqualTo(10);

        narrow.cancel();

        assertThat(first.isEnded()).isTrue();
        assertThat(narrow.size() + narrow.active() + narrow.pending()).isZero();
        assertThat(stand.problems).isEmpty();
    }

    @Test
    @Spec({"J-018", "J-020", "J-017"})
    void who_waits_and_cancels_has_the_job_end_with_a_timeout() throws Exception {
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));
        var waiter = stand.calls(() -> job.awaitOrCancel(SECOND));
        assertThat(waiter.isDone()).isFalse();

        stand.time.advance(SECOND);

        assertThat(waiter.thrown())
                .isInstanceOf(TimeoutException.class)
                .hasMessage("job \"job\" has not ended within 1s and was cancelled");
        assertThat(job.isEnded()).isTrue();
        assertThat(scope).isEmpty();
    }

    @Test
    @Spec("J-025")
    void a_job_that_does_not_stop_when_the_scope_closes_is_reported_as_stuck() throws Exception {
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", stubbornAt(gate));
        stand.time.awaitIdle();
        var closer = stand.runs(scope::cancel);
        assertThat(closer.isDone()).isFalse();

        stand.time.advance(Duration.ofMillis(100));

        closer.value();
        assertThat(stand.problems).singleElement().satisfies(problem -> {
            assertThat(problem.job()).isSameAs(job);
            assertThat(problem.message()).isEqualTo("Job closing timed out");
            assertThat(problem.kind()).isEqualTo(Kind.STUCK);
            assertThat(problem.cause())
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("job \"job\" has not stopped within 100ms");
        });
        gate.set();
        job.await();
    }

    @Test
    @Spec("J-025")
    void a_job_that_has_failed_already_is_reported_once() throws InterruptedException {
        scope.spawnAction("job", () -> {
            throw new IllegalStateException("no");
        });
        stand.time.awaitIdle();
        scope.cancel();

        assertThat(stand.problems).hasSize(1);
    }

    @Test
    @Spec({"J-011", "J-013", "J-008", "J-014"})
    void jobs_beyond_the_limit_are_pending_and_begin_in_their_order() throws Exception {
        JobScope narrow = stand.options().limit(1).open();
        var first = stand.gate();
        var second = stand.gate();
        ScopedJob<String> one = narrow.spawn("one", at(first));
        ScopedJob<String> two = narrow.spawn("two", at(second));
        assertThat(narrow.active()).isOne();
        assertThat(narrow.pending()).isOne();
        assertThat(narrow).containsExactly(one, two);
        assertThat(two.isPending()).isTrue();

        first.set();
        one.await();

        assertThat(two.isActive()).isTrue();
        assertThat(narrow.active()).isOne();
        assertThat(narrow.pending()).isZero();
        second.set();
        two.await();
        assertThat(narrow.size()).isZero();
        narrow.close();
    }

    @Test
    @Spec("J-002")
    void without_a_pending_limit_spawning_never_waits() throws InterruptedException {
        JobScope wide = stand.options().limit(1).withoutPendingLimit().open();
        for (int i = 0; i < 11; i++) {
            wide.spawn("job" + i, at(stand.gate()));
        }
        assertThat(wide.pending()).isEqualTo(10);
        wide.cancel();
    }

    @Test
    @Spec({"J-012", "J-007"})
    void spawning_waits_while_too_many_are_pending_and_can_give_up() throws Exception {
        JobScope narrow = stand.options().limit(1).pendingLimit(1).open();
        narrow.spawn("one", at(stand.gate()));
        narrow.spawn("two", at(stand.gate()));
        var ran = new AtomicBoolean();
        var spawner = stand.calls(() -> narrow.spawn("three", () -> ran.getAndSet(true)));
        var patient = stand.calls(() -> narrow.trySpawn("four", SECOND, () -> ran.getAndSet(true)));
        assertThat(spawner.isDone()).isFalse();
        assertThat(patient.isDone()).isFalse();
        assertThat(narrow.trySpawn("five", () -> ran.getAndSet(true))).isEmpty();
        assertThat(narrow.size()).isEqualTo(2);

        spawner.interrupt();
        stand.time.advance(SECOND);

        assertThat(spawner.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(patient.value()).isEmpty();
        assertThat(narrow.active()).isOne();
        assertThat(narrow.pending()).isOne();
        narrow.cancel();
        assertThat(ran).isFalse();
    }

    @Test
    @Spec({"J-012", "J-013"})
    void those_who_wait_to_spawn_go_on_in_their_order_when_there_is_room() throws Exception {
        JobScope narrow = stand.options().limit(1).pendingLimit(1).open();
        var gates = new Signal[] {stand.gate(), stand.gate()};
        narrow.spawn("one", at(gates[0]));
        narrow.spawn("two", at(gates[1]));
        Callable<String> third = () -> stand.log.add("three") ? "3" : "";
        Callable<String> fourth = () -> stand.log.add("four") ? "4" : "";
        var first = stand.calls(() -> narrow.spawn("three", third));
        var second = stand.calls(() -> narrow.spawn("four", fourth));

        gates[0].set();
        stand.time.awaitIdle();
        assertThat(first.isDone()).isTrue();
        assertThat(second.isDone()).isFalse();
        gates[1].set();

        assertThat(first.value().await()).isEqualTo("3");
        assertThat(second.value().await()).isEqualTo("4");
        assertThat(stand.log).containsExactly("three", "four");
        narrow.close();
    }

    @Test
    @Spec({"J-022", "J-013"})
    void cancelling_a_pending_job_leaves_nothing_when_the_active_one_ends() throws Exception {
        JobScope narrow = stand.options().limit(1).open();
        var gate = stand.gate();
        ScopedJob<String> one = narrow.spawn("one", at(gate));
        ScopedJob<String> two = narrow.spawn("two", at(stand.gate()));

        two.cancel();
        assertThat(narrow).containsExactly(one);
        gate.set();
        one.await();

        assertThat(narrow.size()).isZero();
        narrow.close();
    }

    @Test
    @Spec({"J-011", "J-008"})
    void without_a_limit_jobs_begin_at_once() throws InterruptedException {
        JobScope wide = stand.options().withoutLimit().open();
        for (int i = 0; i < 200; i++) {
            wide.spawn("job" + i, at(stand.gate()));
        }
        assertThat(wide.active()).isEqualTo(200);
        assertThat(wide.pending()).isZero();
        wide.cancel();
    }

    @Test
    @Spec("J-010")
    void a_closed_scope_refuses_jobs_and_never_runs_them() {
        scope.close();
        var ran = new AtomicBoolean();

        assertThatThrownBy(() -> scope.spawn("late", () -> ran.getAndSet(true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A scope that is closed takes no more jobs, but \"late\" was spawned in \"scope\". "
                        + "Open another one.");
        assertThat(ran).isFalse();
        assertThat(scope).isEmpty();
    }
}
