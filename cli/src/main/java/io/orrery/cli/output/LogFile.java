package io.orrery.cli.output;

import java.io.BufferedOutputStream;
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

    private static final int BUFFER = 32 * 1024;

    private final Path path;
    private final long limit;
    private final LogTime time = new LogTime(); // guarded by this
    private final long[] numbers = new long[Kind.values().length]; // guarded by this; of the last line of each kind
    private @Nullable OutputStream out; // guarded by this
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
            OutputStream open = size >= limit ? turn() : open();
            byte[] stamp = time.of(now);
            byte[] number = Long.toString(++numbers[kind.ordinal()]).getBytes(StandardCharsets.US_ASCII);
            open.write(stamp);
            open.write(kind.word.getBytes(StandardCharsets.US_ASCII));
            open.write(number);
            open.write(ended ? ':' : '~');
            open.write(' ');
            open.write(line);
            open.write('\n');
            size += stamp.length + kind.word.length() + number.length + 3 + line.length;
            if (!ended) {
                numbers[kind.ordinal()]--; // the next part is of the same line
            }
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** Has what was added be there for others to read. */
    synchronized void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            Files.createDirectories(path.getParent());
            out = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND), BUFFER);
        }
        return out;
    }

    private OutputStream turn() throws IOException {
        close();
        Path old = path.resolveSibling(path.getFileName() + ".old");
        Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
        String note = "[what came before is in " + old.getFileName() + ", or was dropped]\n";
        OutputStream open = open();
        open.write(note.getBytes(StandardCharsets.UTF_8));
        size = note.length();
        return open;
    }

    synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
