package io.orrery.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitTest {

    private final Limit limit = Limit.named("db", 2);
    private final List<String> called = new ArrayList<>();
    private final List<Limit.Claim> claims = new ArrayList<>();

    private Limit.Claim claim(String holder) {
        Limit.Claim claim = limit.claim(holder, () -> called.add(holder));
        claims.add(claim);
        return claim;
    }

    @AfterEach
    void give_back_all_slots() {
        claims.forEach(Limit.Claim::release);
    }

    @Test
    void slots_are_given_in_the_order_in_which_they_were_asked_for() {
        Limit.Claim a = claim("a");
        Limit.Claim b = claim("b");
        Limit.Claim c = claim("c");
        Limit.Claim d = claim("d");

        assertThat(List.of(a.tryTake(), b.tryTake(), c.tryTake(), d.tryTake()))
                .containsExactly(true, true, false, false);
        assertThat(limit.holders()).containsExactly("a", "b");

        a.release();
        assertThat(called).containsExactly("c");
        assertThat(d.tryTake()).as("c is first").isFalse();
        assertThat(c.tryTake()).isTrue();
        assertThat(limit.holders()).containsExactly("b", "c");
    }

    @Test
    void taking_twice_and_releasing_twice_is_the_same_as_once() {
        Limit.Claim a = claim("a");

        assertThat(List.of(a.tryTake(), a.tryTake())).containsOnly(true);
        assertThat(limit.holders()).containsExactly("a");
        a.release();
        a.release();
        assertThat(limit.holders()).isEmpty();
        assertThat(limit).hasToString("limit \"db\" (2 slots)");
        assertThat(Limit.named("one", 1)).hasToString("limit \"one\" (1 slot)");
    }

    @Test
    void who_gives_up_waiting_lets_the_next_one_in() {
        claim("a").tryTake();
        Limit.Claim b = claim("b");
        b.tryTake();
        Limit.Claim c = claim("c");
        Limit.Claim d = claim("d");
        c.tryTake();
        d.tryTake();

        c.release();
        b.release();

        assertThat(called).containsExactly("d");
        assertThat(d.tryTake()).isTrue();
        assertThat(limit.holders()).containsExactly("a", "d");
    }

    @Test
    void limits_of_one_name_are_different_limits() {
        assertThat(Limit.named("db", 2)).isNotEqualTo(limit);
    }

    @Test
    void never_do_more_threads_hold_it_than_there_are_slots_and_none_is_forgotten() throws InterruptedException {
        int jobs = 200;
        var holding = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i++) {
            new Taker(holding, most, done).start();
        }

        done.await();

        assertThat(most.get()).isBetween(1, 2);
        assertThat(limit.holders()).isEmpty();
    }

    /** Takes a slot as soon as it may, and gives it back in another thread. */
    private final class Taker {
        private final AtomicInteger holding;
        private final AtomicInteger most;
        private final CountDownLatch done;
        private Limit.Claim claim;
        private boolean taken; // guarded by this

        Taker(AtomicInteger holding, AtomicInteger most, CountDownLatch done) {
            this.holding = holding;
            this.most = most;
            this.done = done;
        }

        void start() {
            claim = limit.claim(this, () -> Thread.startVirtualThread(this::attempt));
            Thread.startVirtualThread(this::attempt);
        }

        private void attempt() {
            synchronized (this) {
                if (taken || !claim.tryTake()) {
                    return;
                }
                taken = true;
            }
            most.accumulateAndGet(holding.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            holding.decrementAndGet();
            claim.release();
            done.countDown();
        }
    }
}
