package io.orrery.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. All alarms share one daemon thread, which lives as long as the virtual machine. */
enum SystemTime implements TimeSource {
    INSTANCE;

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
        boolean more;
        do {
            more = settler.settle();
        } while (more);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    /** A duration of more than 292 years is as good as for ever. */
    static long saturatedNanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    /** Holds the alarm thread, so that it exists only once an alarm was asked for. */
    private static final class Alarms {
        static final ScheduledThreadPoolExecutor EXECUTOR = create();

        private static ScheduledThreadPoolExecutor create() {
            var executor = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("orrery-alarms").factory());
            executor.setRemoveOnCancelPolicy(true);
            return executor;
        }
    }

    private static final class LatchSignal implements Signal {
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
            latch.await();
        }

        @Override
        public boolean await(Duration patience) throws InterruptedException {
            return latch.await(saturatedNanos(patience), TimeUnit.NANOSECONDS);
        }
    }
}
