package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.schedule.store.ScheduleStore;
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
    private final Map<Fire, Ended> between = new ConcurrentHashMap<>();

    /**
     * How an attempt has ended.
     *
     * @param store alias of the store that it is of
     * @param outcome how
     */
    private record Ended(String store, JobOutcome outcome) {}

    FiredJob add(Fire fire, Signal ended) {
        var job = new FiredJob(fire, ended);
        jobs.put(fire, job);
        return job;
    }

    void forget(FiredJob job) {
        jobs.remove(job.fire());
    }

    /** An attempt has ended so, and another one is to follow; said before the store hears of it. */
    void retries(String store, Fire fire, JobOutcome outcome) {
        if (jobs.containsKey(fire)) {
            between.put(fire, new Ended(store, outcome));
        }
    }

    /** An attempt is about to begin, whose end will be told. */
    void begins(Fire fire) {
        if (!between.isEmpty()) {
            between.remove(fire);
        }
    }

    /** Its last attempt has ended so. */
    void ends(Fire fire, JobOutcome outcome) {
        if (jobs.isEmpty()) {
            return;
        }
        between.remove(fire);
        FiredJob job = jobs.remove(fire);
        if (job != null) {
            job.end(outcome);
        }
    }

    /** None of that schedule that waits to be tried again will be. */
    void dropped(String schedule) {
        between.forEach((fire, ended) -> {
            if (fire.schedule().equals(schedule)) {
                ends(fire, ended.outcome);
            }
        });
    }

    /** Another node that shares this store may have run the last attempt of what was tried here first. */
    void endedElsewhere(StoreDesk desk) {
        between.forEach((fire, ended) -> {
            if (ended.store.equals(desk.alias) && !knows(desk.store, fire) && between.remove(fire, ended)) {
                ends(fire, new JobOutcome.NotRun("another node of its store has run its last attempt"));
            }
        });
    }

    private static boolean knows(ScheduleStore store, Fire fire) {
        return store.find(fire.schedule())
                .filter(stored ->
                        stored.running().contains(fire.id()) || stored.waiting().contains(fire.id()))
                .isPresent();
    }

    /** Nobody will tell of the others. */
    void shutDown() {
        jobs.keySet().forEach(fire -> ends(fire, new JobOutcome.NotRun("the scheduler was shut down")));
    }
}
