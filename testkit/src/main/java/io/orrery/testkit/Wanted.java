package io.orrery.testkit;

import io.orrery.outcome.RunEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An event that a thread waits for: the first one that fulfils a condition. */
final class Wanted {

    private final Predicate<RunEvent> condition;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile @Nullable RunEvent event; // written once, before the latch opens

    Wanted(Predicate<RunEvent> condition) {
        this.condition = condition;
    }

    /** Whether it is this one; to be called by one thread at a time, and no more once it has returned true. */
    boolean isFulfilledBy(RunEvent candidate) {
        if (!condition.test(candidate)) {
            return false;
        }
        event = candidate;
        arrived.countDown();
        return true;
    }

    /** The event; empty if it has not come within that real time. */
    Optional<RunEvent> await(Duration patience) throws InterruptedException {
        arrived.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return Optional.ofNullable(event);
    }
}
