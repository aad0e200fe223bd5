import org.jspecify.annotations.NullMarked;

/** Decides when jobs run. Needs the JDK only. The exports, in reading order. */
@NullMarked
module io.orrery.schedule {
    requires static org.jspecify;
    requires transitive io.orrery;

    // when: dates, intervals, cron, and what can be made of them
    exports io.orrery.schedule.trigger;
    // the face: the scheduler, how it is set up, and what it tells about itself
    exports io.orrery.schedule.scheduler;
    // what: schedules and their policies, fires, events, payloads
    exports io.orrery.schedule;
    // where it is remembered, and what who writes a store can build on
    exports io.orrery.schedule.store;
    // where it runs
    exports io.orrery.schedule.executor;
}
