package io.orrery.cli.terminal;

import io.orrery.workflowfile.process.OutputLines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * A standard stream. What is written to it when nobody reads it any more ({@code | head}) is dropped: that must not disturb
 * what the command is really about. Safe for use by any thread; what one call writes is not interleaved with others.
 */
public final class Channel {

    private static final byte[] LINE_FEED = {'\n'};

    private final OutputStream target;
    private final Charset charset;
    private final boolean terminal;
    private final byte[] pending = new byte[64 * 1024]; // guarded by this
    private int used; // guarded by this; how much of it is to be written
    private boolean closed; // guarded by this
    private @Nullable IOException failure; // guarded by this

    /**
     * A channel.
     *
     * @param target unbuffered, or flushing by itself
     * @param charset how text is written to it
     * @param terminal whether it is a terminal
     */
    public Channel(OutputStream target, Charset charset, boolean terminal) {
        this.target = target;
        this.charset = charset;
        this.terminal = terminal;
    }

    /** How text is written to it. */
    public Charset charset() {
        return charset;
    }

    /** Whether it is a terminal. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Writes text; what its charset lacks becomes a question mark. */
    public void print(String text) {
        write(text.getBytes(charset));
    }

    /** Writes text and a line feed. */
    public void println(String line) {
        print(line + "\n");
    }

    /** Writes bytes as they are, after those that have been appended. */
    public synchronized void write(byte[] bytes) {
        flush();
        writeNow(bytes, 0, bytes.length);
    }

    /** Has bytes be written, at the latest with the next {@link #flush}. */
    public synchronized void append(byte[] bytes) {
        makeRoom(bytes.length);
        put(bytes, 0, bytes.length);
    }

    /** Has lines be written, each after some bytes, at the latest with the next {@link #flush}. */
    public synchronized void append(byte[] before, OutputLines lines) {
        for (int line = 0; line < lines.count(); line++) {
            int start = lines.start(line);
            int length = lines.end(line) - start;
            makeRoom(before.length + length + 1);
            put(before, 0, before.length);
            put(lines.bytes(), start, length);
            put(LINE_FEED, 0, 1);
        }
    }

    private void makeRoom(int bytes) {
        if (used + bytes > pending.length) {
            flush();
        }
    }

    private void put(byte[] bytes, int start, int length) {
        if (used + length > pending.length) {
            flush();
            writeNow(bytes, start, length);
        } else {
            System.arraycopy(bytes, start, pending, used, length);
            used += length;
        }
    }

    /** Writes what has been appended. */
    public synchronized void flush() {
        if (used > 0) {
            writeNow(pending, 0, used);
            used = 0;
        }
    }

    private void writeNow(byte[] bytes, int start, int length) {
        if (closed) {
            return;
        }
        try {
            target.write(bytes, start, length);
            target.flush();
        } catch (IOException e) {
            closed = true;
            failure = isNobodyReading(e) ? null : e;
        }
    }

    /** A writer to it. Closing that does not close this. */
    public PrintWriter writer() {
        return new PrintWriter(
                new Writer() {
                    @Override
                    public void write(char[] text, int from, int length) {
                        print(new String(text, from, length));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                },
                /* autoFlush= */ true);
    }

    private static boolean isNobodyReading(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Broken pipe") || message.contains("Pipe closed") || message.contains("pipe is being");
    }

    /** Why writing failed, other than that nobody reads: a full disk, for instance; null if it did not. */
    public synchronized @Nullable IOException failure() {
        return failure;
    }
}
