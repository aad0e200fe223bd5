package io.orrery.run;

import io.orrery.job.JobBody;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a plan, live. Safe for use by any thread. A plan can be run again, and by several runs at once.
 *
 * <p>A run ends when all its finite jobs have ended, when a critical job has failed, at its timeout, or when it is
 * cancelled. Whichever it is, nothing new starts then, what still runs is told to stop and waited for, jobs are shut
 * down, and only then does the run count as ended: none of its threads is left, or the report names it.
 */
public sealed interface Run extends AutoCloseable permits RunHandle {

    /**
     * Starts a run and returns at once. Its threads are virtual, so they do not keep the virtual machine alive: wait for its
     * end, or use it as a resource of a {@code try} statement that does.
     */
    static Run start(Plan<?> plan) {
        return start(plan, RunOptions.defaults());
    }

    /** Starts a run and returns at once, like {@link #start(Plan)}. */
    static Run start(Plan<?> plan, RunOptions options) {
        return GraphRun.start(plan, options);
    }

    /** Runs a plan and waits for its end, like {@link #execute(Plan, RunOptions)}. */
    static RunReport execute(Plan<?> plan) {
        return execute(plan, RunOptions.defaults());
    }

    /**
     * Runs a plan and waits for its end. If the calling thread is interrupted meanwhile, the run is cancelled, this method
     * still waits for it to end in order, and the thread is left interrupted.
     *
     * @return what became of it; a failure of a job does not throw
     * @throws Error if a job threw one that says that the virtual machine itself is broken, after the run has ended in order
     */
    static RunReport execute(Plan<?> plan, RunOptions options) {
        Run run = start(plan, options);
        try {
            return run.await();
        } catch (InterruptedException e) {
            run.cancel("the calling thread was interrupted");
            Thread.currentThread().interrupt();
            return run.awaitUninterruptibly();
        }
    }

    /**
     * Runs one body alone, in the calling thread, in real time and outside of any run: its path, label and run id are empty,
     * and there are no other jobs. Nothing of it is recorded anywhere, and its shutdown is not called.
     *
     * @return what it returns
     * @throws Exception what it throws
     */
    static <T extends @Nullable Object> T alone(JobBody<T> body) throws Exception {
        return body.run(new LoneContext());
    }

    /** Its id, a ULID. */
    String id();

    /** What is run. */
    Plan<?> plan();

    /**
     * Waits for the end. An interrupt ends the wait, not the run.
     *
     * @return what became of it; a failure of a job does not throw
     * @throws InterruptedException if the calling thread is interrupted
     * @throws Error if a job threw one that says that the virtual machine itself is broken
     */
    RunReport await() throws InterruptedException;

    /**
     * Waits for the end, for at most {@code patience} on the clock of the run. When that is over, the run goes on.
     *
     * @return what became of it, or empty if it has not ended
     * @throws InterruptedException if the calling thread is interrupted
     * @throws Error if a job threw one that says that the virtual machine itself is broken
     */
    Optional<RunReport> await(Duration patience) throws InterruptedException;

    /**
     * Waits for the end, whatever interrupts; the thread is left interrupted then.
     *
     * @throws Error if a job threw one that says that the virtual machine itself is broken
     */
    RunReport awaitUninterruptibly();

    /** Stops the run, in order, and returns at once. Without effect if its verdict is known already. */
    void cancel(String reason);

    /**
     * Lets nothing new start, in nested runs either, until {@link #resume}. What runs goes on, and timeouts go on counting.
     * Without effect if it is paused, or if its verdict is known.
     */
    void pause();

    /** Ends a pause; without effect if there is none. */
    void resume();

    /** What has become of it so far; of a run that has ended, its report. */
    RunReport snapshot();

    /** Cancels the run if it has not ended, and waits for its end. */
    @Override
    void close();
}
