package io.orrery.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real time: as little of it as will do. */
@Tag("smoke")
class SystemTimeTest {
    private final TimeSource time = TimeSource.system();

    @Test
    void clocks_go_forward() throws InterruptedException {
        Instant before = time.instant();
        long start = time.nanos();

        time.sleep(Duration.ofNanos(1000));

        assertThat(time.nanos()).isGreaterThan(start);
        assertThat(time.instant()).isAfterOrEqualTo(before);
    }

    @Test
    void a_signal_releases_who_waits() throws InterruptedException {
        var signal = time.signal();
        assertThat(signal.await(Duration.ofNanos(1))).isFalse();
        var seen = new AtomicBoolean();
        var waiter = time.start(Thread.ofVirtual(), () -> {
            signal.awaitUninterruptibly();
            seen.set(Thread.currentThread().isInterrupted());
        });

        time.interrupt(waiter);
        signal.set();
        waiter.join();

        assertThat(signal.isSet()).isTrue();
        assertThat(signal.await(Duration.ofDays(365_000))).isTrue();
        assertThat(seen).isTrue();
    }

    @Test
    void an_alarm_goes_off_once_and_a_cancelled_one_never() throws InterruptedException {
        var ring = new CountDownLatch(1);
        var cancelled = new AtomicBoolean();
        Alarm tomorrow = time.alarm(Duration.ofDays(1), () -> cancelled.set(true));
        tomorrow.cancel();
        tomorrow.cancel();

        time.alarm(Duration.ofSeconds(-1), ring::countDown);
        ring.await();

        assertThat(cancelled).isFalse();
    }

    @Test
    void settling_happens_at_once_and_until_there_is_nothing_more() {
        var times = new AtomicInteger();

        time.settle(new TimeSource.Settler() {
            @Override
            public boolean settle() {
                return times.incrementAndGet() < 3;
            }

            @Override
            public int compareTo(TimeSource.Settler other) {
                return 0;
            }
        });

        assertThat(times).hasValue(3);
    }
}
