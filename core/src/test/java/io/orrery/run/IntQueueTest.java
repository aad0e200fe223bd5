package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntQueueTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 1_000})
    void it_does_what_a_deque_does_whatever_size_was_expected(int expected) {
        var random = new SplittableRandom(7);
        var queue = new IntQueue(expected);
        var deque = new ArrayDeque<Integer>();
        for (int i = 0; i < 100_000; i++) {
            switch (random.nextInt(i % 1000 < 500 ? 3 : 6)) {
                case 0, 1 -> {
                    queue.addLast(i);
                    deque.addLast(i);
                }
                case 2 -> {
                    queue.addFirst(i);
                    deque.addFirst(i);
                }
                default -> {
                    if (!deque.isEmpty()) {
                        assertThat(queue.removeFirst()).isEqualTo(deque.removeFirst());
                    }
                }
            }
            assertThat(queue.isEmpty()).isEqualTo(deque.isEmpty());
        }

        while (!deque.isEmpty()) {
            assertThat(queue.removeLast()).isEqualTo(deque.removeLast());
        }
        assertThat(queue.isEmpty()).isTrue();
    }
}
