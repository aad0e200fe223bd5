package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The jobs of a run that are between two attempts. They hold no thread and no slot. Used by the coordinator only. */
final class Retries {

    private final GraphRun run;
    private final Map<Integer, Pause> pauses = new HashMap<>(); // from the end of an attempt to the start of the next

    private record Pause(JobOutcome lastEnding, @Nullable Alarm alarm) {}

    Retries(GraphRun run) {
        this.run = run;
    }

    static boolean isFailure(JobOutcome outcome) {
        return outcome instanceof JobOutcome.Failed || outcome instanceof JobOutcome.TimedOut;
    }

    /** Has the run queue the job again when its delay is over. */
    void schedule(Attempt attempt) {
        int job = attempt.job;
        JobOutcome ending = attempt.outcome();
        Duration delay = attempt.policy()
                .delayAfter(attempt.number, ThreadLocalRandom.current().nextDouble());
        run.tree.publish(
                at -> new RunEvent.JobRetrying(run.tree.runId, run.pathOf(job), at, attempt.number, ending, delay));
        if (delay.isPositive()) {
            pauses.put(job, new Pause(ending, run.alarm(delay, Mail.Rank.RETRY, job, () -> due(job))));
        } else {
            pauses.put(job, new Pause(ending, null));
            run.queueAgain(job);
        }
    }

    private void due(int job) {
        if (pauses.containsKey(job)) {
            run.queueAgain(job);
        }
    }

    /** Takes note that the next attempt begins. */
    void begun(int job) {
        if (!pauses.isEmpty()) {
            pauses.remove(job);
        }
    }

    /** How a job that waits for its next attempt ends when the run does; null if it does not wait for one. */
    @Nullable
    JobOutcome stop(int job, String because) {
        Pause pause = pauses.remove(job);
        if (pause == null) {
            return null;
        }
        if (pause.alarm != null) {
            pause.alarm.cancel();
        }
        return cancelled(pause.lastEnding, because);
    }

    /** How a job ends that would be tried again if the run went on. */
    static JobOutcome cancelled(JobOutcome lastEnding, String because) {
        return new JobOutcome.Cancelled(because, lastEnding.failure().orElse(null), null);
    }
}
