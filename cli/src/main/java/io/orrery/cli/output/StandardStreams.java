package io.orrery.cli.output;

import io.orrery.workflowfile.process.JavaOutput;
import io.orrery.workflowfile.process.OutputLine;
import java.io.PrintStream;

/** Has what jobs in Java print be shown and kept as what commands print is, until it is closed. For one thread. */
public final class StandardStreams implements AutoCloseable {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private StandardStreams() {}

    /** From now on. */
    public static StandardStreams divert() {
        var streams = new StandardStreams();
        System.setOut(JavaOutput.divert(streams.out, OutputLine.Stream.STDOUT));
        System.setErr(JavaOutput.divert(streams.err, OutputLine.Stream.STDERR));
        return streams;
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }
}
