import org.jspecify.annotations.NullMarked;

/**
 * Runs jobs that depend on each other. The exports, in reading order: declare, check, run, and see what became of it.
 */
@NullMarked
@SuppressWarnings("module") // those who may use the process table are compiled later
module io.orrery {
    requires static org.jspecify;
    requires jdk.jfr;

    // 1 declare: a workflow, its jobs, who requires whom
    exports io.orrery.workflow;
    // 2 the words: jobs and their bodies, conditions, retries, limits, how a job can end
    exports io.orrery.job;
    // 3 check: the immutable, validated snapshot that is run; all its problems at once
    exports io.orrery.plan;
    // 4 run: await, cancel, pause, look
    exports io.orrery.run;
    // background jobs that end well when their scope is closed
    exports io.orrery.scope;
    // 5 what happened and what became of it: events, reports, listings
    exports io.orrery.outcome;
    // the seam for clock and waiting, and a clock that tests can move
    exports io.orrery.time;
    // not for others: processes, and what an interrupt comes back as
    exports io.orrery.process to
            io.orrery.schedule,
            io.orrery.workflowfile;
    exports io.orrery.thread to
            io.orrery.schedule;
}
