package io.orrery.schedule.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Action;
import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Lease;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Threads that are few are never lost. */
class LanesTest {

    private final List<String> seen = new ArrayList<>();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final Lanes lanes = Lanes.ending(1, (lane, first) -> threads.add(lane));

    /** Whose attempts cannot even tell that they have ended. */
    private final class Deaf implements Attempt.Host {
        @Override
        public TimeSource time() {
            return TimeSource.system();
        }

        @Override
        public @Nullable Object run(Attempt attempt) {
            seen.add(attempt.path());
            return null;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public boolean holds(Attempt attempt) {
            return true;
        }

        @Override
        public void tick(Attempt session, Fire tick, Action action) {}

        @Override
        public void ended(Attempt attempt, Optional<Instant> started, JobOutcome outcome) {
            if (outcome instanceof JobOutcome.Failed(Throwable cause)) {
                seen.add(attempt.path() + ": " + cause.getMessage());
                return;
            }
            throw new LinkageError("by design");
        }
    }

    private Attempt attempt(String id) {
        var fire = Fire.at(id, Instant.EPOCH);
        return new Attempt(
                new Deaf(),
                new Lease(fire, Schedule.named(id), 1, Instant.EPOCH, Instant.MAX),
                System.nanoTime(),
                null);
    }

    @Test
    @Spec("GT33")
    void what_cannot_tell_its_end_leaves_its_thread_to_the_next() {
        lanes.open(TimeSource.system());
        lanes.execute(attempt("a"), Attempt::run);
        lanes.execute(attempt("b"), Attempt::run);
        threads.remove().run();

        assertThat(seen).containsExactly("a", "b");
        assertThat(lanes.room()).isEqualTo(1);
    }

    @Test
    @Spec("S-017")
    void what_is_refused_by_a_closed_executor_takes_no_thread_from_it() {
        lanes.execute(attempt("a"), Attempt::run);
        lanes.open(TimeSource.system());
        lanes.execute(attempt("b"), Attempt::run);
        threads.remove().run();
        lanes.close();
        lanes.execute(attempt("c"), Attempt::run);

        assertThat(seen).containsExactly("a: the executor is closed", "b", "c: the executor is closed");
        assertThat(lanes.room()).isEqualTo(1);
    }

    @Test
    @Spec("GT33")
    void what_waits_for_a_thread_that_cannot_be_started_has_one_of_its_own() {
        var owner = new AtomicReference<Lanes>();
        var tries = new AtomicInteger();
        owner.set(Lanes.ending(1, (lane, first) -> {
            if (tries.incrementAndGet() < 3) {
                owner.get().execute(attempt("waits " + tries), Attempt::run);
                throw new OutOfMemoryError("by design");
            }
            threads.add(lane);
        }));
        owner.get().open(TimeSource.system());

        owner.get().execute(attempt("first"), Attempt::run);
        threads.remove().run();

        String refusal = ": there is no room for a thread: java.lang.OutOfMemoryError: by design";
        assertThat(seen).containsExactly("first" + refusal, "waits 1" + refusal, "waits 2");
        assertThat(owner.get().room()).isEqualTo(1);
    }

    @Test
    @Spec("X-006")
    void one_that_rests_takes_what_comes_next_until_it_is_closed() throws InterruptedException {
        var time = ManualTime.stopped();
        var started = new ArrayList<Thread>();
        Lanes resting = Lanes.resting(1, (lane, first) -> started.add(time.start(Thread.ofPlatform(), lane)));
        resting.open(time);
        for (String id : List.of("a", "b", "c")) {
            resting.execute(attempt(id), Attempt::run);
            time.awaitIdle();
            time.interrupt(started.getFirst());
            time.awaitIdle();
        }
        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(started).hasSize(1);

        resting.close();
        started.getFirst().join();
        resting.execute(attempt("d"), Attempt::run);
        assertThat(seen).endsWith("d: the executor is closed");
    }
}
