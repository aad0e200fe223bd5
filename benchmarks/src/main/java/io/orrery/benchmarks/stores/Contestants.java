package io.orrery.benchmarks.stores;

import java.util.List;

/** All who take part, by name. */
final class Contestants {

    static final String ORRERY = "Orrery, without history";
    static final String ORRERY_HISTORY = "Orrery, with history";
    static final String DB_SCHEDULER = "db-scheduler";
    static final String JOBRUNR = "JobRunr";
    static final String QUARTZ = "Quartz clustered";

    private static final List<Contestant> ALL = List.of(
            new OrreryStore(ORRERY, false),
            new OrreryStore(ORRERY_HISTORY, true),
            new DbScheduler(DB_SCHEDULER),
            new JobRunrServer(JOBRUNR),
            new QuartzCluster(QUARTZ));

    private Contestants() {}

    static List<Contestant> all() {
        return ALL;
    }

    static Contestant named(String title) {
        return ALL.stream().filter(one -> one.title().equals(title)).findFirst().orElseThrow();
    }
}
