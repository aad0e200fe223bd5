package io.orrery.run;

import java.util.function.IntConsumer;

/** Has jobs begin, each in a virtual thread: the seam between a run and its {@link io.orrery.job.Threads}. */
sealed interface Starter permits FreshThreads, ReusedThreads {

    /** Has an attempt of a job begin. Called by the coordinator. */
    void start(int job, int number);

    /** Whether so many have been started that mail should be handled before others are. */
    boolean hasStartedMany();

    /** Called by the coordinator when it has been told of the end of an attempt, by that itself. */
    void reported(Attempt attempt);

    /** Called by the coordinator when there is nothing more to start for now. */
    void flush();

    /** Takes back those that have not begun; they will not any more. Called by the coordinator. */
    void takeBack(IntConsumer job);
}
