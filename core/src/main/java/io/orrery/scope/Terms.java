package io.orrery.scope;

import io.orrery.time.Alarm;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What only some jobs have: how long they may take, and where they were spawned. Guarded by itself. */
final class Terms {

    private final @Nullable Duration timeout;
    private final @Nullable Instant deadline;
    /** Null if nobody wants to know. */
    final @Nullable Throwable spawnTrace;

    private @Nullable Alarm timeoutAlarm;
    private @Nullable Alarm deadlineAlarm;
    private @Nullable Instant timeoutAt;
    private boolean over;

    Terms(Spawning spawning) {
        this.timeout = spawning.timeout();
        this.deadline = spawning.deadline();
        this.spawnTrace = spawning.scope().options().tracesSpawns() ? new Throwable("spawned here") : null;
    }

    /** Watches the deadline; called when the job enters its scope. */
    void entered(SpawnedJob<?> job, TimeSource time) {
        if (deadline == null) {
            return;
        }
        Duration between = Duration.between(time.instant(), deadline);
        Duration left = between.isNegative() ? Duration.ZERO : between;
        set(time.alarm(left, () -> job.timedOut(left)), /* forDeadline= */ true);
    }

    /** Watches the timeout; called when the body is about to begin. */
    void began(SpawnedJob<?> job, TimeSource time) {
        if (timeout == null) {
            return;
        }
        synchronized (this) {
            timeoutAt = after(time.instant(), timeout);
        }
        set(time.alarm(timeout, () -> job.timedOut(timeout)), /* forDeadline= */ false);
    }

    /** A timeout may be as good as for ever. */
    private static Instant after(Instant begin, Duration timeout) {
        return timeout.compareTo(Duration.between(begin, Instant.MAX)) < 0 ? begin.plus(timeout) : Instant.MAX;
    }

    private void set(Alarm alarm, boolean forDeadline) {
        synchronized (this) {
            if (!over) {
                if (forDeadline) {
                    deadlineAlarm = alarm;
                } else {
                    timeoutAlarm = alarm;
                }
                return;
            }
        }
        alarm.cancel();
    }

    /** Called when the job has ended. */
    void over() {
        synchronized (this) {
            over = true;
            cancel(timeoutAlarm);
            cancel(deadlineAlarm);
        }
    }

    private static void cancel(@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** The moment by which the job has to have ended. */
    Optional<Instant> nearest() {
        synchronized (this) {
            if (timeoutAt == null || deadline == null) {
                return Optional.ofNullable(timeoutAt == null ? deadline : timeoutAt);
            }
            return Optional.of(timeoutAt.isBefore(deadline) ? timeoutAt : deadline);
        }
    }
}
