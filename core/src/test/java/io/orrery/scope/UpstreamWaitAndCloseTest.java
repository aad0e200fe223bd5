package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.failingAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.State;
import io.orrery.spec.Spec;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The tests of aiojobs' scheduler on shielded work, and on waiting for the end, in Java. */
class UpstreamWaitAndCloseTest {

    private final Stand stand = new Stand();

    @Test
    @Spec("J-031")
    void shielded_work_gives_its_value_and_is_forgotten() throws Exception {
        JobScope scope = stand.options().open();

        assertThat(scope.shield("work", () -> "value")).isEqualTo("value");

        stand.time.awaitIdle();
        assertThat(scope.snapshot().shielded()).isZero();
        scope.close();
    }

    @Test
    @Spec("J-031")
    void shielded_work_goes_on_and_is_known_when_its_caller_is_interrupted() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        var caller = stand.calls(() -> scope.shield("work", () -> {
            gate.await();
            return stand.log.add("done");
        }));

        caller.interrupt();
        assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        assertThat(scope.snapshot().shielded()).isOne();
        gate.set();
        stand.time.awaitIdle();

        assertThat(stand.log).containsExactly("done");
        assertThat(scope.snapshot().shielded()).isZero();
        scope.close();
    }

    @Test
    @Spec({"J-029", "J-032"})
    void closing_waits_for_jobs_and_shielded_work() throws Exception {
        JobScope scope = stand.options().open();
        var gates = new Signal[] {stand.gate(), stand.gate()};
        ScopedJob<String> job = scope.spawn("job", at(gates[0]));
        var work = stand.calls(() -> scope.shield("work", at(gates[1])));
        var closer = stand.runs(scope::close);

        gates[0].set();
        stand.time.awaitIdle();
        assertThat(closer.isDone()).isFalse();
        gates[1].set();

        closer.value();
        assertThat(job.await()).isEqualTo("done");
        assertThat(work.value()).isEqualTo("done");
        assertThat(scope.isClosed()).isTrue();
    }

    @Test
    @Spec("J-029")
    void when_it_has_waited_long_enough_it_cancels_what_is_left() throws Exception {
        JobScope scope = stand.options().waitTimeout(SECOND).open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("job", at(stand.gate()));
        var work = stand.calls(() -> scope.shield("work", at(gate)));
        var closer = stand.runs(scope::close);
        gate.set();
        stand.time.advance(SECOND.minusMillis(1));
        assertThat(closer.isDone()).isFalse();

        stand.time.advance(Duration.ofMillis(1));

        closer.value();
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(work.value()).isEqualTo("done");
        assertThat(stand.problems).isEmpty();
    }

    @Test
    @Spec({"J-029", "J-030", "J-031"})
    void leaving_a_try_statement_cancels_shielded_work_and_who_waits_for_it_when_time_is_up() throws Exception {
        var gate = stand.gate();
        var user = stand.calls(() -> {
            JobScope scope = stand.options().waitTimeout(SECOND).open();
            try (scope) {
                return scope.spawn("outer", () -> scope.shield("inner", at(gate)));
            }
        });
        stand.time.advance(SECOND);

        ScopedJob<String> outer = user.value();
        assertThat(outer.state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(outer::await).isInstanceOf(CancellationException.class);
    }

    @Test
    @Spec({"J-015", "J-029"})
    void what_is_spawned_while_it_waits_is_waited_for_too() throws Exception {
        JobScope scope = stand.options().open();
        var gates = new Signal[] {stand.gate(), stand.gate()};
        scope.spawnAction("first", () -> {
            gates[0].await();
            scope.spawnAction("second", () -> {
                gates[1].await();
                stand.log.add("second");
            });
        });
        var closer = stand.runs(scope::close);

        gates[0].set();
        stand.time.awaitIdle();
        assertThat(closer.isDone()).isFalse();
        assertThat(scope.isClosed()).isFalse();
        gates[1].set();

        closer.value();
        assertThat(stand.log).containsExactly("second");
    }

    @Test
    @Spec("J-029")
    void a_failure_does_not_end_the_wait_and_is_reported() throws Exception {
        JobScope scope = stand.options().open();
        var gates = new Signal[] {stand.gate(), stand.gate()};
        ScopedJob<String> failing = scope.spawn("failing", failingAt(gates[0], new IllegalStateException("no")));
        ScopedJob<String> job = scope.spawn("job", at(gates[1]));
        var closer = stand.runs(scope::close);
        gates[0].set();
        stand.time.awaitIdle();

        assertThat(closer.isDone()).isFalse();
        assertThat(stand.problems).extracting(ScopeProblem::job).containsExactly(failing);
        gates[1].set();
        closer.value();
        assertThat(job.await()).isEqualTo("done");
    }

    @Test
    @Spec("J-030")
    void the_exception_of_the_block_goes_on_after_the_scope_was_closed() throws Exception {
        var failure = new IllegalArgumentException("mine");
        var user = stand.runs(() -> {
            try (JobScope scope = stand.options().open()) {
                scope.spawnAction("job", context -> context.sleep(SECOND));
                throw failure;
            }
        });
        assertThat(user.isDone()).isFalse();
        stand.time.advance(SECOND);

        assertThat(user.thrown()).isSameAs(failure);
    }

    @Test
    @Spec("J-031")
    void what_shielded_work_throws_is_thrown_to_its_caller_and_not_reported() throws Exception {
        JobScope scope = stand.options().open();
        var failure = new IllegalStateException("no");
        var gate = stand.gate();
        var caller = stand.calls(() -> scope.shield("work", failingAt(gate, failure)));
        gate.set();

        assertThat(caller.thrown())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        scope.close();
        assertThat(stand.problems).isEmpty();
        assertThatThrownBy(() -> scope.shield("late", () -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Spec({"J-031", "GT02"})
    void shielded_work_that_fails_when_its_caller_is_gone_is_reported() throws Exception {
        JobScope scope = stand.options().open();
        var failure = new IllegalStateException("no");
        var gate = stand.gate();
        var caller = stand.calls(() -> scope.shield("work", failingAt(gate, failure)));
        caller.interrupt();
        gate.set();
        scope.close();

        assertThat(stand.problems).extracting(ScopeProblem::cause).containsExactly(failure);
    }

    @Test
    @Spec("J-031")
    void cancelling_the_scope_cancels_shielded_work_and_so_its_caller() throws Exception {
        JobScope scope = stand.options().open();
        var caller = stand.calls(() -> scope.shield("work", at(stand.gate())));

        scope.cancel();

        assertThat(caller.thrown()).isInstanceOf(CancellationException.class);
    }
}
