package io.orrery.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An event that a thread waits for: the first one that fulfils a condition. */
final class Wanted<E> {

    private final Predicate<E> condition;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile @Nullable E event; // written once, before the latch opens

    Wanted(Predicate<E> condition) {
        this.condition = condition;
    }

    /** Whether it is this one; to be called by one thread at a time, and no more once it has returned true. */
    boolean isFulfilledBy(E candidate) {
        if (!condition.test(candidate)) {
            return false;
        }
        event = candidate;
        arrived.countDown();
        return true;
    }

    /** The event; empty if it has not come within that real time. */
    Optional<E> await(Duration patience) throws InterruptedException {
        arrived.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        return Optional.ofNullable(event);
    }
}
