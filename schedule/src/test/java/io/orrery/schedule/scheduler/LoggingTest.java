package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.spec.Spec;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a scheduler says in the log, and how loud. */
@Spec("G-005")
class LoggingTest extends SchedulerFixture {

    private final LogLines log = new LogLines("quiet");

    @AfterEach
    void unlisten() {
        log.close();
    }

    @Test
    void what_people_do_is_information_and_what_is_not_run_a_warning() throws InterruptedException {
        Scheduler quiet = open(Scheduler.named("quiet"));
        try (quiet) {
            quiet.start();
            quiet.add(every("late", MINUTE).policy(p -> p.grace(Duration.ZERO)));
            quiet.add(Schedule.named("long").every(MINUTE).body(context -> {
                context.sleep(Duration.ofSeconds(61));
                throw new IllegalStateException("no paper");
            }));
            advance(121);
            quiet.pause();
            advance(60);
            quiet.resume();
            time.awaitIdle();
            quiet.pause("late");
            quiet.remove("late");
            quiet.remove("long");
            advance(100);
        }

        assertThat(log.lines())
                .containsSubsequence(
                        "INFO started",
                        "INFO late: added",
                        "WARNING long: skipped 2026-01-01T00:02:00Z, since as many of its fires run as may",
                        "WARNING long@2026-01-01T00:01:00Z: failed: java.lang.IllegalStateException: no paper",
                        "INFO late: paused",
                        "INFO late: removed",
                        "INFO shut down")
                .contains("WARNING late: missed 1 due, the last at 2026-01-01T00:03:00Z: it was noticed later than its"
                        + " grace allows")
                .noneMatch(line -> line.startsWith("SEVERE"));
    }
}
