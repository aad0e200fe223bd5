package io.orrery.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that are measured beside each other say the same where clocks are not changed. */
@Timeout(60)
class CronContenderTest {

    @ParameterizedTest
    @EnumSource
    void all_name_the_same_next_fires(CronPattern pattern) {
        Instant start = Instant.parse("2026-05-01T10:02:03Z");

        for (CronContender contender : CronContender.values()) {
            NextFireOf next = contender.of(pattern);
            Instant expected = start;
            Instant actual = start;
            for (int i = 0; i < 5; i++) {
                expected = CronContender.ORRERY.of(pattern).after(expected);
                actual = next.after(actual);
                assertThat(actual).as(contender.name()).isEqualTo(expected);
            }
        }
    }
}
