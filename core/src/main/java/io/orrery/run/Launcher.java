package io.orrery.run;

import io.orrery.outcome.RunEvent;

/**
 * Starts jobs that may start, in the order in which they became ready; within one batch of mail in order of declaration. Used
 * by the run's coordinator only.
 */
final class Launcher {

    private final GraphRun run;
    private final IntList ready; // those that became so in this batch

    Launcher(GraphRun run) {
        this.run = run;
        this.ready = new IntList(run.plan().graph().entryCount());
    }

    /** Adds a job that may start as far as it is concerned. */
    void add(int job) {
        ready.add(job);
    }

    /** Starts all that may start, as far as the run and its slots allow it. */
    void launch() {
        if (run.isUndecided()) {
            ready.sort();
            beginReady();
            beginQueued();
            if (run.tree.events.heard()) {
                publishQueued();
            }
        }
        ready.clear();
    }

    private void beginReady() {
        for (int i = 0; i < ready.size(); i++) {
            int job = ready.get(i);
            if (!run.attempts.hasStartedMany() && run.slots.takeAtOnce()) {
                begin(job);
            } else {
                run.slots.add(job);
            }
        }
    }

    private void beginQueued() {
        int job = Slots.NOBODY;
        while (!run.attempts.hasStartedMany() && (job = run.slots.next()) != Slots.NOBODY) {
            begin(job);
        }
        if (run.attempts.hasStartedMany()) { // there may be others, but first comes what has arrived meanwhile
            run.post(Mail.of(Mail.Rank.SLOT, 0, () -> {}));
        }
    }

    private void begin(int job) {
        run.retries.begun(job);
        run.attempts.begin(job, run.table.started(job, run.now));
    }

    private void publishQueued() {
        for (int i = 0; i < ready.size(); i++) {
            int job = ready.get(i);
            if (run.table.isQueued(job)) {
                run.tree.publish(at -> new RunEvent.JobQueued(run.tree.runId, run.pathOf(job), at));
            }
        }
    }
}
