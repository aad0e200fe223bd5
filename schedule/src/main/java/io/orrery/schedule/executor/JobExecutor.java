package io.orrery.schedule.executor;

import io.orrery.schedule.Schedule;
import io.orrery.time.TimeSource;

/**
 * Where fires run. May be implemented by anybody. Methods are called by any thread and never block.
 */
public interface JobExecutor extends AutoCloseable {

    /** Called before anything else, and again if the executor is used again after it was closed. */
    void open(TimeSource time);

    /**
     * Runs an attempt: has {@link Attempt#run} called once, or {@link Attempt#runInstead}, in a thread of its choice, now or
     * when there is room; the thread is started through the time source. If it never will, it calls {@link Attempt#refuse}.
     */
    void execute(Attempt attempt);

    /**
     * Refuses at once what it could never run; called when a schedule is added or changed.
     *
     * @throws IllegalArgumentException if it cannot run that
     */
    default void check(Schedule schedule) {}

    /** How many attempts it would begin at once if they came now. */
    int room();

    /** Takes no more, and cancels what has not begun. What runs is the scheduler's to wait for or to cancel. */
    @Override
    void close();

    /** A virtual thread of its own for each attempt, named after its schedule; as many at once as there are. The default. */
    static JobExecutor virtualThreads() {
        return new FreshThreads();
    }

    /**
     * Like {@link #virtualThreads()}, but so many at once; others wait, higher priorities first.
     *
     * @throws IllegalArgumentException if {@code limit} is not positive
     */
    static JobExecutor virtualThreads(int limit) {
        return VirtualThreads.limited(limit);
    }

    /**
     * So many platform threads at most: for work that keeps a processor busy, or native code. Higher priorities come first.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    static JobExecutor platformThreads(int threads) {
        return new PlatformThreads(threads);
    }

    /**
     * A Java virtual machine of its own for each attempt, which can be killed whatever the job does: it is told to stop when the
     * attempt is, and killed with all that it has started when it has not done so within 3 s. What it writes goes to the log,
     * line by line. Its result comes back as a plain value or as an {@link io.orrery.schedule.EncodedPayload}, what it threw as a
     * {@link ProcessJobException}, and so does its death. It costs some tenths of a second.
     *
     * @throws IllegalArgumentException if the declarations cannot be made, or do not know the codec
     */
    static JobExecutor processes(ProcessOptions options) {
        return new ProcessExecutor(options);
    }

    /** The thread that fires an attempt, which waits for its end: for tests, and for what takes no time. */
    static JobExecutor inline() {
        return new InlineExecutor();
    }
}
