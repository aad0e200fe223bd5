package io.orrery.schedule.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random triggers in many zones, compared with brute force: cron in three dialects and with all rules for gaps and repeats,
 * intervals, and combinations. The system property {@code orrery.random-triggers} sets how many, {@code orrery.random-seed}
 * the first seed.
 */
@Tag("slow")
class RandomTriggersTest {
    private static final int CASES = Integer.getInteger("orrery.random-triggers", 200_000);
    private static final long FIRST_SEED = Long.getLong("orrery.random-seed", 1);

    @Test
    @Timeout(900)
    @Spec({"T-009", "T-014", "T-015", "T-016", "T-021", "T-022", "T-026", "T-027", "GT11", "GT13", "GT14", "GT15"})
    void every_random_trigger_fires_when_brute_force_says() {
        List<String> problems = LongStream.range(FIRST_SEED, FIRST_SEED + CASES)
                .parallel()
                .mapToObj(seed -> RandomCases.problem(seed).map(problem -> "seed " + seed + ": " + problem))
                .flatMap(Optional::stream)
                .limit(20)
                .toList();

        assertThat(problems).isEmpty();
    }

    @Test
    void the_zones_are_many_and_none_repeats_more_than_brute_force_looks_back() {
        assertThat(RandomCases.ZONES).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
        assertThat(RandomCases.largestRepeat().getTotalSeconds())
                .isLessThanOrEqualTo(ZoneOffset.ofHours(4).getTotalSeconds());
    }
}
