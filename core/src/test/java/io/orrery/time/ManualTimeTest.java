package io.orrery.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private ManualTime time = ManualTime.stopped();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private void note(String what) {
        seen.add(time.elapsed().toMillis() + " " + what);
    }

    private Thread start(String name, Body body) {
        return time.start(Thread.ofVirtual().name(name), () -> {
            try {
                body.run();
                note(name + " done");
            } catch (InterruptedException e) {
                note(name + " interrupted");
            }
        });
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    @Test
    void stopped_time_stands_until_it_is_moved() throws InterruptedException {
        start("sleeper", () -> time.sleep(ms(5)));
        time.awaitIdle();
        assertThat(seen).isEmpty();

        time.advance(ms(4));
        assertThat(seen).isEmpty();

        time.advance(ms(1));
        assertThat(seen).containsExactly("5 sleeper done");
        assertThat(time.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00.005Z"));
        assertThat(time.nanos()).isEqualTo(5_000_000);
    }

    @Test
    void moving_far_stops_at_every_moment_on_the_way() throws InterruptedException {
        start("often", () -> {
            for (int i = 0; i < 3; i++) {
                time.sleep(ms(2));
                note("tick");
            }
        });
        start("once", () -> time.sleep(ms(3)));

        time.advance(ms(10));

        assertThat(seen).containsExactly("2 tick", "3 once done", "4 tick", "6 tick", "6 often done");
        assertThat(time.elapsed()).isEqualTo(ms(10));
    }

    @Test
    void it_runs_until_nothing_is_due_any_more_or_for_so_long() throws InterruptedException {
        start("often", () -> {
            for (int i = 1; i <= 3; i++) {
                time.sleep(ms(10));
                note("round " + i);
            }
        });

        assertThat(time.runUntilIdle(ms(25))).isFalse();
        assertThat(seen).containsExactly("10 round 1", "20 round 2");
        assertThat(time.elapsed()).isEqualTo(ms(20));

        assertThat(time.runUntilIdle(Duration.ofDays(1))).isTrue();
        assertThat(seen).endsWith("30 round 3", "30 often done");
        assertThat(time.elapsed()).isEqualTo(ms(30));
        assertThat(time.runUntilIdle(Duration.ZERO)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> time.runUntilIdle(ms(-1)));
    }

    @Test
    void time_does_not_move_backwards() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(ms(-1)))
                .withMessageContaining("PT-0.001S");
    }

    @Test
    void skipping_time_jumps_to_the_next_due_moment_when_all_wait() throws InterruptedException {
        time = ManualTime.skipping();
        start("now", () -> {
            start("year", () -> time.sleep(Duration.ofDays(365)));
            start("day", () -> time.sleep(Duration.ofDays(1)));
        });

        time.awaitIdle();

        assertThat(seen)
                .containsExactly(
                        "0 now done",
                        Duration.ofDays(1).toMillis() + " day done",
                        Duration.ofDays(365).toMillis() + " year done");
    }

    @Test
    void it_can_begin_at_any_instant() {
        var origin = Instant.parse("2030-06-01T12:00:00Z");

        assertThat(ManualTime.stoppedAt(origin).instant()).isEqualTo(origin);
    }

    @Test
    void time_waits_for_a_thread_that_is_busy_or_blocked_elsewhere() throws InterruptedException {
        time = ManualTime.skipping();
        var release = new CountDownLatch(1);
        var blocked = new CountDownLatch(1);
        start("blocked", () -> {
            time.alarm(ms(1), () -> note("alarm"));
            blocked.countDown();
            release.await();
        });
        blocked.await();
        note("released");
        release.countDown();

        time.awaitIdle();

        assertThat(seen).containsExactly("0 released", "0 blocked done", "1 alarm");
    }

    @Test
    void alarms_go_off_in_the_order_of_their_moments_and_then_of_setting_unless_cancelled()
            throws InterruptedException {
        time.alarm(ms(5), () -> note("b"));
        time.alarm(ms(3), () -> note("a"));
        time.alarm(ms(5), () -> note("c"));
        time.alarm(ms(4), () -> note("never")).cancel();
        time.alarm(ms(0), () -> note("at once"));
        time.alarm(ms(-7), () -> note("at once too"));
        assertThat(seen).containsExactly("0 at once", "0 at once too");

        time.advance(ms(5));

        assertThat(seen.subList(2, 5)).containsExactly("3 a", "5 b", "5 c");
    }

    @Test
    void an_alarm_in_three_centuries_is_as_good_as_none() throws InterruptedException {
        time.alarm(Duration.ofDays(365_000), () -> note("never"));
        time.alarm(Duration.ofSeconds(Long.MAX_VALUE), () -> note("never"));

        time.advance(Duration.ofDays(100_000));

        assertThat(seen).isEmpty();
    }

    @Test
    void a_signal_releases_all_who_wait_now_and_later() throws InterruptedException {
        var signal = time.signal();
        start("one", signal::await);
        start("two", () -> assertThat(signal.await(ms(9))).isTrue());
        time.awaitIdle();
        assertThat(signal.isSet()).isFalse();

        signal.set();
        signal.set();
        time.awaitIdle();
        start("later", signal::await);
        time.awaitIdle();

        assertThat(seen).containsExactlyInAnyOrder("0 one done", "0 two done", "0 later done");
        assertThat(signal.isSet()).isTrue();
    }

    @Test
    void patience_with_a_signal_ends_at_its_moment() throws InterruptedException {
        var signal = time.signal();
        start("patient", () -> note(String.valueOf(signal.await(ms(3)))));

        time.advance(ms(3));

        assertThat(seen).containsExactly("3 false", "3 patient done");
        assertThat(signal.await(Duration.ZERO)).isFalse();
    }

    @Test
    void an_interrupt_ends_a_wait_at_once_and_time_stays_until_the_thread_has_reacted() throws InterruptedException {
        time = ManualTime.skipping();
        var sleeper = new ArrayList<Thread>();
        start("starter", () -> {
            sleeper.add(start("sleeper", () -> time.sleep(ms(100))));
            time.alarm(ms(7), () -> time.interrupt(sleeper.getFirst()));
        });

        time.awaitIdle();

        assertThat(seen).containsExactly("0 starter done", "7 sleeper interrupted");
        assertThat(time.elapsed()).isEqualTo(ms(7));
    }

    @Test
    void a_thread_that_is_interrupted_before_it_waits_does_not_wait() throws InterruptedException {
        start("eager", () -> {
            Thread.currentThread().interrupt();
            time.sleep(ms(5));
        });
        start("patient", () -> {
            Thread.currentThread().interrupt();
            time.signal().await(Duration.ZERO);
        });

        time.awaitIdle();

        assertThat(seen).containsExactlyInAnyOrder("0 eager interrupted", "0 patient interrupted");
    }

    @Test
    void an_interrupt_that_does_not_come_through_the_seam_is_seen_too() throws InterruptedException {
        var thread = start("sleeper", () -> time.sleep(ms(5)));
        time.awaitIdle();

        thread.interrupt();
        thread.join();

        assertThat(seen).containsExactly("0 sleeper interrupted");
    }

    @Test
    void a_wait_that_ignores_interrupts_keeps_them_for_later() throws InterruptedException {
        var signal = time.signal();
        var thread = start("deaf", () -> {
            signal.awaitUninterruptibly();
            note("interrupted " + Thread.interrupted());
        });
        time.awaitIdle();
        time.interrupt(thread);
        time.awaitIdle();
        signal.set();
        time.awaitIdle();

        assertThat(seen).containsExactly("0 interrupted true", "0 deaf done");
    }

    @Test
    void settlers_run_when_all_threads_wait_one_after_the_other_in_their_order() throws InterruptedException {
        time = ManualTime.skipping();
        start("poster", () -> {
            time.settle(new Ordered("second", 2));
            time.settle(new Ordered("first", 1));
            time.sleep(ms(1));
            note("awake");
        });

        time.awaitIdle();

        assertThat(seen).containsExactly("0 first", "0 second", "0 first", "0 second", "1 awake", "1 poster done");
    }

    /** Settles twice. */
    private final class Ordered implements TimeSource.Settler {
        private final String name;
        private final int order;
        private final AtomicInteger times = new AtomicInteger();

        Ordered(String name, int order) {
            this.name = name;
            this.order = order;
        }

        @Override
        public boolean settle() {
            note(name);
            // what follows from the first time comes after all others had theirs
            if (times.incrementAndGet() == 1) {
                time.settle(new Again(this));
            }
            return false;
        }

        @Override
        public int compareTo(TimeSource.Settler other) {
            return other instanceof Ordered ordered ? Integer.compare(order, ordered.order) : -1;
        }
    }

    private record Again(Ordered what) implements TimeSource.Settler {
        @Override
        public boolean settle() {
            return what.settle();
        }

        @Override
        public int compareTo(TimeSource.Settler other) {
            return other instanceof Again again ? Integer.compare(what.order, again.what.order) : 1;
        }
    }

    @Test
    void skipping_time_can_be_moved_too_and_goes_on_skipping() throws InterruptedException {
        time = ManualTime.skipping();

        time.advance(ms(5));
        assertThat(time.elapsed()).isEqualTo(ms(5));
        start("sleeper", () -> time.sleep(ms(10))).join();

        assertThat(seen).containsExactly("15 sleeper done");
    }

    @Test
    void an_action_that_throws_does_not_stop_time() throws InterruptedException {
        var boom = new IllegalStateException("boom");
        time.alarm(ms(1), () -> {
            throw boom;
        });
        time.alarm(ms(1), () -> note("second"));
        time.alarm(ms(2), () -> note("third"));

        assertThatThrownBy(() -> time.advance(ms(3))).isSameAs(boom);
        time.alarm(ms(5), () -> note("fourth"));
        time.advance(ms(10));

        assertThat(seen).containsExactly("1 second", "2 third", "7 fourth");
    }

    @Test
    void who_waits_for_a_moment_of_the_wall_clock_notices_that_it_is_set() throws InterruptedException {
        Instant noon = time.instant().plusSeconds(60);
        start("early", () -> time.signal().awaitUntil(noon));
        start("patient", () -> time.signal().await(Duration.ofSeconds(60)));
        time.advance(ms(10));

        time.setClock(Duration.ofSeconds(59));
        time.advance(ms(990));
        assertThat(seen).containsExactly("1000 early done");

        time.setClock(Duration.ofHours(-1));
        time.advance(ms(59_000));
        assertThat(seen).containsExactly("1000 early done", "60000 patient done");
    }

    @Test
    void a_moment_that_has_passed_is_not_waited_for() throws InterruptedException {
        assertThat(time.signal().awaitUntil(time.instant())).isFalse();
        var set = time.signal();
        set.set();
        assertThat(set.awaitUntil(time.instant().minusSeconds(1))).isTrue();
    }
}
