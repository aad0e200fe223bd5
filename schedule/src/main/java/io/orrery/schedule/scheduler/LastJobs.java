package io.orrery.schedule.scheduler;

import io.orrery.job.Action;
import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.time.Alarm;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the schedules for the shutdown, one after the other, each for a while only. */
final class LastJobs {

    private static final Duration LAST_JOB = Duration.ofSeconds(30);

    private final Engine engine;

    LastJobs(Engine engine) {
        this.engine = engine;
    }

    /** Each is removed first, and what goes wrong with one keeps nobody from the next. */
    void run(StoreDesk desk) {
        try {
            for (StoredSchedule stored : desk.store.all()) {
                if (stored.row().state() == ScheduleState.AT_SHUTDOWN
                        && desk.store.write(Step.remove(stored.row())) != null) {
                    run(stored.row().schedule());
                }
            }
        } catch (RuntimeException e) {
            engine.news.log(System.Logger.Level.ERROR, "schedules for the shutdown could not be read", e);
        }
    }

    private void run(Schedule schedule) {
        Instant now = engine.time().instant();
        var host = new Last(schedule.id(), engine.time().signal());
        var lease = new Lease(Fire.at(schedule.id(), now), schedule, 1, now, Instant.MAX);
        var attempt = new Attempt(host, lease, engine.time().nanos(), null);
        Alarm limit = schedule.policy().timeout().isPresent()
                ? () -> {}
                : engine.time().alarm(LAST_JOB, () -> attempt.cancel("nobody waits for it any longer"));
        engine.time().start(Thread.ofVirtual().name(schedule.id()), attempt);
        host.ended.awaitUninterruptibly();
        limit.cancel();
    }

    /** Hosts what runs when no store takes note of it any more. */
    private final class Last implements Attempt.Host {
        private final String id;
        private final Signal ended;

        private Last(String id, Signal ended) {
            this.id = id;
            this.ended = ended;
        }

        @Override
        public TimeSource time() {
            return engine.time();
        }

        @Override
        public ZoneId zone() {
            return engine.zone();
        }

        @Override
        public @Nullable Object run(Attempt attempt) throws Exception {
            return engine.run(attempt);
        }

        @Override
        public boolean holds(Attempt attempt) {
            return true;
        }

        @Override
        public void tick(Attempt session, Fire tick, Action action) {
            engine.tick(session, tick, action);
        }

        @Override
        public void ended(Attempt attempt, Optional<Instant> started, JobOutcome outcome) {
            boolean good = outcome instanceof JobOutcome.Succeeded;
            engine.news.log(
                    good ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                    "at shutdown, " + id + ": " + outcome.state().word() + News.words(outcome));
            ended.set();
        }
    }
}
