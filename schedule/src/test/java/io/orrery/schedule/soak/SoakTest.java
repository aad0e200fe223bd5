package io.orrery.schedule.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand schedules for days or years of virtual time, with pauses, updates, clocks that are set, and jobs that fail. Every
 * moment at which one should fire is accounted for. The system property {@code orrery.soak-days} sets how long, and
 * {@code orrery.soak-seed} the seed.
 */
@Tag("slow")
class SoakTest {

    private static final int DAYS = Integer.getInteger("orrery.soak-days", 60);
    private static final long SEED = Long.getLong("orrery.soak-seed", 1);
    private static final Logger LOG = Logger.getLogger("io.orrery.schedule");

    @Test
    @Timeout(3_600)
    @Spec({"L-001", "L-003", "T-020", "GT10", "GT31", "GT33", "GT35"})
    void every_moment_at_which_a_schedule_should_fire_is_accounted_for() throws InterruptedException {
        LOG.setLevel(Level.OFF); // millions of warnings
        Tally tally = new Soak(SEED).run(Duration.ofDays(DAYS));
        LOG.setLevel(null);

        LOG.info(DAYS + " days, seed " + SEED + ": " + tally);
        assertThat(tally.problems()).isEmpty();
        assertThat(tally.accounted()).isEqualTo(tally.due);
        assertThat(tally.fires).isGreaterThan(1_000L * DAYS);
    }
}
