package io.orrery.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real time: as little of it as will do. */
@Tag("smoke")
class SystemTimeTest {
    private final TimeSource time = TimeSource.system();
    private final AtomicInteger settled = new AtomicInteger();

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

    /** Something to settle, given by what it does. */
    private record Does(Runnable what) implements TimeSource.Settler {
        @Override
        public boolean settle() {
            what.run();
            return false;
        }

        @Override
        public int compareTo(TimeSource.Settler other) {
            return 0;
        }
    }

    @Test
    void what_a_settler_settles_happens_after_it_in_the_same_thread_however_much_it_is() {
        var order = new ArrayList<Object>();

        time.settle(new Does(() -> {
            time.settle(new Does(() -> order.add(Thread.currentThread())));
            order.add("first");
        }));
        settleAfterEachOther(100_000);

        assertThat(order).containsExactly("first", Thread.currentThread());
        assertThat(settled).hasValue(100_000);
    }

    private void settleAfterEachOther(int count) {
        if (count > 0) {
            time.settle(new Does(() -> {
                settled.incrementAndGet();
                settleAfterEachOther(count - 1);
            }));
        }
    }

    /** There is something to settle for as long as there are threads it is to be done in. */
    private static final class Busy implements TimeSource.Settler {
        final List<Thread> threads = new ArrayList<>(); // one thread at a time, each beginning after the one before
        final AtomicBoolean turn = new AtomicBoolean(true);
        final CountDownLatch done = new CountDownLatch(1);

        @Override
        public boolean settle() {
            if (threads.isEmpty() || !threads.getLast().equals(Thread.currentThread())) {
                threads.add(Thread.currentThread());
            }
            if (threads.size() < 3) {
                return true;
            }
            done.countDown();
            return false;
        }

        @Override
        public void giveWay() {
            turn.set(false);
        }

        @Override
        public boolean takeTurn() {
            return turn.compareAndSet(false, true);
        }

        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public int compareTo(TimeSource.Settler other) {
            return 0;
        }
    }

    @Test
    void nobody_is_kept_for_as_long_as_there_is_something_to_settle() throws InterruptedException {
        var busy = new Busy();

        time.settle(busy);
        busy.done.await();

        assertThat(busy.threads).hasSize(3).startsWith(Thread.currentThread()).doesNotHaveDuplicates();
    }

    @Test
    void a_settler_that_fails_does_not_keep_the_others_from_being_settled() {
        var boom = new IllegalStateException("boom");

        assertThatThrownBy(() -> time.settle(new Does(() -> {
                    time.settle(new Does(settled::incrementAndGet));
                    throw boom;
                })))
                .isSameAs(boom);
        time.settle(new Does(settled::incrementAndGet));

        assertThat(settled).hasValue(2);
    }

    @Test
    void a_settler_that_waits_for_what_its_own_thread_is_to_settle_does_not_wait_for_ever() {
        var signal = time.signal();

        time.settle(new Does(() -> {
            time.settle(new Does(signal::set));
            signal.awaitUninterruptibly();
            settled.incrementAndGet();
        }));

        assertThat(settled).hasValue(1);
    }

    @Test
    void the_thread_of_the_alarms_has_nothing_of_whoever_asked_for_the_first_one() throws Exception {
        var found = new CompletableFuture<ClassLoader>();

        time.alarm(Duration.ZERO, () -> found.complete(Thread.currentThread().getContextClassLoader()));

        assertThat(found.get()).isSameAs(ClassLoader.getSystemClassLoader());
    }

    @Test
    void a_moment_of_the_wall_clock_is_waited_for() throws InterruptedException {
        var time = TimeSource.system();
        var moment = time.instant().plusMillis(20);

        assertThat(time.signal().awaitUntil(moment)).isFalse();

        assertThat(time.instant()).isAfterOrEqualTo(moment);
    }
}
