package io.orrery.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Real time. All alarms share one daemon thread, which lives as long as the virtual machine.
 *
 * <p>A settler may settle others: the end of a nested run is news for the one around it, and a slot given back is news for
 * whoever is next. They do not run inside of it, since there may be any number of them and a stack has an end, but after it,
 * in the same thread.
 */
enum SystemTime implements TimeSource {
    INSTANCE;

    /** After so many times in a row, another thread goes on. */
    private static final int MANY = 100;

    /** The settlers that this thread has begun or is to begin; null while it settles nothing. */
    private static final ThreadLocal<@Nullable Settling> SETTLING = new ThreadLocal<>();

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Thread start(Thread.Builder builder, Runnable body) {
        return builder.start(body);
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public Signal signal() {
        return new LatchSignal();
    }

    @Override
    public Alarm alarm(Duration delay, Runnable action) {
        Future<?> future = Alarms.EXECUTOR.schedule(action, saturatedNanos(delay), TimeUnit.NANOSECONDS);
        return () -> future.cancel(/* mayInterruptIfRunning= */ false);
    }

    @Override
    public void settle(Settler settler) {
        if (settler.isAlone()) {
            settleAlone(settler);
            return;
        }
        Settling settling = SETTLING.get();
        if (settling != null) {
            settling.todo.add(settler);
            return;
        }
        settling = new Settling();
        settling.todo.add(settler);
        SETTLING.set(settling);
        try {
            settling.all();
        } finally {
            SETTLING.remove();
        }
    }

    private static void settleAlone(Settler settler) {
        for (int times = 1; settler.settle(); times++) {
            if (times >= MANY && !goesOnAfter(settler, () -> settleAlone(settler))) {
                return;
            }
        }
    }

    /**
     * Lets a thread of its own go on with what has been settled many times, so that who only brought some news is not kept for
     * as long as others bring more. Until that thread is there, anybody may go on who comes by.
     *
     * @return whether the caller has to go on, having the turn
     */
    private static boolean goesOnAfter(Settler settler, Runnable goOn) {
        settler.giveWay();
        try {
            Thread.ofVirtual()
                    .name("orrery-settler")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> {
                        if (settler.takeTurn()) {
                            goOn.run();
                        }
                    });
            return false;
        } catch (Throwable e) { // out of memory for a thread
            return settler.takeTurn();
        }
    }

    /** What one thread has to settle. */
    private static final class Settling {
        final ArrayDeque<Settler> todo = new ArrayDeque<>(2);

        /** Goes on until nothing is left, also if a settler fails: the others must not wait for ever. */
        void all() {
            Throwable failure = null;
            int again = 0;
            for (Settler one = todo.poll(); one != null; one = todo.poll()) {
                try {
                    Settler settler = one;
                    if (one.settle() && (++again < MANY || goesOnAfter(one, () -> INSTANCE.settle(settler)))) {
                        todo.add(one); // at the end: it is not to keep the others waiting
                    }
                } catch (RuntimeException | Error e) {
                    failure = failure == null ? e : failure;
                }
            }
            rethrow(failure);
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    /** A duration of more than 292 years is as good as for ever. */
    static long saturatedNanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    /** Throws what was kept until all else was done, if there is something; it is unchecked. */
    static void rethrow(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            default -> throw (RuntimeException) failure;
        }
    }

    /** Holds the alarm thread, so that it exists only once an alarm was asked for. */
    private static final class Alarms {
        static final ScheduledThreadPoolExecutor EXECUTOR = create();

        private static ScheduledThreadPoolExecutor create() {
            var executor = new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform()
                            .daemon()
                            .name("orrery-alarms")
                            .inheritInheritableThreadLocals(false) // nor the class loader of whoever is first
                            .factory());
            executor.setRemoveOnCancelPolicy(true);
            return executor;
        }
    }

    private static final class LatchSignal implements Signal {
        private static final Duration SECOND = Duration.ofSeconds(1);

        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void set() {
            latch.countDown();
        }

        @Override
        public boolean isSet() {
            return latch.getCount() == 0;
        }

        @Override
        public void await() throws InterruptedException {
            settleFirst();
            latch.await();
        }

        @Override
        public boolean await(Duration patience) throws InterruptedException {
            settleFirst();
            return latch.await(saturatedNanos(patience), TimeUnit.NANOSECONDS);
        }

        /** In steps, since the monotonic clock that a latch waits on knows nothing of the wall clock being set. */
        @Override
        public boolean awaitUntil(Instant moment) throws InterruptedException {
            settleFirst();
            Duration left = Duration.between(Instant.now(), moment);
            while (left.isPositive()) {
                Duration step = left.compareTo(SECOND) < 0 ? left : SECOND;
                if (latch.await(saturatedNanos(step), TimeUnit.NANOSECONDS)) {
                    return true;
                }
                left = Duration.between(Instant.now(), moment);
            }
            return isSet();
        }

        /** Code called by a settler may wait, though it should not: not for something that this thread itself has to do. */
        private void settleFirst() {
            Settling settling = SETTLING.get();
            if (settling != null && !isSet()) {
                settling.all();
            }
        }
    }
}
