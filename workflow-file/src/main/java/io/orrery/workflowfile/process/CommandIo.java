package io.orrery.workflowfile.process;

import org.jspecify.annotations.Nullable;

/**
 * Where what a command writes goes.
 *
 * @param sink takes its lines
 * @param masker takes secrets out of them before
 * @param stdout keeps its standard output as it is; null if nobody asks for it
 * @param stderr keeps its standard error as it is; null if nobody asks for it
 */
public record CommandIo(
        OutputSink sink,
        Masker masker,
        @Nullable Capture stdout,
        @Nullable Capture stderr) {

    /** Lines to a sink, with nothing kept and nothing masked. */
    public static CommandIo to(OutputSink sink) {
        return new CommandIo(sink, Masker.NONE, null, null);
    }

    @Nullable
    Capture capture(OutputLine.Stream stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }
}
