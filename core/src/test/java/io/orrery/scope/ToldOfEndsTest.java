package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.at;
import static io.orrery.scope.Stand.stubbornAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobContext;
import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is told of the end of a job, and what that must not disturb, nor be disturbed by. */
class ToldOfEndsTest {

    private static final int ROUNDS = 3_000;
    private static final String REFUSAL = "A scope waits for whom it tells of the end of its jobs when it closes, but "
            + "\"scope\" is being closed by one of those. Close it from outside, or in a thread of its own.";

    private final Stand stand = new Stand();

    @Test
    @Spec("GT05")
    void a_timeout_may_be_as_good_as_for_ever() throws Exception {
        try (JobScope scope = stand.options().limit(1).open()) {
            Spawner patient = scope.timeout(ChronoUnit.FOREVER.getDuration());

            assertThat(patient.spawn("job", () -> 1).await()).isEqualTo(1);
            assertThat(patient.spawn("next", () -> 2).await()).isEqualTo(2);
        }
    }

    @Test
    @Spec({"GT04", "GT05"})
    void a_handler_that_hangs_on_a_deadline_keeps_no_other_alarm_from_going_off() throws Exception {
        var gate = stand.gate();
        JobScope scope = JobScope.named("scope")
                .time(stand.time)
                .limit(1)
                .onFailure(problem -> gate.awaitUninterruptibly())
                .open();
        scope.spawn("active", at(gate));
        ScopedJob<String> late =
                scope.deadline(stand.time.instant().plus(SECOND)).spawn("late", at(gate));
        JobScope other = stand.options().open();
        ScopedJob<String> slow = other.timeout(SECOND.multipliedBy(2)).spawn("slow", at(stand.gate()));
        stand.time.advance(SECOND.multipliedBy(2));

        assertThat(late.state()).isEqualTo(State.TIMED_OUT);
        assertThat(slow.state()).isEqualTo(State.TIMED_OUT);
        gate.set();
        scope.close();
        other.close();
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"GT03", "GT04"})
    void what_is_told_of_an_end_can_not_close_the_scope(Threads threads) throws Exception {
        JobScope scope = JobScope.named("scope")
                .time(stand.time)
                .threads(threads)
                .withoutCloseTimeout()
                .onFailure(problem -> logRefusal(problem.scope()))
                .open();
        var gate = stand.gate();
        CompletableFuture<Void> dependent =
                scope.spawn("depended on", at(gate)).toCompletableFuture().thenRun(() -> logRefusal(scope));
        scope.spawnAction("bad", () -> {
            throw new IllegalStateException("no");
        });
        stand.time.awaitIdle();
        gate.set();
        scope.close();

        assertThat(dependent).isCompleted();
        assertThat(stand.log).containsExactly(REFUSAL, REFUSAL);
    }

    private void logRefusal(JobScope scope) {
        assertThatThrownBy(scope::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(refusal -> stand.log.add(refusal.getMessage()));
    }

    @Test
    @Spec({"GT05", "J-025"})
    void a_stuck_job_is_named_when_the_scope_closes_also_if_who_cancelled_it_knows() throws Exception {
        JobScope scope = stand.options().open();
        var gate = stand.gate();
        ScopedJob<String> job = scope.spawn("stuck", stubbornAt(gate));
        stand.time.awaitIdle();
        var canceller = stand.runs(() -> job.cancel(SECOND));
        stand.time.advance(SECOND);
        assertThat(canceller.thrown()).isInstanceOf(TimeoutException.class);
        assertThat(stand.problems).isEmpty();
        var closer = stand.runs(scope::cancel);
        stand.time.advance(SECOND);

        closer.value();
        assertThat(stand.problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.job()).isSameAs(job))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(ScopeProblem.Kind.STUCK));
        gate.set();
        stand.time.awaitIdle();
    }

    @Test
    @Spec({"J-007", "J-008"})
    void a_job_is_one_of_its_scope_also_while_its_turn_comes() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (JobScope scope = JobScope.named("scope").limit(1).open()) {
                var first = new CountDownLatch(1);
                var second = new CountDownLatch(1);
                scope.spawnAction("one", first::await);
                ScopedJob<?> two = scope.spawnAction("two", second::await);
                first.countDown();
                for (int looks = 0; looks < 20; looks++) {
                    assertThat(scope.contains(two)).isTrue();
                }
                second.countDown();
                two.await();
                assertThat(scope.contains(two)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Spec({"J-024", "J-025"})
    void a_handler_is_never_interrupted_for_what_the_job_was_told(Threads threads) throws Exception {
        var interrupted = new AtomicInteger();
        var told = new AtomicInteger();
        for (int i = 0; i < ROUNDS; i++) {
            JobScope scope = JobScope.named("scope")
                    .threads(threads)
                    .closeTimeout(Duration.ofSeconds(20))
                    .onFailure(problem -> {
                        told.incrementAndGet();
                        interrupted.addAndGet(isInterruptedSoon() ? 1 : 0);
                    })
                    .open();
            var begun = new CountDownLatch(1);
            for (int job = 0; job < 10; job++) {
                scope.spawnAction("job", context -> failWhenCancelled(context, begun));
            }
            begun.await();
            scope.cancel();
        }

        assertThat(interrupted).hasValue(0);
        assertThat(told).hasPositiveValue();
    }

    private static void failWhenCancelled(JobContext context, CountDownLatch begun) {
        begun.countDown();
        while (!context.cancelled()) {
            Thread.onSpinWait();
        }
        throw new IllegalStateException("answer");
    }

    private static boolean isInterruptedSoon() {
        boolean interrupted = false;
        for (int i = 0; i < 200 && !interrupted; i++) {
            Thread.onSpinWait();
            interrupted = Thread.currentThread().isInterrupted();
        }
        return interrupted;
    }

    @Test
    @Spec({"GT02", "J-029"})
    void a_failure_that_who_waits_does_not_receive_is_told_before_the_scope_is_closed() throws Exception {
        var late = new AtomicInteger();
        for (int i = 0; i < ROUNDS; i++) {
            var closed = new AtomicBoolean();
            var received = new ArrayList<Throwable>();
            var told = new AtomicInteger();
            JobScope scope = JobScope.named("scope")
                    .closeTimeout(Duration.ofSeconds(20))
                    .onFailure(problem -> {
                        told.incrementAndGet();
                        late.addAndGet(closed.get() ? 1 : 0);
                    })
                    .open();
            var gate = new CountDownLatch(1);
            ScopedJob<?> job = scope.spawnAction("job", () -> {
                gate.await();
                throw new IllegalStateException("no");
            });
            Thread waiter = Thread.ofPlatform().start(() -> await(job, received));
            gate.countDown();
            waiter.interrupt();
            scope.close();
            closed.set(true);
            waiter.join();
            assertThat(told.get() + received.size()).isPositive();
        }

        assertThat(late).hasValue(0);
    }

    private static void await(ScopedJob<?> job, List<Throwable> received) {
        try {
            job.await();
        } catch (InterruptedException e) {
            return;
        } catch (Exception e) {
            received.add(e);
        }
    }
}
