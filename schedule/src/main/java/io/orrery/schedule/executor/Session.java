package io.orrery.schedule.executor;

import io.orrery.schedule.Fire;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What runs lifecycles: each run of it is one session.
 *
 * @param ticks when it ticks
 * @param jobs makes the object of a session
 */
record Session(Trigger ticks, Supplier<? extends LifecycleJob> jobs) {

    private static final String TICK = "/tick";

    /** @throws IllegalArgumentException if the trigger does not fire by itself */
    Session {
        switch (ticks.timing()) {
            case SCHEDULED, AFTER_COMPLETION -> {}
            case AT_SHUTDOWN, ON_DEMAND ->
                throw new IllegalArgumentException("A lifecycle ticks by itself, but \"" + ticks.describe()
                        + "\" does not. Give it an interval or a cron expression.");
        }
    }

    void run(Attempt session) throws Exception {
        LifecycleJob job = Objects.requireNonNull(jobs.get(), "A lifecycle needs an object; its supplier gave null.");
        try {
            job.setup(session);
            tick(job, session);
        } finally {
            Thread.interrupted(); // it was told to stop, and now it cleans up
            job.cleanup();
        }
    }

    private void tick(LifecycleJob job, Attempt session) throws Exception {
        TimeSource time = session.time();
        ZoneId zone = session.zone();
        Trigger trigger = ticks.anchored(time.instant(), session.path().hashCode());
        boolean afterCompletion = trigger.timing() == Trigger.Timing.AFTER_COMPLETION;
        Instant previous = null;
        while (true) {
            Optional<Instant> next = trigger.next(zone, previous, time.instant());
            if (next.isEmpty()) {
                time.signal().await(); // it has no time left, but nobody has told it to stop
            }
            Instant first = next.orElseThrow();
            time.signal().awaitUntil(first);
            requireLease(session);
            Instant due = afterCompletion
                    ? first
                    : trigger.latest(zone, first, time.instant()).orElse(first);
            session.tick(Fire.at(session.path() + TICK, due), () -> job.tick(session, due));
            previous = afterCompletion ? time.instant() : due;
        }
    }

    /** One that was frozen may have been replaced, and must not act. */
    private static void requireLease(Attempt session) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop");
        }
        if (session.cancelled()) {
            throw new IllegalStateException("Only who has a lease may act, but that of " + session.runId()
                    + " has run out before it was renewed. Another process may have taken over.");
        }
    }
}
