package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

    @AfterEach
    void forget() {
        System.clearProperty(SeededChecks.SEED);
    }

    @Test
    void the_same_seed_gives_the_same_values() {
        assertThat(values(Seeds.of(7))).isEqualTo(values(Seeds.of(7))).isNotEqualTo(values(Seeds.of(8)));
    }

    private static List<Object> values(Seeds seeds) {
        return List.of(
                seeds.between(0, 1_000_000),
                seeds.between(Duration.ZERO, Duration.ofHours(1)),
                seeds.pick(NUMBERS),
                seeds.some(NUMBERS, 0.5),
                seeds.shuffled(NUMBERS));
    }

    @Test
    void values_stay_within_their_bounds() {
        Seeds.check(500, seeds -> {
            assertThat(seeds.between(3, 5)).isBetween(3, 5);
            assertThat(seeds.between(Duration.ofMillis(3), Duration.ofMillis(5)).toMillis())
                    .isBetween(3L, 5L);
            assertThat(seeds.some(NUMBERS, 0)).isEmpty();
            assertThat(seeds.some(NUMBERS, 1)).isEqualTo(NUMBERS);
            assertThat(seeds.shuffled(NUMBERS)).containsExactlyInAnyOrderElementsOf(NUMBERS);
        });
    }

    @Test
    void a_check_that_fails_names_its_seed() {
        assertThatThrownBy(() -> Seeds.check(10, seeds -> {
                    if (seeds.seed() == 4) {
                        throw new IllegalStateException("bad luck");
                    }
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 4 (-Dorrery.seed=4 repeats it): java.lang.IllegalStateException: bad luck")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void one_seed_can_be_repeated_alone() {
        System.setProperty(SeededChecks.SEED, "42");
        var tried = new ArrayList<Long>();

        Seeds.check(10, seeds -> tried.add(seeds.seed()));

        assertThat(tried).containsExactly(42L);
    }
}
