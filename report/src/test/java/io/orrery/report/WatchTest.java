package io.orrery.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@Spec({"A-116", "GB-26"})
class WatchTest {

    private final ManualTime time = ManualTime.stoppedAt(Instant.parse("2026-11-20T15:20:01.042Z"));

    @Test
    void it_shows_seconds_and_milliseconds_in_seven_characters_and_grows_beyond() throws InterruptedException {
        Watch watch = Watch.start(time);
        assertThat(watch.text()).isEqualTo("000.000");

        time.advance(Duration.ofMillis(12_345));
        assertThat(watch.text()).isEqualTo("012.345");
        assertThat(watch.seconds()).isEqualTo(12.345);
        assertThat(watch.elapsed()).isEqualTo(Duration.ofMillis(12_345));
        assertThat(watch.line("half way")).isEqualTo("012.345  half way");

        time.advance(Duration.ofSeconds(1000));
        assertThat(watch.text()).isEqualTo("1012.345");
    }

    @Test
    void after_a_reset_it_starts_again_from_zero() throws InterruptedException {
        Watch watch = Watch.start(time);
        time.advance(Duration.ofSeconds(3));

        watch.reset();

        assertThat(watch.text()).isEqualTo("000.000");
        time.advance(Duration.ofMillis(7));
        assertThat(watch.text()).isEqualTo("000.007");
    }

    @Test
    void it_also_knows_what_a_clock_on_the_wall_shows() {
        Watch watch = Watch.start(time);

        assertThat(watch.wallClock(ZoneOffset.UTC)).isEqualTo("15:20:01.042");
        assertThat(watch.wallClock(ZoneId.of("Europe/Paris"))).isEqualTo("16:20:01.042");
    }

    @Test
    void in_real_time_it_never_goes_back() {
        Watch watch = Watch.start();

        Duration first = watch.elapsed();

        assertThat(first).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(watch.elapsed()).isGreaterThanOrEqualTo(first);
    }
}
