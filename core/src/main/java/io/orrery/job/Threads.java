package io.orrery.job;

/** Which virtual threads the jobs of a workflow run in. */
public enum Threads {

    /**
     * Each attempt of a job has a virtual thread of its own, and with it its own name, thread locals and interrupt status. The
     * default.
     */
    FRESH,

    /**
     * A thread whose job has ended takes the next job that may start, which is several times as fast for very short jobs. As
     * many run at once as with fresh threads. While a job runs, the thread has its name, and each job finds it uninterrupted;
     * but what a job leaves in a thread local the next one finds, so this is for jobs that leave nothing there. A job counts as
     * running once it stands in line for a thread.
     */
    REUSED
}
