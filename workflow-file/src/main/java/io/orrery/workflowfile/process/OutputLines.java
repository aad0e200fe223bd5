package io.orrery.workflowfile.process;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Lines that a command wrote to one stream, one behind the other; or, alone, a part of a very long line. There is at least one.
 *
 * <p>Only to be looked at during the call that it is given to, since its bytes are used again: {@link #line} and {@link #copy}
 * are for keeping.
 */
public final class OutputLines {

    private final String job;
    private final OutputLine.Stream stream;
    private final byte[] bytes;
    /** Of each line, and where one after the last would start: a line feed stands before each. */
    private final int[] starts;

    private final boolean ended;

    OutputLines(String job, OutputLine.Stream stream, byte[] bytes, int[] starts, boolean ended) {
        this.job = job;
        this.stream = stream;
        this.bytes = bytes;
        this.starts = starts;
        this.ended = ended;
    }

    /** One line. */
    public static OutputLines of(OutputLine line) {
        byte[] bytes = line.bytes();
        return new OutputLines(line.job(), line.stream(), bytes, new int[] {0, bytes.length + 1}, line.ended());
    }

    /** The path of the job. */
    public String job() {
        return job;
    }

    /** Where they were written to. */
    public OutputLine.Stream stream() {
        return stream;
    }

    /** Whether a line feed followed on each; if not, this is the only one: see {@link OutputLine#ended}. */
    public boolean ended() {
        return ended;
    }

    /** How many there are, at least one. */
    public int count() {
        return starts.length - 1;
    }

    /** Where all their bytes are, with a line feed between two lines. Not a copy: must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The index in {@link #bytes} of the first byte of a line. */
    public int start(int line) {
        return starts[line];
    }

    /** The index in {@link #bytes} after the last byte of a line. */
    public int end(int line) {
        return starts[line + 1] - 1;
    }

    /** A line by its index, to be kept. */
    public OutputLine line(int line) {
        return new OutputLine(job, stream, Arrays.copyOfRange(bytes, start(line), end(line)), ended);
    }

    /** Hands over each, to be kept. */
    public void forEach(Consumer<? super OutputLine> taker) {
        for (int line = 0; line < count(); line++) {
            taker.accept(line(line));
        }
    }

    /** Some of them: at least one, from an index on, up to another that is not included. */
    public OutputLines part(int from, int to) {
        return new OutputLines(job, stream, bytes, Arrays.copyOfRange(starts, from, to + 1), ended);
    }

    /** The same ones, to be kept. */
    public OutputLines copy() {
        int first = starts[0];
        int[] moved = Arrays.stream(starts).map(start -> start - first).toArray();
        return new OutputLines(job, stream, Arrays.copyOfRange(bytes, first, end(count() - 1)), moved, ended);
    }
}
