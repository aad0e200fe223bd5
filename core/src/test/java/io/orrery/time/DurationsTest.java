package io.orrery.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "1, 1ms",
        "999, 999ms",
        "1000, 1s",
        "1500, 1.5s",
        "59999, 59.999s",
        "60000, 1m",
        "61001, 1m1s1ms",
        "5400000, 1h30m",
        "86400000, 1d",
        "90061001, 1d1h1m1s1ms",
        "-1500, -1.5s"
    })
    void a_duration_is_written_as_people_do(long millis, String text) {
        assertThat(Durations.text(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "1.5s, PT1.5S",
        "2m, PT2M",
        "1h30m, PT1H30M",
        "1h 30m, PT1H30M",
        "' 1d ', PT24H",
        "0.5ms, PT0.0005S",
        "PT15S, PT15S",
        "P1D, PT24H"
    })
    void a_duration_is_read_with_units_or_as_iso(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "5 s", "-5s", "5x", "s", "1.s", ".5s", "PT", "P", "5s!", "999999999999999d"})
    void what_is_no_duration_is_refused_with_what_would_be_one(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("\"" + text.strip() + "\"")
                .withMessageContaining("15m");
    }

    @Test
    void what_is_written_is_read_back() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            var duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 45)));

            assertThat(Durations.parse(Durations.text(duration))).isEqualTo(duration);
        }
    }
}
