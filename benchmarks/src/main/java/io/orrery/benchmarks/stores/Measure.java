package io.orrery.benchmarks.stores;

/** What is measured, and how often. */
enum Measure {
    ONE_SHOTS("one-shot fires a second", 120_000, 4, 5),
    WRITES("transactions that write, for each one-shot fire", 120_000, 0, 0),
    RECURRING("recurring fires a second", 120_000, 2, 3),
    ADDED("schedules added a second by 500 virtual threads, each waiting for its commit", 40_000, 2, 3),
    FEW_DUE("one-shot fires a second, 10,000 due", 10_000, 4, 5),
    MANY_DUE("one-shot fires a second, 1,000,000 due (300,000 with --quick)", 1_000_000, 0, 1),
    ONE_NODE("one-shot fires a second, one process", 60_000, 0, 2),
    FOUR_NODES("one-shot fires a second, four processes", 60_000, 0, 2),
    DELAY_LOADED("from the end of a job until its commit is told, p99, all due at once", 40_000, 1, 3),
    DELAY_CALM("from the end of a job until its commit is told, p99, 5,000 jobs a second", 10_000, 1, 3),
    LATENCY("from due to start, p50, on the node where it was added", 200, 0, 2),
    LATENCY_ACROSS("from due to start, p50, added on another node when it is due", 200, 0, 2);

    private static final int MANY_IN_A_HURRY = 300_000;

    private final String title;
    private final int jobs;
    private final int warmups;
    private final int rounds;

    Measure(String title, int jobs, int warmups, int rounds) {
        this.title = title;
        this.jobs = jobs;
        this.warmups = warmups;
        this.rounds = rounds;
    }

    /** How many jobs the fastest one gets. */
    int jobs(boolean quick) {
        return quick ? Math.min(jobs, MANY_IN_A_HURRY) : jobs;
    }

    int warmups(boolean quick) {
        return quick ? Math.ceilDiv(warmups, 2) : warmups;
    }

    int rounds(boolean quick) {
        return quick ? Math.ceilDiv(rounds, 2) : rounds;
    }

    /** Whether it is a time, in nanoseconds. */
    boolean isTime() {
        return compareTo(DELAY_LOADED) >= 0;
    }

    @Override
    public String toString() {
        return title;
    }
}
