package io.orrery.workflowfile.process;

import java.nio.charset.StandardCharsets;

/** A line that a command wrote, or a part of a very long one. Immutable as long as nobody writes to its bytes. */
public final class OutputLine {

    /** The streams that a command writes to. */
    public enum Stream {
        /** The standard output. */
        STDOUT,
        /** The standard error. */
        STDERR
    }

    /** The most bytes that one of these holds: a longer line comes in parts. */
    public static final int MAX_BYTES = 64 * 1024;

    private final String job;
    private final Stream stream;
    private final byte[] bytes;
    private final boolean ended;

    OutputLine(String job, Stream stream, byte[] bytes, boolean ended) {
        this.job = job;
        this.stream = stream;
        this.bytes = bytes;
        this.ended = ended;
    }

    /** The path of the job. */
    public String job() {
        return job;
    }

    /** Where it was written to. */
    public Stream stream() {
        return stream;
    }

    /** What was written, without the line feed. Not a copy: must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** What was written as text: UTF-8, with a replacement character for what is not, and without a carriage return at the end. */
    public String text() {
        int length = bytes.length;
        if (ended && length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Whether a line feed followed. It does not if the line goes on in the next part, or if the command's output ended
     * without one.
     */
    public boolean ended() {
        return ended;
    }

    @Override
    public String toString() {
        return text();
    }
}
