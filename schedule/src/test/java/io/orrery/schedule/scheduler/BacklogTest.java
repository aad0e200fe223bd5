package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of times that nobody was there for. */
class BacklogTest extends SchedulerFixture {

    @Test
    @Spec({"GT31", "L-001"})
    void a_backlog_of_whatever_length_is_judged_at_once() throws InterruptedException {
        scheduler.startPaused();
        scheduler.add(every("a", Duration.ofNanos(1_000)));
        advance(90 * 86_400L);
        trail.lines();

        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.fires()).containsExactly("90d a submitted, 10000000 coalesced", "90d a executed");
        scheduler.remove("a");
    }

    @Test
    @Spec({"GT35", "PR-007"})
    void without_a_grace_it_is_in_time_until_the_next_time() throws InterruptedException {
        started().add(every("a", MINUTE));
        scheduler.pause();
        advance(119);
        scheduler.resume();
        time.awaitIdle();

        assertThat(trail.fires()).containsExactly("0ms a added", "1m59s a submitted for 1m", "1m59s a executed");
    }
}
