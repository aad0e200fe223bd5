package io.orrery.workflowfile.process;

/**
 * Where the output of commands goes.
 *
 * <p>Called while the command runs: the lines of one stream of one attempt come in order and one at a time, those of
 * different streams and jobs by several threads at once. While a call lasts, nothing more is read from that stream, so a
 * sink that blocks makes the command block. One that throws is not called again for that stream; the command is not
 * disturbed by it, and the job's log tells.
 */
@FunctionalInterface
public interface OutputSink {

    /** Drops everything. */
    OutputSink NOWHERE = line -> {};

    /** Takes a line, or a part of a very long one. */
    void accept(OutputLine line);

    /**
     * Takes several lines at once, in place of the method that takes one. The default hands each to that one; a sink that has
     * to be fast looks at them where they are.
     *
     * @param lines not to be looked at after the call
     */
    default void acceptAll(OutputLines lines) {
        lines.forEach(this::accept);
    }

    /**
     * Says that a stream of a job has nothing more to give at the moment: a time to write out what is held back. The default
     * does nothing.
     *
     * @param job the path of the job
     */
    default void pause(String job) {}
}
