package io.orrery.model;

import java.util.List;
import java.util.Optional;

/**
 * A workflow to be run and what happens to it from outside. Times are milliseconds; 0 stands for none where there may be
 * none. Immutable.
 *
 * @param limits the shared limits, as numbers of slots
 * @param root the workflow
 * @param outside what others do to its run, in order of time
 */
public record Case(List<Integer> limits, Flow root, List<Outside> outside) {

    /** What a job does. */
    public sealed interface Work permits Flow, Body {}

    /** A workflow; its settings are those of the same names. */
    public record Flow(String name, List<Task> tasks, Times times, int window) implements Work {}

    /** The durations of a workflow. */
    public record Times(int timeout, int shutdownTimeout, int grace) {}

    /** A job. */
    public record Task(String label, Work work, Options options, List<Need> needs) {}

    /** The options of a job; limits are numbers of {@link Case#limits}. */
    public record Options(boolean critical, boolean forever, int timeout, Retry retry, List<Integer> limits) {}

    /** When to try again; {@code cap} is the longest delay. */
    public record Retry(int retries, int delay, int factor, int cap) {}

    /** How another job of the same workflow, named by its number, has to end. */
    public record Need(int task, Ending ending) {}

    /** The endings that can be asked for. */
    public enum Ending {
        FINISHED,
        SUCCEEDED,
        FAILED
    }

    /** What a body does in its first attempt, its second, and so on; the last one stands for all that follow. */
    public record Body(List<Attempt> attempts, Optional<Cleanup> cleanup) implements Work {
        Attempt attempt(int number) {
            return attempts.get(Math.min(number, attempts.size()) - 1);
        }
    }

    /**
     * One attempt: runs a workflow of its own if it has one, then takes its time, then ends.
     *
     * @param lag how long it goes on after it was interrupted
     * @param answer how it ends then
     */
    public record Attempt(Optional<Flow> inner, int length, How end, int lag, How answer) {}

    /** How a body ends. */
    public enum How {
        RETURN,
        RETURN_NULL,
        THROW,
        THROW_ERROR,
        /** As if it had been interrupted. */
        THROW_INTERRUPTED,
        THROW_CANCELLATION
    }

    /** The shutdown of a body. */
    public record Cleanup(int length, boolean fails, int lag) {}

    /** Something that somebody does to the run. */
    public record Outside(int at, What what) {}

    /** What somebody can do to a run. */
    public enum What {
        PAUSE,
        RESUME,
        CANCEL
    }

    /** The case as somebody would write it. */
    @Override
    public String toString() {
        return new CaseText(this).text();
    }
}
