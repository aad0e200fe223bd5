package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntListTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 5, 1_000})
    void it_grows_is_sorted_and_is_empty_once_cleared(int expected) {
        var list = new IntList(expected);
        for (int size : new int[] {0, 1, 7, 5_000, 3}) {
            for (int i = size; i > 0; i--) {
                list.add(i);
            }
            list.sort();

            assertThat(IntStream.range(0, list.size()).mapToObj(list::get))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, size).boxed().toList());

            list.clear();

            assertThat(list.size()).isZero();
        }
    }

    @Test
    void it_has_room_for_very_many_only_the_first_time() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var list = new IntList(1_000_000);
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 100; i++) {
            list.add(i);
            list.clear();
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 * 4_000_000L);
    }
}
