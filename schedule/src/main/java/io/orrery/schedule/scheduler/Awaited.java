package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.time.Signal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fires whose ends somebody may wait for. Each ends once: with its last attempt, when it is known that there will be no other
 * one, or with the scheduler. Safe for use by any thread.
 */
final class Awaited {

    private final Map<Fire, FiredJob> jobs = new ConcurrentHashMap<>();

    /** How those ended that are to be tried again, and are not yet. */
    private final Map<Fire, JobOutcome> between = new ConcurrentHashMap<>();

    FiredJob add(Fire fire, Signal ended) {
        var job = new FiredJob(fire, ended);
        jobs.put(fire, job);
        return job;
    }

    void forget(FiredJob job) {
        jobs.remove(job.fire());
    }

    /** An attempt has ended so, and another one is to follow; said before the store hears of it. */
    void retries(Fire fire, JobOutcome outcome) {
        if (jobs.containsKey(fire)) {
            between.put(fire, outcome);
        }
    }

    /** An attempt is about to begin, whose end will be told. */
    void begins(Fire fire) {
        between.remove(fire);
    }

    /** Its last attempt has ended so. */
    void ends(Fire fire, JobOutcome outcome) {
        between.remove(fire);
        FiredJob job = jobs.remove(fire);
        if (job != null) {
            job.end(outcome);
        }
    }

    /** None of that schedule that waits to be tried again will be. */
    void dropped(String schedule) {
        between.forEach((fire, outcome) -> {
            if (fire.schedule().equals(schedule)) {
                ends(fire, outcome);
            }
        });
    }

    /** Nobody will tell of the others. */
    void shutDown() {
        jobs.keySet().forEach(fire -> ends(fire, new JobOutcome.NotRun("the scheduler was shut down")));
    }
}
