package io.orrery.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a queue that is so simple that it is right. */
class WheelTest {

    private static final long NOW = nanos("2026-01-01T00:00:00Z");
    private static final long TICK = 1L << 16;

    private static long nanos(String moment) {
        return Duration.between(Instant.EPOCH, Instant.parse(moment)).toNanos();
    }

    private static final ScheduleRow ANY =
            ScheduleRow.of(Schedule.named("any").at(Instant.EPOCH).action(() -> {}), ScheduleState.SCHEDULED, null);

    private static final class Thing extends TimedCell {
        final int number;

        Thing(int number, int priority) {
            super(ANY);
            this.number = number;
            this.priority = priority;
        }

        @Override
        public String toString() {
            return "#" + number + " at " + at;
        }
    }

    /** A wheel, a simple queue, and a clock that may go back. */
    private static final class Both {
        final Random random;
        final Wheel wheel;
        final PriorityQueue<Entry> queue = new PriorityQueue<>(Comparator.comparingLong(Entry::at)
                .thenComparingInt(entry -> -entry.thing.priority)
                .thenComparingLong(Entry::order));
        final List<Thing> there = new ArrayList<>();
        final List<Thing> gone = new ArrayList<>();
        long now = NOW;
        int number;
        long order;

        record Entry(long at, long order, Thing thing) {}

        Both(long seed) {
            random = new Random(seed);
            wheel = new Wheel(random.nextBoolean() ? NOW : 0);
        }

        void doSomething() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> add();
                case 4 -> cancel();
                case 5 -> move();
                case 6 -> setBack();
                default -> takeAll(random.nextInt(20));
            }
            assertThat(wheel.next())
                    .as("a time before which nothing is due")
                    .isLessThanOrEqualTo(queue.isEmpty() ? Long.MAX_VALUE : queue.peek().at);
            assertThat(wheel.next() == Long.MAX_VALUE).isEqualTo(queue.isEmpty());
        }

        private void add() {
            long at = Math.max(time(), 0);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                Thing thing = gone.isEmpty() || random.nextBoolean()
                        ? new Thing(++number, random.nextInt(3))
                        : gone.remove(random.nextInt(gone.size()));
                queue.add(new Entry(at, ++order, thing));
                there.add(thing);
                wheel.add(thing, at);
            }
        }

        private long time() {
            return switch (random.nextInt(8)) {
                case 0 -> now;
                case 1 -> now - random.nextLong(3_600_000_000_000L);
                case 2 -> now + random.nextLong(TICK);
                case 3 -> now + random.nextLong(1_000_000_000L);
                case 4 -> now + random.nextLong(86_400_000_000_000L);
                case 5 -> now / 1_000_000_000 * 1_000_000_000 + 1_000_000_000L * random.nextInt(5);
                case 6 -> nanos("2100-03-01T00:00:00Z") + random.nextInt(3);
                default ->
                    random.nextBoolean() ? Long.MAX_VALUE - 1 - random.nextInt(3) : random.nextLong(Long.MAX_VALUE);
            };
        }

        private void cancel() {
            if (!there.isEmpty()) {
                Thing thing = there.remove(random.nextInt(there.size()));
                queue.removeIf(entry -> entry.thing.equals(thing));
                wheel.remove(thing);
                wheel.remove(thing);
                gone.add(thing);
            }
        }

        private void move() {
            now = switch (random.nextInt(6)) {
                case 0 -> now + random.nextLong(TICK);
                case 1 -> now + random.nextLong(1_000_000_000L);
                case 2 -> now + random.nextLong(86_400_000_000_000L);
                case 3 -> queue.isEmpty() ? now : Math.max(now, queue.peek().at);
                case 4 -> queue.isEmpty() ? now : Math.max(now, queue.peek().at - 1);
                default ->
                    Math.min(now, nanos("2099-12-31T00:00:00Z")) + random.nextLong(nanos("1980-01-01T00:00:00Z"));
            };
            now = Math.min(now, Long.MAX_VALUE / 2);
        }

        private void setBack() {
            now = Math.max(0, now - (random.nextBoolean() ? 3_600_000_000_000L : random.nextLong(TICK)));
        }

        private void takeAll(int most) {
            for (int i = 0; i < most; i++) {
                Entry expected = queue.isEmpty() || queue.peek().at > now ? null : queue.poll();
                TimedCell actual = wheel.poll(now);
                assertThat(actual).isSameAs(expected == null ? null : expected.thing);
                if (expected == null) {
                    return;
                }
                there.remove(expected.thing);
                gone.add(expected.thing);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100_001, 200_001, 300_001})
    @Spec({"L-001", "GT31"})
    void it_hands_out_what_a_simple_queue_would(long first) {
        for (long seed = first; seed < first + 500; seed++) {
            var both = new Both(seed);
            for (int i = 0; i < 400; i++) {
                both.doSomething();
            }
            both.now = Long.MAX_VALUE;
            both.takeAll(Integer.MAX_VALUE);
        }
    }

    @Test
    void after_all_is_taken_it_is_empty_and_goes_on() {
        var wheel = new Wheel(NOW);
        var thing = new Thing(1, 0);
        wheel.add(thing, NOW + 1);

        assertThat(wheel.poll(NOW)).isNull();
        assertThat(wheel.next()).isEqualTo(NOW + 1);
        assertThat(wheel.poll(NOW + 1)).isSameAs(thing);
        assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
        wheel.add(thing, NOW + 1);
        assertThat(wheel.poll(NOW + 1)).isSameAs(thing);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 1_023, 1_024, 1_025, 2_048, 5_000})
    void a_slot_of_any_size_gives_what_was_not_taken_out_of_it(int size) {
        var random = new Random(size);
        var wheel = new Wheel(NOW);
        long day = NOW + Duration.ofDays(1).toNanos();
        List<Thing> left = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            var thing = new Thing(number, 0);
            wheel.add(thing, day + random.nextInt(1_000));
            left.add(thing);
        }
        for (int out = 0; out < size / 2; out++) {
            wheel.remove(left.remove(random.nextInt(left.size())));
        }
        left.sort(Comparator.naturalOrder());

        List<TimedCell> given = new ArrayList<>();
        for (TimedCell one = wheel.poll(day + 1_000); one != null; one = wheel.poll(day + 1_000)) {
            given.add(one);
        }
        assertThat(given).isEqualTo(left);
    }

    @Test
    void a_slot_whose_last_thing_is_taken_out_is_empty() {
        var wheel = new Wheel(NOW);
        var thing = new Thing(1, 0);
        wheel.add(thing, NOW + Duration.ofDays(1).toNanos());
        wheel.remove(thing);

        assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
    }
}
