package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.NextDue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended.
 *
 * @param attempt which one
 * @param started when it began; null if it did not
 * @param outcome how it ended
 */
record EndedAttempt(Attempt attempt, @Nullable Instant started, JobOutcome outcome) {

    /** What its store is to make of it now. */
    Completion completion(Decider decider) {
        Instant now = decider.now();
        Lease lease = attempt.lease();
        Schedule schedule = lease.schedule();
        Fire fire = lease.fire();
        RetryPolicy retry = schedule.policy().retry();
        Instant retryAt = Quarantine.isNeeded(outcome)
                ? now
                : isFailure() && retry.retries(fire.attempt(), outcome)
                        ? now.plus(retry.delayAfter(
                                fire.attempt(), ThreadLocalRandom.current().nextDouble()))
                        : null;
        NextDue nextDue = retryAt == null ? decider.afterRun(schedule, fire) : null;
        Duration lateness = Duration.between(fire.at(), lease.since());
        String note = outcome instanceof JobOutcome.Succeeded ? "" : News.words(outcome);
        var history = new History(null, outcome.state().word(), now, lateness, note);
        return new Completion(lease, started, history, retryAt, nextDue);
    }

    /** Whether others can do it when the shutdown has stopped it: closing the store gives it back. */
    boolean mayBeGivenBack() {
        return switch (outcome) {
            case JobOutcome.NotRun _ -> true;
            case JobOutcome.Cancelled _ -> attempt.lease().schedule().policy().onLost() == OnLost.RERUN;
            default -> false;
        };
    }

    private boolean isFailure() {
        return outcome instanceof JobOutcome.Failed || outcome instanceof JobOutcome.TimedOut;
    }
}
