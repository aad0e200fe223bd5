package io.orrery.schedule.scheduler;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;

/** A scheduler on manual time that stands until it is moved, and the trail of its events. */
abstract class SchedulerFixture {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);

    final ManualTime time = ManualTime.stopped();
    final EventTrail trail = new EventTrail();
    final Scheduler scheduler = open(Scheduler.named("test"));

    Scheduler open(SchedulerBuilder builder) {
        Scheduler opened = builder.time(time).zone(ZoneOffset.UTC).open();
        opened.listen(trail);
        return opened;
    }

    /** Starts it and forgets the events of that. */
    Scheduler started() throws InterruptedException {
        scheduler.start();
        time.awaitIdle();
        trail.lines();
        return scheduler;
    }

    Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    static Schedule every(String id, Duration interval) {
        return Schedule.named(id).every(interval).action(() -> {});
    }

    void advance(long seconds) throws InterruptedException {
        time.advance(Duration.ofSeconds(seconds));
    }

    @AfterEach
    void close() {
        if (scheduler.state() != SchedulerState.STOPPED) {
            while (!scheduler.shutdownNow()) {
                Thread.onSpinWait();
            }
        }
    }
}
