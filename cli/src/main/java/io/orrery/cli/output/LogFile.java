package io.orrery.cli.output;

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
    private static final int BUFFER = 16 * 1024;
    /** More than what stands between the time and the line. */
    private static final int LONGEST_HEAD = 40;

    private final Path path;
    private final long limit;
    private final LogTime time = new LogTime(); // guarded by this
    private final long[] numbers = new long[Kind.values().length]; // guarded by this; of the last line of each kind
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
     * Adds a line; opens the file again if it was closed.
     *
     * @throws IOException the first time that it can't be written; after that, lines are dropped
     */
    synchronized void add(Instant now, Kind kind, byte[] line, boolean ended) throws IOException {
        if (broken) {
            return;
        }
        try {
            if (size >= limit) {
                turn();
            }
            if (buffer.length == 0) {
                buffer = new byte[BUFFER];
            }
            byte[] stamp = time.of(now);
            size += stamp.length + LONGEST_HEAD + line.length;
            makeRoom(stamp.length + LONGEST_HEAD);
            put(stamp, stamp.length);
            put(kind.word);
            put(Long.toString(++numbers[kind.ordinal()]));
            buffer[used++] = (byte) (ended ? ':' : '~');
            buffer[used++] = ' ';
            makeRoom(line.length + 1);
            if (line.length < buffer.length) {
                put(line, line.length);
            } else {
                open().write(line);
            }
            buffer[used++] = '\n';
            if (!ended) {
                numbers[kind.ordinal()]--; // the next part is of the same line
            }
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

    private void put(byte[] bytes, int length) {
        System.arraycopy(bytes, 0, buffer, used, length);
        used += length;
    }

    private void put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            buffer[used++] = (byte) ascii.charAt(i);
        }
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
