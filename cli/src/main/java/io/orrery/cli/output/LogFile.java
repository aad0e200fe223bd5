package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The log of one job, of bounded size: when it is full, it becomes the old one (replacing the one before it), and a new one
 * is begun. So the last output is always there. Safe for use by any thread.
 *
 * <p>Each line begins with when it came, what it came from, and which line of that it is: {@code 02:30:00.125 out 17: text}, the
 * time being UTC. After a part of a line there is {@code ~} instead of the colon: the next one of that stream goes on with it.
 */
final class LogFile {

    /** Where lines come from. */
    enum Kind {
        /** The standard output. */
        OUT(" out "),
        /** The standard error. */
        ERR(" err "),
        /** The engine. */
        NOTE(" orrery ");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private static final byte[] NOTHING = {};
    private static final int BUFFER = 32 * 1024;
    private final Path path;
    private final long limit;
    private final LogTime time = new LogTime(); // guarded by this
    private final LineNumber[] numbers = {new LineNumber(), new LineNumber(), new LineNumber()
    }; // guarded by this; by kind
    private @Nullable OutputStream out; // guarded by this
    private byte[] buffer = NOTHING; // guarded by this; there while the file is open
    private int used; // guarded by this; how much of it is to be written
    private long size; // guarded by this
    private boolean broken; // guarded by this

    LogFile(Path path, long limit) {
        this.path = path;
        this.limit = limit;
    }

    Path path() {
        return path;
    }

    /**
     * Adds lines; opens the file again if it was closed.
     *
     * @throws IOException the first time that it can't be written; after that, lines are dropped
     */
    synchronized void add(Instant now, Kind kind, OutputLines lines) throws IOException {
        byte[] head = head(now, kind);
        LineNumber number = numbers[kind.ordinal()];
        for (int line = 0; line < lines.count() && !broken; line++) {
            number.begin(lines.ended());
            int start = lines.start(line);
            add(head, number, lines.bytes(), start, lines.end(line) - start, lines.ended());
        }
    }

    /**
     * Adds what the engine says.
     *
     * @throws IOException the first time that it can't be written; after that, lines are dropped
     */
    synchronized void note(Instant now, String message) throws IOException {
        byte[] line = message.getBytes(StandardCharsets.UTF_8);
        if (!broken) {
            LineNumber number = numbers[Kind.NOTE.ordinal()];
            number.begin(true);
            add(head(now, Kind.NOTE), number, line, 0, line.length, /* ended= */ true);
        }
    }

    private byte[] head(Instant now, Kind kind) {
        return (time.of(now) + kind.word).getBytes(StandardCharsets.US_ASCII);
    }

    private void add(byte[] head, LineNumber number, byte[] bytes, int start, int length, boolean ended)
            throws IOException {
        try {
            if (size >= limit) {
                turn();
            }
            if (buffer.length == 0) {
                buffer = new byte[BUFFER];
            }
            size += head.length + LineNumber.MOST_DIGITS + length;
            makeRoom(head.length + LineNumber.MOST_DIGITS + 2);
            put(head, 0, head.length);
            used = number.put(buffer, used);
            buffer[used++] = (byte) (ended ? ':' : '~');
            buffer[used++] = ' ';
            makeRoom(length + 1);
            if (length < buffer.length) {
                put(bytes, start, length);
            } else {
                open().write(bytes, start, length);
            }
            buffer[used++] = '\n';
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private void makeRoom(int bytes) throws IOException {
        if (used + bytes > buffer.length) {
            flush();
        }
    }

    private void put(byte[] bytes, int start, int length) {
        System.arraycopy(bytes, start, buffer, used, length);
        used += length;
    }

    /** Has what was added be there for others to read. */
    synchronized void flush() throws IOException {
        if (used > 0) {
            int count = used;
            used = 0;
            open().write(buffer, 0, count);
        }
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            Files.createDirectories(path.getParent());
            out = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return out;
    }

    private void turn() throws IOException {
        close();
        Path old = path.resolveSibling(path.getFileName() + ".old");
        Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
        String note = "[what came before is in " + old.getFileName() + ", or was dropped]\n";
        open().write(note.getBytes(StandardCharsets.UTF_8));
        size = note.length();
    }

    synchronized void close() throws IOException {
        flush();
        buffer = NOTHING;
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
